import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { isAccepted } from './compatible';
import { Budget } from './compatible/budget';
import { listValues } from './compatible/case-values';
import { fitsSchema } from './fits-schema';
import { arbitrarySchema, arbitraryValue } from './testing/arbitrary-schema';
import type { ValueSchema } from './value-schema';
import type { Json } from '../json/json';

const object = (properties: ValueSchema['properties'], required: readonly string[] = [], additionalProperties = true): ValueSchema => ({ type: 'object', properties, required, additionalProperties });

describe('what is sent', () => {
  it.each<[string, ValueSchema, ValueSchema]>([
    ['anything', { type: 'string' }, {}],
    ['the same', { anyOf: [{ type: 'string' }, { type: 'null' }] }, { anyOf: [{ type: 'string' }, { type: 'null' }] }],
    ['whole numbers where numbers go', { type: 'integer' }, { type: 'number' }],
    ['a narrower interval', { type: 'integer', minimum: 1, maximum: 5 }, { type: 'integer', exclusiveMinimum: 0, maximum: 10 }],
    ['multiples of a multiple', { type: 'integer', multipleOf: 10 }, { type: 'number', multipleOf: 5 }],
    ['whole multiples', { multipleOf: 4, type: 'number' }, { type: 'integer' }],
    ['few whole numbers where a list of them goes', { type: 'integer', minimum: 1, maximum: 3 }, { enum: [3, 2, 1, 'x'] }],
    ['a choice', { enum: ['a', 'b'] }, { type: 'string', maxLength: 1 }],
    ['a longer text', { type: 'string', minLength: 3 }, { type: 'string', minLength: 1 }],
    ['one more field', object({ a: { type: 'string' }, b: {} }, ['a', 'b']), object({ a: { type: 'string' } }, ['a'])],
    ['a field that nothing else may be', object({ a: { const: 1 } }, ['a'], false), object({ a: { type: 'integer' } }, ['a'], false)],
    ['a list of what fits', { type: 'array', items: { type: 'integer' }, maxItems: 3 }, { type: 'array', items: { type: 'number' } }],
    ['alternatives that each fit one', { anyOf: [{ type: 'string' }, { type: 'integer' }] }, { anyOf: [{ type: 'number' }, { type: ['string', 'null'] }] }],
    ['numbers over two intervals that touch', { type: 'number', minimum: 0, maximum: 10 }, { anyOf: [{ type: 'number', minimum: 0, maximum: 5 }, { type: 'number', exclusiveMinimum: 5, maximum: 10 }] }],
    ['numbers over a point between two intervals', { type: 'number' }, { anyOf: [{ exclusiveMinimum: 0 }, { exclusiveMaximum: 0 }, { const: 0 }] }],
    ['texts over lengths', { type: 'string' }, { anyOf: [{ maxLength: 3 }, { minLength: 4 }] }],
    ['a union with tags', object({ tag: { enum: ['a', 'b'] }, n: { type: 'integer' } }, ['tag', 'n']), { anyOf: [object({ tag: { const: 'a' }, n: { type: 'number' } }, ['tag', 'n']), object({ tag: { const: 'b' } }, ['tag'])] }],
    ['a field that is there or not', object({ a: { type: 'integer' } }), { anyOf: [object({ a: { type: 'number' } }, ['a']), object({ a: { enum: [] } })] }],
    ['nothing at all', { type: 'integer', minimum: 5, maximum: 4 }, { type: 'string' }],
    ['no object, since a field of it cannot be', object({ a: { enum: [] } }, ['a']), { type: 'string' }],
    ['no item, so an empty list', { type: 'array', items: { enum: [] } }, { type: 'array', maxItems: 0 }],
  ])('is accepted: %s', (_, sent, accepted) => expect(isAccepted(sent, accepted)).toEqual({ kind: 'accepts' }));

  it.each<[string, ValueSchema, ValueSchema, Json]>([
    ['another type', { type: 'string' }, { type: 'integer' }, ''],
    ['numbers where whole numbers go', { type: 'number', minimum: 0 }, { type: 'integer', minimum: 0 }, 0.5],
    ['beyond the bound', { type: 'integer', minimum: 1 }, { type: 'integer', minimum: 1, maximum: 9 }, 10],
    ['a choice that is not known', { enum: ['low', 'high'] }, { enum: ['low'] }, 'high'],
    ['a field that may be missing', object({ a: { type: 'string' } }), object({ a: { type: 'string' } }, ['a']), {}],
    ['a field of another type', object({ a: { type: 'string' }, b: { type: 'string' } }, ['a', 'b']), object({ b: { type: 'integer' } }), { a: '', b: '' }],
    ['a field that no other may be', object({ a: {} }, ['a']), object({ a: {} }, ['a'], false), { a: null, other: null }],
    ['a field inside a list', object({ list: { type: 'array', items: object({ n: { type: 'number' } }, ['n']) } }, ['list']), object({ list: { type: 'array', items: object({ n: { type: 'integer' } }, ['n']) } }), { list: [{ n: 0.5 }] }],
    ['between the alternatives', { type: 'number' }, { anyOf: [{ exclusiveMinimum: 0 }, { exclusiveMaximum: 0 }] }, 0],
    ['a tag that none knows', object({ tag: { enum: ['a', 'b', 'c'] } }, ['tag']), { anyOf: [object({ tag: { const: 'a' } }), object({ tag: { const: 'b' } })] }, { tag: 'c' }],
    ['a longer text', { type: 'string' }, { type: 'string', maxLength: 2 }, 'aaa'],
    ['a proto', object({ ['__proto__']: { type: 'string' } }, ['__proto__']), object({}, [], false), JSON.parse('{"__proto__":""}') as Json],
  ])('is refused, and shown: %s', (_, sent, accepted, counterexample) => expect(isAccepted(sent, accepted)).toEqual({ kind: 'refuses', counterexample }));

  it('is not known where the question is too hard', () => expect(isAccepted({ type: 'string', minLength: 100_000 }, { type: 'string', maxLength: 5 })).toEqual({ kind: 'unknown' }));
});

