/**
 * The journal's vocabulary, format `prismatic-journal/1` (contract section 6). A host writes records without `seq`: the store's
 * merge gives it (one order for the whole run) and turns `cause` from the host's own number into a `seq`.
 */
import type { Json } from '../json/json';
import type { CallError } from '../run/call-failure';
import type { ExitReason } from '../run/exit-reason';

export type JournalHeader = {
  readonly format: 'prismatic-journal/1';
  readonly program: string;
  readonly world: 'real' | 'simulated';
  readonly seed: number;
  readonly scenario: string | null;
  /** ISO 8601; only in the real world. */
  readonly startedAt?: string;
};

export type JournalEvent =
  | { readonly type: 'host.started'; readonly life: number }
  | { readonly type: 'host.lost'; readonly life: number; readonly reason: string }
  | { readonly type: 'process.started'; readonly node: string; readonly pid: string; readonly incarnation: number }
  | { readonly type: 'process.startFailed'; readonly node: string; readonly reason: ExitReason }
  | { readonly type: 'process.exited'; readonly node: string; readonly pid: string; readonly reason: ExitReason }
  | { readonly type: 'supervisor.restarting'; readonly node: string; readonly child: string; readonly scope: readonly string[]; readonly count: number; readonly max: number }
  | { readonly type: 'supervisor.gaveUp'; readonly node: string }
  | { readonly type: 'input.received'; readonly id: number; readonly node: string; readonly protocol?: string; readonly operation: string; readonly value: Json }
  | { readonly type: 'batch.received'; readonly from: string; readonly batch: number }
  | { readonly type: 'timer.due'; readonly pid: string; readonly timer: number }
  | { readonly type: 'effect.requested'; readonly key: string; readonly node: string; readonly kind: string; readonly request: Json }
  | { readonly type: 'effect.item'; readonly key: string; readonly value: Json }
  | { readonly type: 'effect.abandoned'; readonly key: string }
  | { readonly type: 'effect.settled'; readonly key: string; readonly ok: boolean; readonly value?: Json; readonly error?: CallError; readonly mode: EffectMode }
  | { readonly type: 'call.failed'; readonly from: string; readonly to: string; readonly code: string }
  | { readonly type: 'call.abandoned'; readonly from: string; readonly to: string }
  | { readonly type: 'message.dropped'; readonly node: string; readonly reason: DropReason; readonly count: number }
  | { readonly type: 'message.sent'; readonly from: string; readonly to: string; readonly operation: string }
  | { readonly type: 'message.handled'; readonly node: string; readonly operation: string }
  | { readonly type: 'guard.changed'; readonly wire: string; readonly guard: string; readonly from: string; readonly to: string }
  | { readonly type: 'output.emitted'; readonly node: string; readonly port: string; readonly value: Json }
  | { readonly type: 'log'; readonly node: string; readonly level: LogLevel; readonly text: string }
  | { readonly type: 'operator'; readonly action: string; readonly target: string }
  | { readonly type: 'fault.injected'; readonly kind: string; readonly target: string; readonly reason?: string }
  | { readonly type: 'expectation.failed'; readonly name: string }
  | { readonly type: 'run.ended'; readonly reason: RunEndReason };

export type JournalType = JournalEvent['type'];
export type EffectMode = 'live' | 'recorded' | 'mocked' | 'simulated';
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
/** Why a message reached nobody. `late_reply`: its caller had given up already. `stale`: from a host's earlier life. */
export type DropReason = 'mailbox_full' | 'noproc' | 'invalid' | 'process_exited' | 'late_reply' | 'expired' | 'noconnection' | 'stale' | 'window_full';
export type RunEndReason = 'drained' | 'time' | 'signal' | 'root_exit';

/** A record as its host writes it: `number` counts this host life's records from 1; `cause` is such a number. */
export type HostRecord = {
  readonly number: number;
  /** Steps (turns of processes) the host had made when the record was written. */
  readonly step: number;
  /** Milliseconds since the run began, a whole number. */
  readonly atMs: number;
  readonly cause: number | null;
  /** Whose number `cause` is (`host#life`), where that is another's: a batch follows from what its sender had recorded when it left. */
  readonly causeIn?: string;
} & JournalEvent;

/** A line of the journal. */
export type JournalRecord = { readonly seq: number; readonly host: string; readonly step: number; readonly atMs: number; readonly cause: number | null } & JournalEvent;

/** Records of one host that go to the store together: at most 256 or 5 ms. */
export type JournalChunk = {
  readonly host: string;
  readonly life: number;
  /** Numbers of the first and last record. */
  readonly first: number;
  readonly last: number;
  /** Canonical records, one JSON text a line, without a newline at the end. */
  readonly text: string;
};

/** A value whose JSON text is longer goes to a blob: `{"$blob": "sha256:...", "bytes": n}`. */
export const BLOB_LIMIT_BYTES = 64 * 1024;
