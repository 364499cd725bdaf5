/** What the bench measures: a figure is our side and its limits, taken in turn in one process, so that the ratio outlives the machine. */

/** How much of the journal was kept meanwhile. `memory`: records became chunks and were dropped. `durable`: they were committed. */
export type JournalState = 'off' | 'memory' | 'durable';
/** What runs: our own behaviours, a person's handlers in QuickJS or on V8, or the machinery around them. */
export type Kind = 'built-in' | 'sandboxed' | 'native' | 'system';
/** `/s` is better when larger, all others when smaller. */
export type Unit = '/s' | 'us' | 'ms' | 'KB';

/** `also`: what else was seen in the same sample, kept with it. */
export type Measured = { readonly value: number; readonly also?: Readonly<Record<string, number>> };
export type Side = { readonly name: string; readonly measure: () => Measured | Promise<Measured> };

/** Of design section 10. Met by the ratio where there is one; a value alone is of the machine that it was set on. */
export type Budget = { readonly text: string; readonly timesLimit?: number; readonly value?: number };

export type Figure = {
  readonly id: string;
  readonly title: string;
  readonly kind: Kind;
  readonly journal: JournalState;
  readonly unit: Unit;
  readonly ours: Side;
  /** The ratio is to the first. */
  readonly limits: readonly Side[];
  readonly budget?: Budget;
  /** Rounds that are thrown away first: how long the compilers of both sides need. */
  readonly warmUps?: number;
  /** At most so many, for figures that take seconds. */
  readonly mostRounds?: number;
};

export type Sample = Measured & {
  readonly round: number;
  /** Cores that other processes used meanwhile; `null` where the system does not tell. */
  readonly foreign: number | null;
};
export type SideResult = { readonly name: string; readonly samples: readonly Sample[] };
export type Result = Pick<Figure, 'id' | 'title' | 'kind' | 'journal' | 'unit' | 'budget'> & { readonly topic: string; readonly ours: SideResult; readonly limits: readonly SideResult[] };

/** `size`: of the work, from 1 down; `rounds`: samples of each side. */
export type Scale = { readonly size: number; readonly rounds: number };
export const FULL: Scale = { size: 1, rounds: 7 };
/** Proves that everything runs; its figures mean nothing. */
export const QUICK: Scale = { size: 0.02, rounds: 1 };

/** A number of things to do at this scale. */
export const scaled = (count: number, { size }: Scale, least = 1): number => Math.max(least, Math.round(count * size));

/** Figures of one topic; `close` gives back what they shared. */
export type Topic = { readonly figures: readonly Figure[]; readonly close?: () => Promise<void>; /** What there is nothing to measure of. */ readonly absent?: readonly string[] };
export type OpenTopic = (scale: Scale) => Promise<Topic>;

export const perSecond = (count: number, ms: number): Measured => ({ value: count / (ms / 1000) });
