import { covers, cutRange, isInRange, listNumbers, type NumberRange } from './number-range';
import { ACCEPTS, all, refuse, UNKNOWN, type Found } from './found';

const MOST_COUNTED = 64;

/** Whether each number of a range is in one of the others, `points` among them. */
export function decideNumbers(range: NumberRange, others: readonly NumberRange[], points: readonly number[] = []): Found {
  const known = new Set(points);
  const isIn = (value: number): boolean => known.has(value) || others.some((other) => isInRange(other, value));
  const pieces = points.length > 0 ? cutRange(range, [...others, ...points.map((point) => ({ ...range, low: point, high: point }))]) : cutRange(range, others);
  return all(pieces, (piece) => {
    if (others.some((other) => covers(other, piece))) return ACCEPTS;
    const { values, isAll } = listNumbers(piece, MOST_COUNTED);
    const outside = values.find((value) => !isIn(value));
    return outside !== undefined ? refuse(outside) : isAll ? ACCEPTS : UNKNOWN;
  });
}
