import { describe, expect, it } from 'vitest';
import type { ProgramAdapter } from '../../shared/adapters/adapt';
import { guardSchemas, type Guard, type GuardKind } from '../../shared/design/guard';
import { bad, good, GuardedWorld } from './testing/guarded-world';

const guard = (kind: GuardKind, fields: object = {}): Guard => guardSchemas[kind].parse({ kind, ...fields });
const worldWith = (guards: readonly Guard[], adapter?: ProgramAdapter): GuardedWorld => new GuardedWorld(guards, { isStream: true, isIdempotent: true, ...(adapter ? { adapter } : {}) });
const values = (world: GuardedWorld): readonly unknown[] => world.items.map(({ value }) => value);
const end = good(null);

describe('a stream over a guarded wire', () => {
  it('is one call of its breaker, its bulkhead and its rate limit, however many items it has', () => {
    const world = worldWith([guard('breaker', { failures: 2 }), guard('bulkhead', { concurrency: 1, queue: 0 }), guard('rateLimit', { calls: 2, perMs: 60_000 })]);
    const first = world.ask();
    for (const item of [1, 2, 3]) world.give(item);
    expect(world.codeOf(world.ask())).toBe('overloaded');
    world.answer(end);
    expect(world.resultOf(first)).toEqual(end);
    expect(values(world)).toEqual([1, 2, 3]);
    world.ask();
    world.give(4);
    expect(values(world)).toEqual([1, 2, 3, 4]);
  });

  it.each([
    ['nothing has come: it is asked again', [], 2],
    ['something has come: to ask again would double it', [1], 1],
  ])('whose provider fails when %s', (_, items, asked) => {
    const world = worldWith([guard('retry', { attempts: 2, backoffMs: 10, jitter: 'none', idempotent: true, budget: 1 })]);
    const ref = world.ask();
    for (const item of items) world.give(item);
    world.answer(bad('callee_exit'));
    world.pass(100);
    expect(world.asked).toHaveLength(asked);
    expect(world.codeOf(ref)).toBe(asked === 2 ? undefined : 'callee_exit');
    expect(values(world)).toEqual(items);
  });

  it.each([
    ['its spare', { to: 'spare' }],
    ['a constant', { answers: { say: ['a', 'b'] } }],
  ])('falls back to %s only while nothing has come', (_, fields) => {
    for (const items of [[], [1]]) {
      const world = worldWith([guard('fallback', fields)]);
      const ref = world.ask();
      for (const item of items) world.give(item);
      world.answer(bad('noproc'));
      if (items.length > 0) expect([world.codeOf(ref), values(world)]).toEqual(['noproc', items]);
      else if ('to' in fields) expect(world.asked.map(({ node }) => node)).toEqual(['provider', 'spare']);
      else expect([world.resultOf(ref), values(world)]).toEqual([end, ['a', 'b']]);
    }
  });

  it('is given up as a whole when its time is over', () => {
    const world = worldWith([guard('timeout', { ms: 50 })]);
    const ref = world.ask();
    for (let item = 0; item < 8; item += 1) {
      world.give(item);
      world.pass(10);
      if (world.codeOf(ref) !== undefined) break;
    }
    expect(world.codeOf(ref)).toBe('timeout');
    expect(values(world)).toEqual([0, 1, 2, 3, 4]);
  });

  const adapter: ProgramAdapter = { protocol: 'Echo', operations: { say: { to: 'say', output: { said: { $: 'output' } }, errors: { NotFound: 'Missing' }, answer: { type: 'object', properties: { said: { type: 'number' } } } } } };

  it('is adapted item by item, and its error at the end', () => {
    const world = worldWith([], adapter);
    const ref = world.ask();
    for (const item of [1, 2]) world.give(item);
    world.answer(bad('NotFound'));
    expect([values(world), world.codeOf(ref)]).toEqual([[{ said: 1 }, { said: 2 }], 'Missing']);
    const other = world.ask();
    world.answer(end);
    expect(world.resultOf(other)).toEqual(end);
  });

  it('ends as invalid with the first item that its adapter makes nothing of, and its provider hears of it', () => {
    const world = worldWith([], adapter);
    const ref = world.ask();
    world.give(1);
    world.give('no number');
    expect([values(world), world.codeOf(ref)]).toEqual([[{ said: 1 }], 'invalid']);
    world.give(3);
    expect(values(world)).toEqual([{ said: 1 }]);
  });
});
