import type { Json } from '../json/json';
import type { NodeId, OperationName, ProtocolName } from '../ids';
import type { Mocks } from '../run/mock';

/** A checked scenario as the simulator runs it (contract section 1). Times are virtual ms since the run's beginning. */
export type ScenarioPlan = {
  readonly name: string | null;
  readonly load: readonly { readonly to: NodeId; readonly protocol: ProtocolName; readonly operation: OperationName; readonly input: Json; readonly atMs: number }[];
  readonly faults: readonly Fault[];
  readonly expectations: readonly Expectation[];
  /** What stands in for nodes. */
  readonly mocks?: Mocks;
  /** Absent: until drained, or 60 virtual seconds. */
  readonly untilMs?: number;
};

export type Fault =
  | { readonly atMs: number; readonly kind: 'crash'; readonly node: NodeId; readonly reason?: string }
  /** `main` or the id of an isolated node. */
  | { readonly atMs: number; readonly kind: 'killHost'; readonly host: string };

/** What must hold at the end; `name` is the person's own word for it. */
export type Expectation = { readonly name: string } & (
  /** Every acknowledged input was answered, with whatever answer. */
  | { readonly kind: 'nothingLost' }
  /** No effect was made twice. */
  | { readonly kind: 'atMostOnce' }
  | { readonly kind: 'failedAtMost'; readonly count: number }
  | { readonly kind: 'restartsAtMost'; readonly count: number }
  /** The last value that a sink put out. */
  | { readonly kind: 'lastOutput'; readonly node: NodeId; readonly value: Json }
);

export type Verdict = 'pass' | 'fail' | 'unknown';

/** The one value of `simulate --json` (contract section 5). No wall time, path or date in it. */
export type SimulationResult = {
  readonly verdict: Verdict;
  readonly program: string;
  readonly scenario: string | null;
  readonly seed: number;
  readonly virtualMs: number;
  readonly steps: number;
  readonly journalHash: string;
  readonly inputs: number;
  readonly handled: number;
  readonly failed: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly restarts: number;
  readonly expectations: readonly { readonly name: string; readonly verdict: Verdict; readonly seq: number | null; readonly message: string }[];
};
