import { describe, expect, it } from 'vitest';
import type { Guard } from '../design/guard';
import { outsideTimeoutMs } from './outside-timeout';
import type { Program, ProgramNode } from './program';

const timeout = (ms: number): Guard => ({ kind: 'timeout', ms });
const retry = { kind: 'retry', attempts: 3, backoffMs: 1, factor: 2, maxBackoffMs: 1, jitter: 'none', budget: 0.2 } as const;
type Drawn = readonly [from: string, to: string, ...guards: Guard[]];

/** Nodes are agents but for those that are named here. */
function program(wires: readonly Drawn[], kinds: { readonly [id: string]: object } = {}): Program {
  const ids = new Set(wires.flatMap(([from, to]) => [from.split('.')[0]!, to]));
  const nodes = Object.fromEntries([...ids].map((id) => [id, { id, kind: 'agent', ...kinds[id] } as unknown as ProgramNode]));
  return { nodes, wires: wires.map(([from, to, ...guards]) => ({ from: { node: from.split('.')[0]!, port: from.split('.')[1]! }, to, protocol: 'P', guards })) } as unknown as Program;
}

describe('a message from outside waits', () => {
  it.each<[string, Program, number]>([
    ['as a call does, where nothing is said', program([['a.x', 'b']]), 5000],
    ['as the most patient wire to its node', program([['x.a', 'a', timeout(60_000)], ['y.a', 'a', timeout(9000)], ['a.m', 'b', timeout(100_000)]]), 60_000],
    ['never shorter than a call', program([['x.a', 'a', timeout(200)]]), 5000],
    ['as long as the calls of its node may take, where no wire to it says more', program([['a.m', 'b', timeout(20_000)], ['a.n', 'c', timeout(7000)], ['a.o', 'd']]), 27_000],
    ['with each attempt', program([['a.m', 'b', retry, timeout(4000)]]), 12_000],
    ['within what stands around the attempts', program([['a.m', 'b', timeout(9000), retry, timeout(4000)]]), 9000],
    ['at a router as the most patient behind it', program([['a.out', 'b'], ['a.out', 'c', timeout(8000)], ['b.m', 'd', timeout(30_000)]], { a: { kind: 'router' } }), 30_000],
    ['at routers in a circle', program([['a.out', 'b'], ['b.out', 'a']], { a: { kind: 'router' }, b: { kind: 'router' } }), 5000],
    ['for a person, and for who stands in', program([['h.escalation', 'b']], { h: { kind: 'human', deadlineMs: 600_000 } }), 605_000],
    ['at most a day', program([['a.m', 'b', retry, timeout(86_400_000)]]), 86_400_000],
  ])('%s', (_, drawn, ms) => expect(outsideTimeoutMs(drawn, Object.keys(drawn.nodes).find((id) => id === 'a' || id === 'h')!)).toBe(ms));

  it('at 40 routers, each of which leads to the two after it, without going all 2^40 ways', () => {
    const names = Array.from({ length: 41 }, (_, index) => `r${index}`);
    const wires = names.slice(0, -1).flatMap((name, index): readonly Drawn[] => [[`${name}.out`, names[index + 1]!], [`${name}.out`, names[Math.min(index + 2, 40)]!]]);
    const drawn = program([...wires, ['r40.m', 'z', timeout(30_000)]], Object.fromEntries(names.slice(0, -1).map((name) => [name, { kind: 'router' }])));
    expect(outsideTimeoutMs(drawn, 'r0')).toBe(30_000);
  });
});
