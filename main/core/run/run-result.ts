import type { CallError } from '../../../shared/run/call-failure';
import type { Json } from '../../../shared/json/json';
import type { RunSpend } from '../../../shared/run/run-spend';
import type { RunEndReason } from '../../../shared/journal/record';
import type { RunCounts } from '../../store/run-store';

/** The last line of `run --json` (contract section 5). */
export type RunResult = {
  readonly type: 'result';
  readonly ok: boolean;
  readonly reason: RunEndReason;
  readonly rootReason: string | null;
  readonly program: string;
  readonly seed: number;
  readonly inputs: number;
  readonly handled: number;
  readonly failed: number;
  readonly dropped: number;
  readonly deadLetters: number;
  readonly outputs: number;
  readonly restarts: number;
  readonly hostsLost: number;
  readonly effects: RunCounts['effects'];
  /** Only where a model was asked (docs/decisions/2026-11-26-spend-in-the-result.md). */
  readonly spend?: RunSpend;
  readonly wallMs: number;
};

export type RunReply = { readonly type: 'reply'; readonly input: number } & (
  | { readonly ok: true; readonly output: Json }
  | { readonly ok: false; readonly error: { readonly code: string; readonly message: string; readonly node?: string; readonly data?: Json } }
);

/** What a person may want to hear while it runs. */
export type RunNote =
  | { readonly kind: 'restart'; readonly supervisor: string; readonly child: string; readonly scope: readonly string[]; readonly count: number; readonly max: number }
  | { readonly kind: 'exit'; readonly node: string; readonly reason: string }
  | { readonly kind: 'hostLost'; readonly host: string; readonly reason: string }
  | { readonly kind: 'engineLost'; readonly reason: string; readonly unanswered: number }
  /** All sources have ended and nothing is left to do; the run goes on until it is stopped. */
  | { readonly kind: 'drained' }
  /** Something beside the run did not go as asked; the run goes on. */
  | { readonly kind: 'trouble'; readonly text: string }
  | { readonly kind: 'log'; readonly node: string; readonly level: string; readonly text: string }
  | { readonly kind: 'deadLetter'; readonly node: string; readonly value: Json; readonly error: CallError };
