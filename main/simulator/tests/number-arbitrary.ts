import * as fc from 'fast-check';
import { fitsSchema } from '../../../shared/schema/fits-schema';
import type { ValueSchema } from '../../../shared/schema/value-schema';
import { withEdges } from './with-edges';

/** Where a schema names no bound: as far as whole numbers are exact. */
const FAR = Number.MAX_SAFE_INTEGER;
/** Multiples that are looked at on either side of zero. */
const MOST_MULTIPLES = 1e9;

type Range = { readonly lower: number; readonly upper: number; readonly step: number };

/** Numbers within the bounds, these and their neighbours often. Nothing where none fits. */
export function numbersOf(schema: ValueSchema, isWhole: boolean): fc.Arbitrary<number> | undefined {
  const { minimum = -FAR, maximum = FAR, exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity, multipleOf } = schema;
  const fits = (value: number): boolean => fitsSchema(schema, value) && (!isWhole || Number.isInteger(value));
  const range = { lower: Math.max(minimum, exclusiveMinimum), upper: Math.min(maximum, exclusiveMaximum), step: multipleOf ?? (isWhole ? 1 : 0.5) };
  if (range.lower > range.upper) return undefined;
  const edges = edgesOf(range).filter(fits);
  const inner = multipleOf === undefined ? plainNumbers(range, isWhole) : multiplesOf(range);
  const isUsable = inner !== undefined && fc.sample(inner, { numRuns: 50, seed: 1 }).some(fits);
  if (isUsable) return withEdges(inner.filter(fits), { values: edges });
  return edges.length > 0 ? fc.constantFrom(...edges) : undefined;
}

/** A negative zero is no other number in JSON. */
function edgesOf({ lower, upper, step }: Range): readonly number[] {
  const first = Math.ceil(lower / step) * step;
  const last = Math.floor(upper / step) * step;
  return [...new Set([0, 1, -1, lower, upper, first, first + step, last, last - step, step, 2 ** 31, -(2 ** 31) - 1].map((value) => value + 0))];
}

function plainNumbers({ lower, upper }: Range, isWhole: boolean): fc.Arbitrary<number> | undefined {
  if (!isWhole) {
    const without = (value: unknown): number => Number(value) + 0;
    return fc.double({ min: lower, max: upper, noNaN: true, noDefaultInfinity: true }).map(without, without);
  }
  const [min, max] = [Math.max(-FAR, Math.ceil(lower)), Math.min(FAR, Math.floor(upper))];
  return min <= max ? fc.integer({ min, max }) : undefined;
}

function multiplesOf({ lower, upper, step }: Range): fc.Arbitrary<number> | undefined {
  const [min, max] = [Math.max(-MOST_MULTIPLES, Math.ceil(lower / step)), Math.min(MOST_MULTIPLES, Math.floor(upper / step))];
  return min <= max ? fc.integer({ min, max }).map((count) => count * step + 0, (value) => Number(value) / step) : undefined;
}
