import { describe, expect, it } from 'vitest';
import { findVerdict, isUrgent, listInputRows, nextShown, withVerdict, wordLeft } from './approval-form';

describe('yes or no', () => {
  const approval = { type: 'object', properties: { approved: { type: 'boolean' }, note: { type: 'string' } }, required: ['approved'] } as const;
  it('is the one boolean of an answer, or the answer itself', () => {
    expect(findVerdict(approval)).toEqual({ kind: 'field', name: 'approved' });
    expect(findVerdict({ type: 'boolean' })).toEqual({ kind: 'whole' });
    expect(findVerdict({ type: 'object', properties: { a: { type: 'boolean' }, b: { type: 'boolean' } } })).toBeUndefined();
    expect(findVerdict({ type: 'string' })).toBeUndefined();
    expect(findVerdict({})).toBeUndefined();
  });
  it('leaves the rest of the answer as it was written', () => {
    expect(withVerdict({ note: 'fine' }, { kind: 'field', name: 'approved' }, true)).toEqual({ note: 'fine', approved: true });
    expect(withVerdict('x', { kind: 'whole' }, false)).toBe(false);
    expect(withVerdict(null, { kind: 'field', name: 'approved' }, false)).toEqual({ approved: false });
  });
});

it('an input is read field by field', () => {
  expect(listInputRows({ title: 'Rivers', words: 1200, sources: ['a'] })).toEqual([{ name: 'title', text: 'Rivers', isLong: false }, { name: 'words', text: '1200', isLong: false }, { name: 'sources', text: '[\n  "a"\n]', isLong: true }]);
  expect(listInputRows('just this')).toEqual([{ name: '', text: 'just this', isLong: false }]);
  expect(listInputRows(Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`f${index}`, 1])))).toHaveLength(40);
});

it.each([
  [0, 'late'], [-5, 'late'], [59_999, '0:59'], [299_000, '4:59'], [3_600_000, '1 h 00'], [3_725_000, '1 h 02'], [86_400_000 * 3 + 3_600_000 * 4, '3 d 04 h'],
])('%i ms left: %s', (ms, words) => expect(wordLeft(ms)).toBe(words));

it('a minute is urgent, two are not', () => expect([59_000, 120_000].map(isUrgent)).toEqual([true, false]));

describe('which request is shown', () => {
  it.each([
    [['a', 'b', 'c'], ['a', 'b', 'c'], 'b', 'b'],
    [['a', 'b', 'c'], ['a', 'c'], 'b', 'c'],
    [['a', 'b'], ['a'], 'b', 'a'],
    [['a'], [], 'a', undefined],
    [[], ['x', 'y'], undefined, 'x'],
  ])('of %j, then %j, with %s shown: %s', (before, after, shown, next) => expect(nextShown(before, after, shown)).toBe(next));
});
