import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { fitsSchema } from './fits-schema';
import { generateValue } from './generate-value';
import type { ValueSchema } from './value-schema';

const drawOf = (seed: number) => {
  let state = seed >>> 0;
  return (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
};

const scalar: fc.Arbitrary<ValueSchema> = fc.oneof(
  fc.constantFrom<ValueSchema>({ type: 'boolean' }, { type: 'null' }, { type: 'string' }, {}, { enum: ['a', 7, null] }, { const: { deep: [1] } }),
  fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 30 }), fc.constantFrom('integer' as const, 'number' as const)).map(([minimum, span, type]) => ({ type, minimum, maximum: minimum + span })),
  fc.tuple(fc.nat(40), fc.nat(20)).map(([minLength, span]) => ({ type: 'string' as const, minLength, maxLength: minLength + span })),
  fc.tuple(fc.integer({ min: -50, max: 50 }), fc.constantFrom(2, 5)).map(([exclusiveMinimum, multipleOf]) => ({ type: 'integer' as const, exclusiveMinimum, multipleOf })),
);
const schema: fc.Arbitrary<ValueSchema> = fc.letrec<{ any: ValueSchema; object: ValueSchema; list: ValueSchema; choice: ValueSchema }>((tie) => ({
  any: fc.oneof({ depthSize: 'small' }, scalar, tie('object'), tie('list'), tie('choice')),
  object: fc.tuple(fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('any')), fc.subarray(['a', 'b', 'c', 'd'])).map(([properties, required]) => ({ type: 'object' as const, properties, required: required.filter((name) => Object.hasOwn(properties, name)), additionalProperties: false })),
  list: fc.tuple(tie('any'), fc.nat(4), fc.nat(3)).map(([items, minItems, span]) => ({ type: 'array' as const, items, minItems, maxItems: minItems + span })),
  choice: fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
})).any;

test.prop([schema, fc.integer()], { seed: 4, numRuns: 400 })('a value is found, fits its schema, and is the same for the same seed (seed 4)', (one, seed) => {
  const value = generateValue(one, drawOf(seed));
  expect(value).not.toBeUndefined();
  expect(fitsSchema(one, value!)).toBe(true);
  expect(generateValue(one, drawOf(seed))).toEqual(value);
});

describe('generateValue', () => {
  it('finds nothing where nothing fits', () => expect(generateValue({ type: 'string', minLength: 5, maxLength: 2 }, drawOf(1))).toBeUndefined());
  it('fills in what is required and has no schema', () => expect(Object.keys(generateValue({ type: 'object', required: ['x'] }, drawOf(1)) as object)).toEqual(['x']));
});
