import { describe, expect, it } from 'vitest';
import { EXAMPLE_PROJECT } from '../../shared/errors/example-project';
import type { Diagnostic } from '../../shared/errors/diagnostic';
import { diagnose, inFolder } from './testing/example-folder';

const design = JSON.parse(EXAMPLE_PROJECT['design.json']!) as { readonly nodes: { readonly [id: string]: object } };
const scripted = (provides: readonly string[], requires: object = {}) => ({ kind: 'agent', behaviour: { type: 'scripted', rules: [{ reply: { text: '', topic: '' } }] }, provides, requires });

async function check(nodes: { readonly [id: string]: object }, wires: readonly object[], protocols: { readonly [name: string]: object } = {}): Promise<readonly Diagnostic[]> {
  const root = { kind: 'supervisor', children: [...Object.keys(design.nodes).filter((id) => id !== 'root'), ...Object.keys(nodes)] };
  const files = new Map([...Object.entries(EXAMPLE_PROJECT), ['design.json', JSON.stringify({ ...design, nodes: { ...design.nodes, ...nodes, root }, wires })] as const, ...Object.entries(protocols).map(([name, value]) => [`protocols/${name}.json`, JSON.stringify(value)] as const)]);
  return inFolder(files, (folder) => diagnose(folder));
}
const guarded = (...guards: readonly object[]) => check({}, [{ from: 'desk.llm', to: 'brain', guards }]);
const codes = (list: readonly Diagnostic[]): readonly string[] => list.map(({ code, at }) => `${code} ${at.field?.replace(/^wires\.\d+\./, '') ?? at.node ?? ''}`);

const timeout = (ms: number) => ({ kind: 'timeout', ms });
const retry = { kind: 'retry', idempotent: true, backoffMs: 100 };
const breaker = { kind: 'breaker' };
const fallback = { kind: 'fallback', answers: { complete: { text: '' } } };

describe('guards of one wire', () => {
  it.each<[string, readonly object[], readonly string[]]>([
    ['all in good order', [fallback, timeout(2000), { ...retry, attempts: 2 }, breaker, { kind: 'bulkhead' }, timeout(500)], []],
    ['a retry that says what is meant', [{ kind: 'retry', idempotent: false }], []],
    ['a retry of calls that never began', [{ kind: 'retry', on: ['noproc', 'overloaded'] }], []],
    ['a retry of an error that nobody declares', [{ ...retry, on: ['noproc', 'Busy'] }], ['GRD015 guards.0.on']],
    ['a time for all and one for each', [timeout(5000), retry, timeout(1000)], []],
    ['a retry with pauses that are too long', [timeout(5000), { ...retry, backoffMs: 3000 }, timeout(500)], ['GRD008 guards.1']],
    ['one time for all attempts, none for each', [timeout(1000), retry], []],
    ['two times, the outer longer', [timeout(5000), timeout(1000)], ['GRD009 guards.0']],
    ['two times, with a queue between them', [timeout(5000), { kind: 'bulkhead', queue: 3 }, timeout(1000)], []],
    ['two times, with a bulkhead between them that lets nobody wait', [timeout(5000), { kind: 'bulkhead' }, timeout(1000)], ['GRD009 guards.0']],
    ['two breakers', [fallback, breaker, breaker], ['GRD009 guards.2']],
    ['two retries', [retry, retry], ['GRD009 guards.1']],
    ['a retry around a fallback', [retry, fallback], ['GRD009 guards.0']],
    ['a breaker around a fallback that answers some failures', [breaker, { ...fallback, on: ['timeout'] }], ['GRD005 guards.0', 'GRD010 guards.1']],
    ['a rate limit around a fallback', [{ kind: 'rateLimit' }, fallback], ['GRD010 guards.1']],
    ['a fallback to the node that failed', [{ kind: 'fallback', to: 'brain' }], ['GRD011 guards.0.to']],
    ['a fallback to the caller', [{ kind: 'fallback', to: 'desk' }], ['GRD011 guards.0.to']],
    ['a fallback to nobody', [{ kind: 'fallback', to: 'brian' }], ['GRD011 guards.0.to']],
    ['a fallback with an answer and a node', [{ ...fallback, to: 'spare' }], ['GRD011 guards.0.to', 'GRD012 guards.0']],
    ['a fallback that answers what is not asked', [{ kind: 'fallback', answers: { complete: { text: '' }, toString: 1 } }], ['GRD013 guards.0.answers.toString']],
  ])('%s', async (_, guards, expected) => expect(codes(await guarded(...guards)).toSorted()).toEqual(expected));
});

describe('the time of a caller’s caller', () => {
  const front = scripted([], { ask: 'Triage' });
  it.each<[string, object, number, readonly string[]]>([
    ['no guard: 5000 ms', {}, 5001, ['GRD007 guards.0.ms']],
    ['as much as it has', {}, 5000, []],
    ['its own guard', { guards: [timeout(8000)] }, 8000, []],
    ['the shorter of two', { guards: [timeout(8000), retry, timeout(2000)] }, 3000, ['GRD007 guards.0.ms']],
  ])('%s', async (_, ask, ms, expected) => expect(codes((await check({ front }, [{ from: 'front.ask', to: 'desk', ...ask }, { from: 'desk.llm', to: 'brain', guards: [timeout(ms)] }])).filter(({ code }) => code !== 'GRD008'))).toEqual(expected));

  it('is told over a router too', async () => {
    const spread = { kind: 'router', provides: ['Triage'], requires: { out: 'Triage' } };
    const said = await check({ front, spread }, [{ from: 'front.ask', to: 'spread', guards: [timeout(1000)] }, { from: 'spread.out', to: 'desk' }, { from: 'desk.llm', to: 'brain', guards: [timeout(1500)] }]);
    expect(said).toMatchObject([{ code: 'GRD007', got: 1500, fix: 'Use at most 1000, or give desk more time.' }]);
  });

  it('holds attempts together', async () => {
    const said = await check({ front }, [{ from: 'front.ask', to: 'desk' }, { from: 'desk.llm', to: 'brain', guards: [retry, timeout(2000)] }]);
    expect(said).toMatchObject([{ code: 'GRD008', got: 6300 }]);
  });
});

describe('a circle', () => {
  const Say = { operations: { say: { kind: 'cast' } } };
  it('of casts is none', async () => expect(await check({ a: scripted(['Say'], { to: 'Say' }), b: scripted(['Say'], { to: 'Say' }) }, [{ from: 'desk.llm', to: 'brain' }, { from: 'a.to', to: 'b' }, { from: 'b.to', to: 'a' }], { Say })).toEqual([]));
  it('is found over a router and over a fallback', async () => {
    const spread = { kind: 'router', provides: ['Triage'], requires: { out: 'Triage' } };
    const thinker = scripted(['Model'], { ask: 'Triage' });
    const routed = await check({ spread, thinker }, [{ from: 'desk.llm', to: 'thinker' }, { from: 'thinker.ask', to: 'spread' }, { from: 'spread.out', to: 'desk' }]);
    expect(routed).toMatchObject([{ code: 'WIR011', got: ['desk', 'thinker', 'spread'] }]);
    const substituted = await check({ thinker }, [{ from: 'desk.llm', to: 'brain', guards: [{ kind: 'fallback', to: 'thinker' }] }, { from: 'thinker.ask', to: 'desk' }]);
    expect(substituted).toMatchObject([{ code: 'WIR011', got: ['desk', 'thinker'] }]);
  });
});
