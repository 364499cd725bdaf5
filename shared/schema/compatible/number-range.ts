/** Sets of numbers as schemas draw them: an interval, perhaps only its whole numbers, perhaps only multiples. */
import type { ValueSchema } from '../value-schema';

export type NumberRange = {
  readonly low: number;
  readonly isLowOpen: boolean;
  readonly high: number;
  readonly isHighOpen: boolean;
  readonly isInteger: boolean;
  readonly multiples: readonly number[];
};

export const ALL_NUMBERS: NumberRange = { low: -Infinity, isLowOpen: true, high: Infinity, isHighOpen: true, isInteger: false, multiples: [] };

export const rangeOf = ({ minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf }: ValueSchema): NumberRange =>
  [
    ...(minimum === undefined ? [] : [{ ...ALL_NUMBERS, low: minimum, isLowOpen: false }]),
    ...(maximum === undefined ? [] : [{ ...ALL_NUMBERS, high: maximum, isHighOpen: false }]),
    ...(exclusiveMinimum === undefined ? [] : [{ ...ALL_NUMBERS, low: exclusiveMinimum }]),
    ...(exclusiveMaximum === undefined ? [] : [{ ...ALL_NUMBERS, high: exclusiveMaximum }]),
    ...(multipleOf === undefined ? [] : [{ ...ALL_NUMBERS, multiples: [multipleOf] }]),
  ].reduce(intersectRanges, ALL_NUMBERS);

export function intersectRanges(a: NumberRange, b: NumberRange): NumberRange {
  const low = a.low > b.low || (a.low === b.low && a.isLowOpen) ? a : b;
  const high = a.high < b.high || (a.high === b.high && a.isHighOpen) ? a : b;
  return { low: low.low, isLowOpen: low.isLowOpen, high: high.high, isHighOpen: high.isHighOpen, isInteger: a.isInteger || b.isInteger, multiples: [...new Set([...a.multiples, ...b.multiples])] };
}

const isAbove = ({ low, isLowOpen }: NumberRange, value: number): boolean => (isLowOpen ? value > low : value >= low);
const isBelow = ({ high, isHighOpen }: NumberRange, value: number): boolean => (isHighOpen ? value < high : value <= high);
/** As the check of a value says it. */
const isMultiple = (value: number, of: number): boolean => Number.isInteger(value / of) && (value === 0 || Math.abs(value) >= of);

export const isInRange = (range: NumberRange, value: number): boolean =>
  Number.isFinite(value) && isAbove(range, value) && isBelow(range, value) && (!range.isInteger || Number.isInteger(value)) && range.multiples.every((one) => isMultiple(value, one));

/** Up to here, quotients of whole numbers are exact enough for `multipleOf` to mean what it says. */
const EXACT = 2 ** 53;
const isExact = ({ low, high }: NumberRange): boolean => low >= -EXACT && high <= EXACT;

/** Values of a range, a few of each sort; `isAll`: these are all there are. */
export function listNumbers(range: NumberRange, limit: number): { readonly values: readonly number[]; readonly isAll: boolean } {
  const { low, high } = range;
  if (low > high || (low === high && (range.isLowOpen || range.isHighOpen))) return { values: [], isAll: true };
  if (low === high) return { values: isInRange(range, low) ? [low] : [], isAll: true };
  const step = stepOf(range);
  if (step === undefined) return { values: distinct([...aroundEnds(range), ...between(range)], range).slice(0, limit), isAll: false };
  const [first, last] = [Math.ceil(low / step), Math.floor(high / step)];
  const isCounted = isExact(range) && (Number.isInteger(step) || Math.log2(step) % 1 === 0);
  const count = last - first + 1;
  if (isCounted && count <= limit) return { values: distinct(Array.from({ length: Math.max(0, count) }, (_, index) => (first + index) * step), range), isAll: true };
  const start = Number.isFinite(first) ? first : Number.isFinite(last) ? last - MOST_TRIED : -2;
  const tried = Array.from({ length: MOST_TRIED }, (_, index) => (start + index) * step);
  return { values: distinct([...tried, last * step, (last - 1) * step, ...aroundEnds(range)], range).slice(0, limit), isAll: false };
}

const MOST_TRIED = 200;

/** The largest step that the values are multiples of. */
const stepOf = ({ isInteger, multiples }: NumberRange): number | undefined => (isInteger || multiples.length > 0 ? Math.max(...multiples.filter((one) => !isInteger || one >= 1), ...(isInteger ? [1] : [])) : undefined);

const aroundEnds = ({ low, high }: NumberRange): readonly number[] => [low, low + 1, low + 0.5, low + 0.37, high, high - 1, high - 0.5, high - 0.37, Math.ceil(low), Math.floor(high), 0, 1, -1, 0.5, -0.5, 0.37, -0.37, 1e6, -1e6];
const between = ({ low, high }: NumberRange): readonly number[] => (Number.isFinite(low) && Number.isFinite(high) ? [low + (high - low) / 2, low + (high - low) / 3, low + (high - low) / 7, low + (high - low) * 0.9] : []);
const distinct = (values: readonly number[], range: NumberRange): readonly number[] => [...new Set(values.map((one) => one + 0))].filter((one) => isInRange(range, one)).map((one) => (one === 0 ? 0 : one));

/**
 * Whether each number of one range is in the other, as far as that can be proved. A multiple of 6 is one of 3, but the check divides
 * floating numbers: far out, and for fractions, that holds only where the factor is a power of two.
 */
export function covers(outer: NumberRange, inner: NumberRange): boolean {
  const isLow = outer.low < inner.low || (outer.low === inner.low && (!outer.isLowOpen || inner.isLowOpen));
  const isHigh = outer.high > inner.high || (outer.high === inner.high && (!outer.isHighOpen || inner.isHighOpen));
  if (!isLow || !isHigh) return false;
  if (outer.isInteger && !inner.isInteger && !inner.multiples.some((one) => Number.isInteger(one))) return false;
  return outer.multiples.every((of) => impliesMultiple(inner, of));
}

function impliesMultiple(range: NumberRange, of: number): boolean {
  const steps = range.isInteger ? [1, ...range.multiples] : range.multiples;
  return steps.some((step) => {
    const factor = step / of;
    if (factor === 1) return true;
    if (!Number.isInteger(factor) || factor * of !== step) return false;
    if (Number.isInteger(step) && Number.isInteger(of)) return isExact(range) || isPowerOfTwo(factor);
    return isPowerOfTwo(factor) && isExact(range);
  });
}

const isPowerOfTwo = (value: number): boolean => value > 0 && Number.isInteger(Math.log2(value)) && 2 ** Math.log2(value) === value;

/** The pieces into which the ends of the others cut a range: points, and what lies between them. */
export function cutRange(range: NumberRange, others: readonly NumberRange[]): readonly NumberRange[] {
  const ends = [...new Set([range, ...others].flatMap(({ low, high }) => [low, high]))].filter((end) => Number.isFinite(end) && end >= range.low && end <= range.high).toSorted((a, b) => a - b);
  const points = ends.map((end) => intersectRanges(range, { ...ALL_NUMBERS, low: end, isLowOpen: false, high: end, isHighOpen: false }));
  const gaps = [-Infinity, ...ends].map((end, index) => intersectRanges(range, { ...ALL_NUMBERS, low: end, high: ends[index] ?? Infinity }));
  return [...points, ...gaps].filter(({ low, high, isLowOpen, isHighOpen }) => low < high || (low === high && !isLowOpen && !isHighOpen));
}
