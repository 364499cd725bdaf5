import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { Json } from '../json/json';
import { equalJson, findMismatch, formatMismatch, MAX_DEPTH } from './validate-value';
import type { ValueSchema } from './value-schema';

describe('a value that fits', () => {
  it.each<[ValueSchema, Json]>([
    [{}, { anything: [1, null] }],
    [{ type: 'integer' }, 7],
    [{ type: ['string', 'null'] }, null],
    [{ type: 'string', minLength: 1, maxLength: 1 }, '😀'],
    [{ minimum: 1, maximum: 1 }, 1],
    [{ exclusiveMinimum: 0, exclusiveMaximum: 1, multipleOf: 0.5 }, 0.5],
    [{ minItems: 1, maxItems: 2, items: { type: 'number' } }, [1, 2]],
    [{ enum: [1, { a: 1 }] }, { a: 1 }],
    [{ const: { a: 1, b: 2 } }, { b: 2, a: 1 }],
    [{ properties: { a: { type: 'string' } }, additionalProperties: { type: 'number' } }, { a: 'x', b: 1 }],
    [{ anyOf: [{ type: 'string' }, { type: 'number' }] }, 1],
    // Words about one type say nothing of a value of another.
    [{ minLength: 5, minimum: 5, minItems: 5, required: ['a'] }, true],
  ])('%j takes %j', (schema, value) => expect(findMismatch(schema, value)).toBeUndefined());
});

describe('a value that does not fit', () => {
  it.each<[ValueSchema, Json, string]>([
    [{ type: 'integer' }, 1.5, 'the value: expected integer, got 1.5'],
    [{ type: 'object' }, [], 'the value: expected object, got []'],
    [{ type: 'object' }, null, 'the value: expected object, got null'],
    [{ type: ['string', 'null'] }, 1, 'the value: expected string or null, got 1'],
    [{ minLength: 2 }, '😀', 'the value: expected at least 2 characters, got "😀"'],
    [{ exclusiveMinimum: 0 }, 0, 'the value: expected more than 0, got 0'],
    [{ exclusiveMaximum: 0 }, 0, 'the value: expected less than 0, got 0'],
    [{ multipleOf: 2 }, 3, 'the value: expected a multiple of 2, got 3'],
    [{ maxItems: 0 }, [1], 'the value: expected at most 0 items, got [1]'],
    [{ items: { items: { type: 'null' } } }, [[null], [null, 1]], '/1/1: expected null, got 1'],
    [{ required: ['a'] }, {}, '/a: expected a value, got nothing'],
    [{ required: ['toString'] }, {}, '/toString: expected a value, got nothing'],
    [{ properties: { a: {} }, additionalProperties: false }, { a: 1, 'b/~': 2 }, '/b~1~0: expected no such field, got 2'],
    [{ additionalProperties: { type: 'string' } }, { a: 1 }, '/a: expected string, got 1'],
    [{ enum: ['a', 'b'] }, 'c', 'the value: expected one of ["a","b"], got "c"'],
    [{ const: 1 }, '1', 'the value: expected 1, got "1"'],
    [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 1, 'the value: expected one of 2 alternatives, got 1'],
    [{ type: 'null' }, 'x'.repeat(100), `the value: expected null, got "${'x'.repeat(76)}...`],
  ])('%j refuses %j and says where and why', (schema, value, words) => expect(formatMismatch(findMismatch(schema, value)!)).toBe(words));

  it('by its depth is refused before it is walked', () => {
    const schema = Array.from({ length: MAX_DEPTH + 2 }).reduce<ValueSchema>((items) => ({ items }), {});
    const nested = (levels: number): Json => Array.from({ length: levels }).reduce<Json>((inner) => [inner], 0);
    expect(findMismatch(schema, nested(MAX_DEPTH))).toBeUndefined();
    expect(findMismatch(schema, nested(MAX_DEPTH + 1))?.expected).toBe(`at most ${MAX_DEPTH} levels`);
  });
});

const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;
const reordered = (value: Json): Json => {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map(reordered);
  return Object.fromEntries(Object.entries(value).toReversed().map(([key, inner]) => [key, reordered(inner)]));
};

test.prop([json], { seed: 8 })('a value equals itself with its keys in another order (seed 8)', (value) => {
  expect(equalJson(value, reordered(value))).toBe(true);
});

test.prop([json, json], { seed: 9 })('two values are equal where their texts with sorted keys are (seed 9)', (left, right) => {
  const text = (value: Json): string => JSON.stringify(value, (_, inner: unknown) => (inner !== null && typeof inner === 'object' && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1))) : inner));
  expect(equalJson(left, right)).toBe(text(left) === text(right));
});
