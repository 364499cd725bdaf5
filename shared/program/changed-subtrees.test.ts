import { describe, expect, it } from 'vitest';
import { changedSubtrees } from './changed-subtrees';
import type { Program, ProgramNode, ProgramSupervisor } from './program';

const child = { restart: 'permanent', shutdown: 5000, significant: false } as const;
const supervisor = (id: string, parent: string | undefined, children: readonly string[], strategy: ProgramSupervisor['strategy'] = 'one_for_one'): ProgramNode => ({ kind: 'supervisor', id, host: 'control', ...child, ...(parent === undefined ? {} : { parent }), strategy, maxRestarts: 1, maxSeconds: 5, autoShutdown: 'never', children });
const agent = (id: string, parent: string): ProgramNode => ({ kind: 'agent', id, parent, host: 'main', ...child, provides: ['P'], requires: {}, mailbox: 1000, behaviour: { type: 'code', file: `${id}.ts`, module: `${id}.ts`, instance: `sandbox-${id}`, hasInit: false, hasTerminate: false } });
const source = (id: string, parent: string, path: string): ProgramNode => ({ kind: 'source', id, parent, host: 'main', ...child, provides: [], requires: { out: 'P' }, mailbox: 1000, behaviour: { type: 'file', path, mode: 'lines', parse: 'text', follow: path.endsWith('.log') }, operation: 'x', inFlight: 1, retries: 0 });
const op = { kind: 'call', input: {}, output: {}, errors: [], idempotent: false } as const;

const BASE: Program = {
  format: 'prismatic-program/1',
  hash: 'base',
  name: 'x',
  root: 'root',
  nodes: {
    root: supervisor('root', undefined, ['a', 'team', 'pool', 'feed', 'log']),
    a: agent('a', 'root'),
    team: supervisor('team', 'root', ['b', 'c'], 'rest_for_one'),
    b: agent('b', 'team'),
    c: agent('c', 'team'),
    pool: supervisor('pool', 'root', ['worker'], 'simple_one_for_one'),
    worker: supervisor('worker', 'pool', ['d']),
    d: agent('d', 'worker'),
    feed: source('feed', 'root', 'data/a.txt'),
    log: source('log', 'root', 'data/b.log'),
  },
  protocols: { P: { operations: { x: op } }, Q: { operations: { x: op } } },
  wires: [{ from: { node: 'a', port: 'out' }, to: 'b', protocol: 'P', guards: [] }],
  modules: Object.fromEntries(['a', 'b', 'c', 'd'].map((id) => [`${id}.ts`, { file: `${id}.ts`, code: '({})' }])),
  hosts: [{ id: 'control', instances: [] }, { id: 'main', instances: [] }],
  files: [{ path: 'data/a.txt', sha256: 'sha256:1', bytes: 1 }, { path: 'data/b.log', sha256: 'sha256:1', bytes: 1 }],
};
type Nodes = Record<string, ProgramNode>;
const withNodes = (change: (nodes: Nodes) => Nodes): Program => ({ ...BASE, nodes: change({ ...BASE.nodes }) });
const field = (id: string, fields: object): Program => withNodes((nodes) => ({ ...nodes, [id]: { ...nodes[id]!, ...fields } }));
const code = (id: string): Program => ({ ...BASE, modules: { ...BASE.modules, [`${id}.ts`]: { file: `${id}.ts`, code: '({ x: 1 })' } } });
const without = (id: string) => (nodes: Nodes): Nodes => Object.fromEntries(Object.entries(nodes).filter(([key]) => key !== id));

describe('what is started anew', () => {
  it.each<[string, Program, readonly string[]]>([
    ['the handler of an agent', code('a'), ['a']],
    ['a field of an agent', field('b', { mailbox: 5 }), ['b']],
    ['two agents of one team', { ...code('b'), nodes: field('c', { mailbox: 5 }).nodes }, ['b', 'c']],
    ['a wire out of an agent', { ...BASE, wires: [{ ...BASE.wires[0]!, to: 'c' }] }, ['a']],
    ['the guards of a wire', { ...BASE, wires: [{ ...BASE.wires[0]!, guards: [{ kind: 'timeout', ms: 5 }] }] }, ['a']],
    ['a protocol that nobody speaks', { ...BASE, protocols: { ...BASE.protocols, Q: { operations: {} } } }, []],
    ['a supervisor’s intensity', field('team', { maxRestarts: 9 }), ['team']],
    ['a supervisor and an agent below it', { ...code('b'), nodes: field('team', { maxRestarts: 9 }).nodes }, ['team']],
    ['the order of children', field('team', { children: ['c', 'b'] }), ['team']],
    ['a new agent', withNodes((nodes) => ({ ...nodes, team: supervisor('team', 'root', ['b', 'c', 'e'], 'rest_for_one'), e: { ...agent('c', 'team'), id: 'e' } })), ['team']],
    ['an agent that is gone', withNodes((nodes) => ({ ...without('c')(nodes), team: supervisor('team', 'root', ['b'], 'rest_for_one') })), ['team']],
    ['the handler of a template’s child', code('d'), ['pool']],
    ['the template itself', field('worker', { maxRestarts: 9 }), ['pool']],
    ['a file that is followed and has grown', { ...BASE, files: [BASE.files[0]!, { path: 'data/b.log', sha256: 'sha256:2', bytes: 2 }] }, []],
    ['how often a source tries again', field('feed', { retries: 3 }), ['feed']],
  ])('%s', (_, after, tops) => {
    expect(changedSubtrees(BASE, { ...after, hash: 'after' })).toEqual({ kind: 'subtrees', tops });
  });

  it.each<[string, Program, RegExp]>([
    ['a protocol that a source speaks, and with it all', { ...BASE, protocols: { ...BASE.protocols, P: { operations: {} } }, root: 'other' }, /root is other/],
    ['a field of the root', field('root', { maxRestarts: 9 }), /root is changed itself/],
    ['a new child of the root', withNodes((nodes) => ({ ...nodes, root: supervisor('root', undefined, ['a', 'team', 'pool', 'feed', 'log', 'e']), e: { ...agent('c', 'root'), id: 'e' } })), /root is changed itself/],
    ['another host', { ...BASE, hosts: [...BASE.hosts, { id: 'a', instances: [] }] }, /hosts are control, main, a now/],
    ['a source that reads another file', field('feed', { behaviour: { type: 'file', path: 'data/c.txt', mode: 'lines', parse: 'text', follow: false } }), /feed reads something else/],
    ['a source that is gone', withNodes(without('feed')), /source feed is gone/],
    ['other bytes of what a source reads', { ...BASE, files: [{ path: 'data/a.txt', sha256: 'sha256:2', bytes: 2 }, BASE.files[1]!] }, /data\/a.txt, which feed reads/],
  ])('the whole run for %s', (_, after, why) => {
    expect(changedSubtrees(BASE, { ...after, hash: 'after' })).toEqual({ kind: 'whole', why: expect.stringMatching(why) as string });
  });

  it('nothing for the same program, and the speakers of a protocol for the protocol', () => {
    expect(changedSubtrees(BASE, { ...BASE })).toEqual({ kind: 'none' });
    const after = { ...BASE, hash: 'after', protocols: { ...BASE.protocols, P: { operations: { x: { ...op, idempotent: true } } } } };
    expect(changedSubtrees(BASE, after)).toEqual({ kind: 'subtrees', tops: ['a', 'b', 'c', 'pool', 'feed', 'log'] });
  });
});
