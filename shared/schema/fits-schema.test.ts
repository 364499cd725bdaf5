import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { Json } from '../json/json';
import { fitsSchema } from './fits-schema';
import { findMismatch, MAX_DEPTH } from './validate-value';
import { arbitrarySchema, arbitraryValue } from './testing/arbitrary-schema';
import type { ValueSchema } from './value-schema';

const [schemas, values] = [arbitrarySchema, arbitraryValue];

describe('whether a value fits', () => {
  test.prop([schemas, values], { numRuns: 3000 })('is what the search for a mismatch says', (schema, value) => {
    expect(fitsSchema(schema, value)).toBe(findMismatch(schema, value) === undefined);
  });

  it('both come out about as often in that', () => {
    const fitting = fc.sample(fc.tuple(schemas, values), { numRuns: 1000, seed: 1 }).filter(([schema, value]) => fitsSchema(schema, value)).length;
    expect(fitting).toBeGreaterThan(150);
    expect(fitting).toBeLessThan(850);
  });

  it('is no where it is too deep', () => {
    const schema = Array.from({ length: MAX_DEPTH + 2 }).reduce<ValueSchema>((items) => ({ items }), {});
    const nested = (levels: number): Json => Array.from({ length: levels }).reduce<Json>((inner) => [inner], 0);
    expect([fitsSchema(schema, nested(MAX_DEPTH)), fitsSchema(schema, nested(MAX_DEPTH + 1))]).toEqual([true, false]);
  });
});
