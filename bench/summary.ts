/** What samples add up to: medians, spread, the ratio to the limit, whether the budget is met. */
import type { Result, Sample, SideResult, Unit } from './figure';

/** A sample counts as quiet while others used less than this many cores. */
const QUIET_CORES = 0.3;
const FEWEST_QUIET = 3;

export type Spread = { readonly median: number; readonly min: number; readonly max: number };
export type Summary = {
  readonly ours: Spread;
  readonly limits: readonly (Spread & { readonly name: string })[];
  /** How many times worse than the first limit: the median over rounds, both sides of a round taken one after the other. */
  readonly timesLimit?: number;
  /** Too few quiet samples: all were taken. */
  readonly isNoisy: boolean;
  readonly isMet?: boolean;
};

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

const isQuiet = ({ foreign }: Sample): boolean => foreign === null || foreign < QUIET_CORES;

export function summarise(result: Result): Summary {
  const sides = [result.ours, ...result.limits];
  const rounds = result.ours.samples.map(({ round }) => round);
  const quiet = rounds.filter((round) => sides.every(({ samples }) => samples.some((sample) => sample.round === round && isQuiet(sample))));
  const isNoisy = quiet.length < FEWEST_QUIET;
  const taken = new Set(isNoisy ? rounds : quiet);
  const valuesOf = ({ samples }: SideResult): readonly number[] => samples.filter(({ round }) => taken.has(round)).map(({ value }) => value);
  const ours = valuesOf(result.ours);
  const [first] = result.limits;
  const ratios = first && valuesOf(first).map((limit, index) => timesWorse(ours[index]!, limit, result.unit));
  const timesLimit = ratios && median(ratios);
  const spread = spreadOf(ours);
  return { ours: spread, limits: result.limits.map((limit) => ({ name: limit.name, ...spreadOf(valuesOf(limit)) })), ...(timesLimit === undefined ? {} : { timesLimit }), isNoisy, ...isMet(result, spread.median, timesLimit) };
}

const spreadOf = (values: readonly number[]): Spread => ({ median: median(values), min: Math.min(...values), max: Math.max(...values) });

export const timesWorse = (ours: number, limit: number, unit: Unit): number => (unit === '/s' ? limit / ours : ours / limit);

function isMet({ budget, unit }: Result, ours: number, timesLimit: number | undefined): { readonly isMet?: boolean } {
  if (!budget) return {};
  if (budget.timesLimit !== undefined && timesLimit !== undefined) return { isMet: timesLimit <= budget.timesLimit };
  return budget.value === undefined ? {} : { isMet: timesWorse(ours, budget.value, unit) <= 1 };
}
