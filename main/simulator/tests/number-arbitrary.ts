import * as fc from 'fast-check';
import { fitsSchema } from '../../../shared/schema/fits-schema';
import type { ValueSchema } from '../../../shared/schema/value-schema';

/** Where a schema names no bound: as far as whole numbers are exact, and as far as people's numbers go. */
const FAR = Number.MAX_SAFE_INTEGER;

/** Numbers within the bounds, these and their neighbours most of all. Nothing where none fits. */
export function numbersOf(schema: ValueSchema, isWhole: boolean): fc.Arbitrary<number> | undefined {
  const { minimum = -FAR, maximum = FAR, exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity, multipleOf } = schema;
  const fits = (value: number): boolean => fitsSchema(schema, value) && (!isWhole || Number.isInteger(value));
  const lower = Math.max(minimum, exclusiveMinimum);
  const upper = Math.min(maximum, exclusiveMaximum);
  if (lower > upper) return undefined;
  const step = multipleOf ?? (isWhole ? 1 : 0.5);
  const edges = edgesOf({ lower, upper, step }).filter(fits);
  const within = multipleOf === undefined ? plainNumbers({ lower, upper }, isWhole) : multiplesOf({ lower, upper, step });
  const parts = [
    ...(within && fc.sample(within, { numRuns: 50, seed: 1 }).some(fits) ? [{ arbitrary: within.filter(fits), weight: 3 }] : []),
    ...(edges.length > 0 ? [{ arbitrary: fc.constantFrom(...edges), weight: 2 }] : []),
  ];
  return parts.length > 0 ? fc.oneof({ withCrossShrink: true }, ...parts) : undefined;
}

type Range = { readonly lower: number; readonly upper: number };

/** Simplest first. A negative zero is no other number in JSON. */
function edgesOf({ lower, upper, step }: Range & { readonly step: number }): readonly number[] {
  const first = Math.ceil(lower / step) * step;
  const last = Math.floor(upper / step) * step;
  return [...new Set([0, 1, -1, lower, upper, first, first + step, last, last - step, step, 2 ** 31, -(2 ** 31) - 1, FAR, -FAR].map((value) => value + 0))];
}

function plainNumbers({ lower, upper }: Range, isWhole: boolean): fc.Arbitrary<number> | undefined {
  if (!isWhole) return fc.double({ min: lower, max: upper, noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
  const [min, max] = [Math.max(-FAR, Math.ceil(lower)), Math.min(FAR, Math.floor(upper))];
  return min <= max ? fc.integer({ min, max }) : undefined;
}

function multiplesOf({ lower, upper, step }: Range & { readonly step: number }): fc.Arbitrary<number> | undefined {
  const [min, max] = [Math.max(-FAR, Math.ceil(lower / step)), Math.min(FAR, Math.floor(upper / step))];
  return min <= max ? fc.integer({ min: Math.max(min, -1e9), max: Math.min(max, 1e9) }).map((count) => count * step + 0) : undefined;
}
