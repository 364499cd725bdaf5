import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../shared/json/json';
import { POISONED_KEYS } from '../../../shared/ids';
import { findMismatch } from '../../../shared/schema/validate-value';
import { arbitrarySchema as schemas } from '../../../shared/schema/testing/arbitrary-schema';
import type { ValueSchema } from '../../../shared/schema/value-schema';
import { invalidValuesOf } from './invalid-arbitrary';
import { valuesOf } from './value-arbitrary';

const sampleOf = (values: fc.Arbitrary<Json> | undefined, count = 200): readonly Json[] => (values ? fc.sample(values, { numRuns: count, seed: 7 }) : []);

describe('generated values', () => {
  test.prop([schemas, fc.nat()], { numRuns: 150 })('fit their schema, and survive JSON as they are', (schema, seed) => {
    const values = valuesOf(schema);
    for (const value of values ? fc.sample(values, { numRuns: 20, seed }) : []) {
      expect(findMismatch(schema, value)).toBeUndefined();
      expect(JSON.parse(JSON.stringify(value))).toEqual(value);
      expect(JSON.stringify(value)).not.toMatch(new RegExp(`"(${[...POISONED_KEYS].join('|')})":`));
    }
  });

  test.prop([schemas, fc.nat()], { numRuns: 150 })('that are to be refused do not fit', (schema, seed) => {
    const values = invalidValuesOf(schema);
    for (const value of values ? fc.sample(values, { numRuns: 20, seed }) : []) expect(findMismatch(schema, value)).toBeDefined();
  });

  it('are found for nearly every schema that a value fits', () => {
    const all = fc.sample(schemas, { numRuns: 300, seed: 3 });
    const without = all.filter((schema) => !valuesOf(schema));
    // What is left contradicts itself: a fixed value of another type, a bound above the other.
    expect(without.length / all.length).toBeLessThan(0.35);
    for (const schema of without) expect(fc.sample(fc.jsonValue(), { numRuns: 300, seed: 5 }).filter((value) => findMismatch(schema, value as Json) === undefined)).toEqual([]);
  });

  it.each<[ValueSchema, readonly Json[]]>([
    [{ type: 'integer', minimum: 1, maximum: 4096 }, [1, 2, 4096, 4095]],
    [{ type: 'integer', exclusiveMinimum: 0, multipleOf: 5 }, [5, 10]],
    [{ type: 'number', minimum: -0.25 }, [0, -0.25]],
    [{ type: 'string' }, ['', ' ', '"', 'e\u0301', '👩‍👩‍👧']],
    [{ type: 'string', minLength: 3, maxLength: 5 }, ['aaa', 'aaaaa', '💎💎💎💎💎']],
    [{ type: 'array', items: { type: 'boolean' }, maxItems: 2 }, [[], [false, false]]],
    [{ type: 'object', properties: { a: { type: 'null' } } }, [{}, { a: null }]],
    [{ enum: ['x', 7, null] }, ['x', 7, null]],
    [{ anyOf: [{ type: 'null' }, { type: 'object', properties: { n: { const: 1 } }, required: ['n'], additionalProperties: false }] }, [null, { n: 1 }]],
    [{}, [null, true, 0, '', [], {}]],
  ])('of %j have the edges among them', (schema, edges) => {
    const seen = new Set(sampleOf(valuesOf(schema), 1000).map((value) => JSON.stringify(value)));
    expect(edges.filter((edge) => !seen.has(JSON.stringify(edge)))).toEqual([]);
  });

  it.each<ValueSchema>([
    { type: 'integer', minimum: 2, maximum: 1 },
    { type: 'integer', minimum: 0.2, maximum: 0.8 },
    { type: 'string', minLength: 1e9 },
    { type: 'array', items: { type: 'string' }, minItems: 1e6 },
    { type: 'object', required: ['a'], additionalProperties: false },
    { type: 'string', enum: [1, 2] },
    { type: 'object', properties: { a: { enum: [1], type: 'string' } }, required: ['a'] },
  ])('there are none of %j', (schema) => expect(valuesOf(schema)).toBeUndefined());

  it('that must be refused are not made for a schema that takes everything', () => {
    expect(invalidValuesOf({})).toBeUndefined();
    expect(invalidValuesOf({ anyOf: [{ type: 'string' }, {}] })).toBeUndefined();
  });

  it('that must be refused are wrong in every place that could be', () => {
    const ticket: ValueSchema = { type: 'object', properties: { id: { type: 'string', minLength: 1 }, tags: { type: 'array', items: { type: 'integer' }, maxItems: 2 } }, required: ['id'], additionalProperties: false };
    const paths = new Set(sampleOf(invalidValuesOf(ticket), 1000).map((value) => findMismatch(ticket, value)!).map(({ path, expected }) => `${path} ${expected}`));
    for (const place of [' object', '/id a value', '/id string', '/id at least 1 characters', '/tags array', '/tags at most 2 items', '/tags/0 integer', '/unexpected no such field']) expect([...paths]).toContain(place);
  });

  it('shrink to what a person would have written', () => {
    const failing = fc.check(fc.property(valuesOf({ type: 'object', properties: { text: { type: 'string' }, n: { type: 'integer' } }, required: ['text', 'n'] })!, (value) => (value as { n: number }).n < 7), { seed: 1 });
    expect(failing.counterexample?.[0]).toEqual({ text: '', n: 7 });
  });
});
