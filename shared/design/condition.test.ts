import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { Json } from '../json/json';
import { findConditionFault, holds, isCondition, sayCondition, valueAtPath, type Condition } from './condition';

const INPUT: Json = { topic: 'Invoice', total: 120, lines: [{ text: 'paper' }, 'ink'], customer: { id: 7, since: '2024-05-01' }, none: null };

describe('a condition', () => {
  it.each<[Condition, boolean]>([
    [{ path: 'topic', equals: 'Invoice' }, true],
    [{ path: 'topic', equals: 'invoice' }, false],
    [{ path: 'topic', contains: 'VOI' }, true],
    [{ path: 'lines', contains: 'ink' }, true],
    [{ path: 'lines', contains: 'in' }, false],
    [{ path: 'lines', contains: { text: 'paper' } }, true],
    [{ path: 'lines.0.text', equals: 'paper' }, true],
    [{ path: 'lines.2', exists: false }, true],
    [{ path: 'total', greater: 119.5 }, true],
    [{ path: 'total', greater: 120 }, false],
    [{ path: 'total', less: 121 }, true],
    [{ path: 'customer.since', less: '2025' }, true],
    [{ path: 'total', less: '999' }, false],
    [{ path: 'total', greater: '1' }, false],
    [{ path: 'topic', in: ['a', 'Invoice'] }, true],
    [{ path: 'none', exists: true }, true],
    [{ path: 'none', equals: null }, true],
    [{ path: 'nothing', equals: null }, false],
    [{ path: 'constructor', exists: true }, false],
    [{ not: { path: 'nothing', exists: true } }, true],
    [{ and: [{ path: 'total', greater: 100 }, { path: 'topic', equals: 'x' }] }, false],
    [{ or: [{ path: 'total', greater: 100 }, { path: 'topic', equals: 'x' }] }, true],
  ])('%j holds: %s', (condition, expected) => {
    expect(findConditionFault(condition)).toBeUndefined();
    expect(holds(condition, INPUT)).toBe(expected);
  });

  it.each<[unknown, RegExp]>([
    [7, /a condition is an object/],
    [[], /a condition is an object/],
    [{}, /a condition has one of/],
    [{ path: 'a' }, /a condition has one of/],
    [{ path: 'a', equals: 1, less: 2 }, /asks equals and less: put them into an "and"/],
    [{ path: 'a', matches: '.*' }, /there is no test matches/],
    [{ equals: 1 }, /equals needs a path/],
    [{ path: 'a..b', equals: 1 }, /equals needs a path/],
    [{ path: 'a', greater: true }, /greater compares with a number or a text/],
    [{ path: 'a', exists: 'yes' }, /exists is true or false/],
    [{ path: 'a', in: 7 }, /in is a list/],
    [{ and: [] }, /and is a list of conditions/],
    [{ and: [{ path: 'a', equals: 1 }, {}] }, /a condition has one of/],
    [{ path: 'a', not: { path: 'a', exists: true } }, /stands in the condition that is negated/],
    [{ or: Array.from({ length: 300 }, () => ({ path: 'a', equals: 1 })) }, /at most 200 parts/],
    [Array.from({ length: 20 }).reduce<object>((inner) => ({ not: inner }), { path: 'a', equals: 1 }), /16 deep/],
  ])('%j is told to be none', (raw, words) => expect(findConditionFault(raw)).toMatch(words));

  it('reads as a sentence', () =>
    expect(sayCondition({ and: [{ path: 'total', greater: 100 }, { not: { path: 'coupon', exists: true } }, { or: [{ path: 'a', equals: 'x' }, { path: 'b', in: [1, 2] }] }] })).toBe('total > 100 and not coupon is there and (a = "x" or b is one of 1, 2)'));
});

const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;
test.prop([fc.anything(), json], { seed: 5 })('whatever is given, it is a condition or not, and one always has an answer (seed 5)', (raw, input) => {
  if (isCondition(raw)) expect(typeof holds(raw, input)).toBe('boolean');
});
test.prop([json, fc.string()], { seed: 5 })('a path into any value ends somewhere (seed 5)', (value, path) => {
  const found = valueAtPath(value, path);
  expect(found === undefined || JSON.stringify(found) !== undefined).toBe(true);
});