describe('the answer', () => {
  test.prop([arbitrarySchema, arbitrarySchema, fc.array(arbitraryValue, { minLength: 10, maxLength: 10 })], { numRuns: 1500 })('is never contradicted by a value', (sent, accepted, values) => {
    const answer = isAccepted(sent, accepted);
    const fitting = [...values, ...listValues([sent], 30, new Budget(20_000)).values].filter((value) => fitsSchema(sent, value));
    if (answer.kind === 'accepts') for (const value of fitting) expect(fitsSchema(accepted, value)).toBe(true);
    if (answer.kind === 'refuses') expect([fitsSchema(sent, answer.counterexample), fitsSchema(accepted, answer.counterexample)]).toEqual([true, false]);
  });

  it('is seldom unknown: in less than one case of 200 that chance makes', () => {
    const kinds = fc.sample(fc.tuple(arbitrarySchema, arbitrarySchema), { numRuns: 2000, seed: 5 }).map(([sent, accepted]) => isAccepted(sent, accepted).kind);
    const counts = { accepts: 0, refuses: 0, unknown: 0 };
    for (const kind of kinds) counts[kind] += 1;
    expect(counts.accepts).toBeGreaterThan(500);
    expect(counts.refuses).toBeGreaterThan(500);
    expect(counts.unknown).toBeLessThan(10);
  });
});

describe('schemas made to be hard', () => {
  const doubled = (levels: number, leaf: ValueSchema): ValueSchema => Array.from({ length: levels }).reduce<ValueSchema>((inner) => ({ type: 'object', properties: { a: inner, b: inner }, required: ['a', 'b'] }), leaf);
  const chosen = (levels: number, leaf: ValueSchema): ValueSchema => Array.from({ length: levels }).reduce<ValueSchema>((inner) => ({ anyOf: [{ properties: { a: inner } }, { properties: { b: inner } }, inner] }), leaf);
  const wide = (type: 'string' | 'integer'): ValueSchema => ({ anyOf: Array.from({ length: 500 }, (_, index) => object({ [`f${index}`]: { type }, tag: { enum: [index, index + 1] } }, ['tag'])) });
  const many = (from: number): ValueSchema => ({ enum: Array.from({ length: 10_000 }, (_, index) => `value-${index + from}`) });
  it.each<[string, ValueSchema, ValueSchema]>([
    ['doubling', doubled(12, { type: 'integer' }), doubled(12, { type: 'number' })],
    ['doubling alternatives', chosen(40, { type: 'integer' }), chosen(40, { type: 'number' })],
    ['alternatives of alternatives', { anyOf: [chosen(10, { type: 'integer' }), chosen(10, { type: 'string' })] }, { anyOf: [chosen(11, { type: 'string' }), chosen(11, { type: 'integer' })] }],
    ['many alternatives', wide('integer'), wide('string')],
    ['many values', many(0), many(1)],
    ['many fields', object(Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`f${index}`, { type: 'integer' }]))), object(Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`f${index}`, { type: 'number' }])))],
  ])('are answered in time: %s', (_, sent, accepted) => {
    const before = performance.now();
    isAccepted(sent, accepted);
    expect(performance.now() - before).toBeLessThan(2000);
  });
});
