/** Orthogonal ways of wires, and their drawing with round turns. Pure: the caller gives the two ends. */
import type { Point } from '../geometry';

/** How far a wire runs straight out of a port before it may turn. */
const STUB = 16;
export const LANE = 8;
export const WIRE_RADIUS = 8;

export type RouteOptions = {
  /** Keeps parallel wires apart: wires of one node turn in lanes, 8 px beside each other. */
  readonly lane: number;
  /** Lower edge of what both ends stand in: a wire that leads back goes round below it. */
  readonly clearY?: number;
};

/** Points from a port on a right edge to a port on a left edge. */
export function routeWire(from: Point, to: Point, { lane, clearY }: RouteOptions): readonly Point[] {
  const [outX, inX] = [from.x + STUB + lane * LANE, to.x - STUB];
  if (inX >= from.x + STUB) {
    if (Math.abs(from.y - to.y) < 0.5) return [from, to];
    const turn = Math.min(outX, inX);
    return [from, { x: turn, y: from.y }, { x: turn, y: to.y }, to];
  }
  const across = clearY === undefined ? (from.y + to.y) / 2 + lane * LANE : clearY + STUB + lane * LANE;
  const back = inX - lane * LANE;
  return [from, { x: outX, y: from.y }, { x: outX, y: across }, { x: back, y: across }, { x: back, y: to.y }, to];
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
const towards = (from: Point, to: Point, length: number): Point => {
  const all = distance(from, to) || 1;
  return { x: from.x + ((to.x - from.x) * length) / all, y: from.y + ((to.y - from.y) * length) / all };
};
const at = ({ x, y }: Point): string => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;

/** SVG path through the points; a turn is rounded by at most half of the shorter of its two legs. */
export function roundedPath(points: readonly Point[], radius = WIRE_RADIUS): string {
  const [first, ...rest] = points;
  if (!first || rest.length === 0) return '';
  let path = `M${at(first)}`;
  for (let index = 1; index < points.length - 1; index += 1) {
    const [before, turn, after] = [points[index - 1]!, points[index]!, points[index + 1]!];
    const round = Math.min(radius, distance(before, turn) / 2, distance(turn, after) / 2);
    path += `L${at(towards(turn, before, round))}Q${at(turn)} ${at(towards(turn, after, round))}`;
  }
  return `${path}L${at(points.at(-1)!)}`;
}

/** The middle of the longest level stretch: where chips and counters sit. Upright where no level stretch is long enough. */
export function longestStretch(points: readonly Point[]): { readonly at: Point; readonly length: number; readonly isLevel: boolean } {
  let best = { at: points[0] ?? { x: 0, y: 0 }, length: -1, isLevel: true };
  for (let index = 1; index < points.length; index += 1) {
    const [a, b] = [points[index - 1]!, points[index]!];
    const isLevel = Math.abs(a.y - b.y) < 0.5;
    const length = distance(a, b);
    // A level stretch carries text better than an upright one of the same length.
    if (length * (isLevel ? 1 : 0.6) > best.length * (best.isLevel ? 1 : 0.6)) best = { at: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, length, isLevel };
  }
  return best;
}

const isSame = (a: Point, b: Point): boolean => Math.abs(a.x - b.x) < 0.5 && Math.abs(a.y - b.y) < 0.5;

/** What is left of a way where it has parted from another one that begins at the same place, and where it parts. The whole way where they share nothing. */
export function partWays(main: readonly Point[], way: readonly Point[]): { readonly points: readonly Point[]; readonly fork?: Point } {
  let shared = 0;
  while (shared < Math.min(main.length, way.length) && isSame(main[shared]!, way[shared]!)) shared += 1;
  const last = way[shared - 1];
  if (last === undefined || shared === way.length) return { points: way };
  const [other, next] = [main[shared], way[shared]!];
  const rest = way.slice(shared);
  const along = other && sharedStretch(last, other, next);
  if (along) return { points: isSame(along, next) ? rest : [along, ...rest], fork: along };
  return shared === 1 ? { points: way } : { points: [last, ...rest], fork: last };
}

/** The end of the shorter of two legs that leave one point in the same direction. */
function sharedStretch(from: Point, a: Point, b: Point): Point | undefined {
  const isTurned = Math.abs((a.x - from.x) * (b.y - from.y) - (a.y - from.y) * (b.x - from.x)) > 0.5;
  const isBack = (a.x - from.x) * (b.x - from.x) + (a.y - from.y) * (b.y - from.y) <= 0;
  if (isTurned || isBack) return undefined;
  return distance(from, a) < distance(from, b) ? a : b;
}
