/**
 * What the core keeps of one run, whichever SQLite is below (better-sqlite3 in a worker thread of the core, node:sqlite in an
 * exported bundle). Every promise resolves after the COMMIT that made it durable (WAL, synchronous=FULL); callers that come
 * together share one commit.
 */
import type { CallError } from '../../shared/run/call-failure';
import type { EffectAnswer, EffectRequest, OutsideInput, Settlement } from '../../shared/run/engine-protocol';
import type { AppError, Result } from '../../shared/errors/result';
import type { Json } from '../../shared/json/json';
import type { JournalChunk, JournalEvent, JournalHeader, JournalRecord, RunEndReason } from '../../shared/journal/record';

/** An event that the core itself writes (host `core`): a lost host, a lost engine, the end. */
export type CoreEvent = { readonly atMs: number; readonly event: JournalEvent };

/** What is known of an effect when it is asked for (again). */
export type EffectState =
  | { readonly status: 'new' }
  /** An intent without an answer, written by an earlier engine or core life. */
  | { readonly status: 'intended' }
  | { readonly status: 'settled'; readonly answer: EffectAnswer };

export type DeadLetter = { readonly input: number; readonly node: string; readonly value: Json; readonly error: CallError };

export type RunCounts = {
  readonly inputs: number;
  readonly handled: number;
  readonly failed: number;
  readonly unsettled: number;
  readonly deadLetters: number;
  readonly effects: { readonly requested: number; readonly settled: number; readonly unknown: number };
};

/** A row of the record: a chunk by its `host#life` and first record, or the core's nth event. */
export type RowName = { readonly kind: 'chunk' | 'core.event'; readonly stream: string; readonly version: number };

export interface RunStore {
  /** Acknowledges: once resolved, the input is never lost. A known id is answered without a second row. */
  acknowledgeInputs(inputs: readonly (OutsideInput & { readonly atMs: number })[]): Promise<void>;
  settleInput(settlement: Settlement, options: { readonly deadLetter: boolean }): Promise<void>;
  /** Inputs acknowledged and not settled, by id: delivered again after an engine was lost. */
  unsettledInputs(): Promise<readonly OutsideInput[]>;
  appendChunk(chunk: JournalChunk): Promise<void>;
  appendCoreEvent(event: CoreEvent): Promise<void>;
  /** Writes the intent if the key is new, and says what was known before. */
  intendEffect(effect: EffectRequest, atMs: number): Promise<EffectState>;
  settleEffect(answer: EffectAnswer, atMs: number): Promise<void>;
  counts(): Promise<RunCounts>;
  deadLetters(): Promise<readonly DeadLetter[]>;
  /** Every record in one order (commit order of chunks), with `seq` from 1 and `cause` as a `seq`. */
  readJournal(): AsyncIterable<JournalHeader | JournalRecord>;
  /** The bodies of rows that are there, in the order asked for. */
  readRows(of: readonly RowName[]): Promise<readonly string[]>;
  end(reason: RunEndReason, atMs: number): Promise<void>;
  close(): Promise<void>;
}

export type OpenRun = {
  readonly file: string;
  readonly header: JournalHeader;
  /** Answers `STO010` for a run that has ended, without opening it for writing. */
  readonly onlyIfUnended?: boolean;
};

/** Codes `STO0xx`: damaged, newer version, held by another process (told within a second), no space, no permission. */
export type OpenRunStore = (options: OpenRun) => Promise<Result<RunStore, AppError>>;
