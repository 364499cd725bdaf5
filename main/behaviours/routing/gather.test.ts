import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../shared/json/json';
import { equalJson } from '../../../shared/schema/validate-value';
import { callError } from '../../kernel/behaviour';
import type { CallResult } from '../../kernel/signal';
import { beginGathering, decide, mergeAnswers, quorumOf, takeAnswer, type GatherDecision, type GatherRule } from './gather';

const good = (output: Json): CallResult => ({ ok: true, output });
const bad = (code: string): CallResult => ({ ok: false, error: callError(code, code) });

/** Gives answers in an order of places; answers the first decision that is no wait, or what it is when time is over. */
function run(rule: GatherRule, results: readonly CallResult[], order: readonly number[], isOver = false): GatherDecision {
  let state = beginGathering(rule, results.map((_, index) => `n${index}`));
  for (const place of order) {
    state = takeAnswer(state, place, results[place]!);
    const decision = decide(state, false);
    if (decision.kind !== 'wait') return decision;
  }
  return decide(state, isOver);
}
const quorum = (count: number, collect: 'first' | 'majority' | 'merge' = 'first'): GatherRule => ({ kind: 'quorum', quorum: count, collect });

describe('what becomes of several answers', () => {
  it.each<[string, GatherRule, readonly CallResult[], readonly number[], boolean, GatherDecision]>([
    ['race: the first good one', { kind: 'race' }, [good('a'), bad('timeout'), good('c')], [1, 2], false, { kind: 'answer', output: 'c' }],
    ['race: nobody', { kind: 'race' }, [bad('noproc'), bad('timeout')], [1, 0], false, { kind: 'fail', answered: 0, wanted: 1, first: callError('noproc', 'noproc') }],
    ['all: the first of the wires, whoever was faster', quorum(2), [good('a'), good('b')], [1, 0], false, { kind: 'answer', output: 'a' }],
    ['all: one fails', quorum(2), [good('a'), bad('X')], [1], false, { kind: 'fail', answered: 0, wanted: 2, first: callError('X', 'X') }],
    ['2 of 3 are enough', quorum(2), [good('a'), bad('X'), good('c')], [1, 2, 0], false, { kind: 'answer', output: 'a' }],
    ['2 of 3 are still possible', quorum(2), [good('a'), bad('X'), good('c')], [1, 2], false, { kind: 'wait' }],
    ['time is over', quorum(2), [good('a'), good('b')], [0], true, { kind: 'fail', answered: 1, wanted: 2, first: undefined }],
    ['majority', quorum(2, 'majority'), [good({ x: 1, y: 2 }), good('b'), good({ y: 2, x: 1 })], [0, 1, 2], false, { kind: 'answer', output: { x: 1, y: 2 } }],
    ['majority: they disagree', quorum(2, 'majority'), [good('a'), good('b'), good('c')], [0, 1, 2], false, { kind: 'fail', answered: 1, wanted: 2, first: undefined }],
    ['majority: cannot be any more', quorum(3, 'majority'), [good('a'), good('b'), good('b'), good('c')], [0, 1, 3], false, { kind: 'fail', answered: 1, wanted: 3, first: undefined }],
    ['merge: all that come, in the order of the wires', quorum(2, 'merge'), [good(['a']), good(['b']), good(['c'])], [2, 0, 1], false, { kind: 'answer', output: ['a', 'b', 'c'] }],
    ['merge: waits for the last', quorum(2, 'merge'), [good(['a']), good(['b']), good(['c'])], [2, 0], false, { kind: 'wait' }],
    ['merge: enough when time is over', quorum(2, 'merge'), [good(['a']), good(['b']), good(['c'])], [2, 0], true, { kind: 'answer', output: ['a', 'c'] }],
    ['merge: one failed, two are enough', quorum(2, 'merge'), [good(['a']), bad('X'), good(['c'])], [2, 0, 1], false, { kind: 'answer', output: ['a', 'c'] }],
  ])('%s', (_, rule, results, order, isOver, expected) => expect(run(rule, results, order, isOver)).toEqual(expected));

  it.each([[{}, 3, 3], [{ collect: 'majority' as const }, 3, 2], [{ collect: 'majority' as const }, 4, 3], [{ quorum: 2 }, 3, 2], [{ quorum: 5 }, 3, 3], [{}, 0, 1]])('the quorum of %j with %s nodes is %s', (policy, nodes, expected) => expect(quorumOf(policy, nodes)).toBe(expected));
});

const result: fc.Arbitrary<CallResult> = fc.oneof(fc.constantFrom<Json>('a', 'b', ['c']).map(good), fc.constantFrom('timeout', 'X').map(bad));
const rule: fc.Arbitrary<GatherRule> = fc.oneof(fc.constant<GatherRule>({ kind: 'race' }), fc.tuple(fc.integer({ min: 1, max: 6 }), fc.constantFrom('first' as const, 'majority' as const, 'merge' as const)).map(([count, collect]) => quorum(count, collect)));
const shuffled = fc.array(result, { minLength: 1, maxLength: 6 }).chain((results) => fc.tuple(fc.constant(results), fc.shuffledSubarray([...results.keys()], { minLength: results.length })));

test.prop([rule, shuffled], { seed: 11, numRuns: 500 })('once all have answered it is decided, and never without as many good answers as are wanted (seed 11)', (one, [results, order]) => {
  const decision = run(one, results, order);
  expect(decision.kind).not.toBe('wait');
  const outputs = results.flatMap((each) => (each.ok ? [each.output] : []));
  const wanted = one.kind === 'race' ? 1 : one.quorum;
  const alike = Math.max(0, ...outputs.map((output) => outputs.filter((other) => equalJson(other, output)).length));
  const isEnough = (one.kind === 'quorum' && one.collect === 'majority' ? alike : outputs.length) >= wanted;
  expect(decision.kind).toBe(isEnough ? 'answer' : 'fail');
});

test.prop([fc.integer({ min: 1, max: 6 }), shuffled, shuffled], { seed: 11 })('with a quorum of all, and merged, the answer does not depend on who was faster (seed 11)', (_, [results, order]) => {
  for (const collect of ['first', 'merge'] as const) {
    const sorted = [...order].toSorted((a, b) => a - b);
    const [one, other] = [run(quorum(results.length, collect), results, order), run(quorum(results.length, collect), results, sorted)];
    expect(one.kind).toBe(other.kind);
    if (one.kind === 'answer') expect(one).toEqual(other);
  }
});

const alike = fc.record({ list: fc.array(fc.integer()), more: fc.dictionary(fc.constantFrom('x', 'y'), fc.array(fc.boolean())), note: fc.string() }, { requiredKeys: ['list'] });
test.prop([alike, alike, alike], { seed: 11 })('merging answers of one shape is associative: how they are grouped does not matter, and no item is lost (seed 11)', (a, b, c) => {
  const merged = mergeAnswers(mergeAnswers(a, b), c);
  expect(merged).toEqual(mergeAnswers(a, mergeAnswers(b, c)));
  expect((merged as { readonly list: readonly Json[] }).list).toEqual([...a.list, ...b.list, ...c.list]);
});
