/**
 * The document of an open project and the log of its edits. An edit is applied at once and acknowledged once the log has it; edits
 * that follow meanwhile build on it. If the log refuses one, it and all that build on it are taken back.
 */
import { applyEdit } from '../../../shared/design/edits/apply-edit';
import type { Edit } from '../../../shared/design/edits/edit';
import type { FieldConflict } from '../../../shared/design/edits/merge-documents';
import type { ProjectDocument } from '../../../shared/design/document';
import { appendToHistory, foldHistory, redoOf, undoOf, type EditHistory, type LogEntry, type LogKind } from '../../../shared/design/history';
import { failed, ok, type AppError, type Result } from '../../../shared/errors/result';
import { WorkspaceFailure } from '../../store/workspace-error';
import type { WorkspaceStore } from '../../store/workspace-store';
import { editConflict, NOTHING_TO_REDO, NOTHING_TO_UNDO } from './project-error';

/** Kept for undo; older ones that are in the files are dropped. */
const MOST_ENTRIES = 10_000;
const MOST_BYTES = 64 * 1024 * 1024;
const COMPACT_EVERY = 1000;

export type LogState = { readonly document: ProjectDocument; readonly history: EditHistory };
/** Which window made an edit, and which of its edits it is. */
export type EditOrigin = { readonly origin: string; readonly number: number };
export type Appended = { readonly entry: LogEntry; readonly state: LogState };
type Check = (after: ProjectDocument) => AppError | undefined;

export type LogOptions = {
  readonly id: number;
  readonly store: WorkspaceStore;
  readonly unixMs: () => number;
  /** In the order of the log, once the entry is on the disk. */
  readonly onAppended: (appended: Appended, from: EditOrigin | undefined) => void;
  readonly document: ProjectDocument;
  readonly entries: readonly LogEntry[];
  readonly lastSeq: number;
};
type AppendOptions = { readonly check?: Check; readonly conflicts?: readonly FieldConflict[]; readonly from?: EditOrigin; readonly seen?: LogEntry['seen'] };

export class EditLog {
  readonly #id: number;
  readonly #store: WorkspaceStore;
  readonly #unixMs: () => number;
  readonly #onAppended: (appended: Appended, from: EditOrigin | undefined) => void;
  #entries: LogEntry[];
  #acked: LogState;
  #tip: LogState;
  #pending = 0;
  #generation = 0;

  constructor(options: LogOptions) {
    const { id, store, unixMs, onAppended, document, entries, lastSeq } = options;
    this.#id = id;
    this.#store = store;
    this.#unixMs = unixMs;
    this.#onAppended = onAppended;
    this.#entries = [...entries];
    this.#acked = { document, history: { ...foldHistory(entries), seq: lastSeq } };
    this.#tip = this.#acked;
  }

  /** What is acknowledged. */
  get acked(): LogState {
    return this.#acked;
  }

  /** With edits that the log does not have yet. */
  get tip(): LogState {
    return this.#tip;
  }

  get entries(): readonly LogEntry[] {
    return this.#entries;
  }

  undo(): Promise<Result<Appended>> {
    const edit = undoOf(this.#tip.history);
    return edit ? this.append('undo', edit) : Promise.resolve(failed(NOTHING_TO_UNDO));
  }

  redo(): Promise<Result<Appended>> {
    const edit = redoOf(this.#tip.history);
    return edit ? this.append('redo', edit) : Promise.resolve(failed(NOTHING_TO_REDO));
  }

  /** Changes the tip before it returns; the answer comes when the edit is on the disk, in the order of the edits. */
  async append(kind: LogKind, edit: Edit, options: AppendOptions = {}): Promise<Result<Appended>> {
    const applied = applyEdit(this.#tip.document, edit);
    if (!applied.ok) return failed(editConflict(applied.error));
    const problem = options.check?.(applied.value);
    if (problem) return failed(problem);
    const entry: LogEntry = { seq: this.#tip.history.seq + 1, atUnixMs: this.#unixMs(), kind, edit, ...(options.seen ? { seen: options.seen } : {}) };
    const state: LogState = { document: applied.value, history: appendToHistory(this.#tip.history, entry) };
    this.#tip = state;
    return this.#acknowledge({ entry, state }, options);
  }

  async #acknowledge(appended: Appended, { conflicts, from }: AppendOptions): Promise<Result<Appended>> {
    const generation = this.#generation;
    this.#pending += 1;
    try {
      await this.#store.append(this.#id, appended.entry, conflicts);
    } catch (error) {
      if (!(error instanceof WorkspaceFailure)) throw error;
      if (generation === this.#generation) {
        this.#generation += 1;
        this.#tip = this.#acked;
      }
      return failed(error.appError);
    } finally {
      this.#pending -= 1;
    }
    this.#acked = appended.state;
    this.#entries.push(appended.entry);
    this.#onAppended(appended, from);
    return ok(appended);
  }

  /** Drops the oldest entries now and then. Called when all is in the files and nothing is on its way. */
  async compactIfLong(): Promise<void> {
    if (this.#pending > 0 || this.#entries.length < MOST_ENTRIES + COMPACT_EVERY) return;
    await this.compact(MOST_ENTRIES, MOST_BYTES);
  }

  async compact(keep: number, keepBytes: number): Promise<void> {
    const first = await this.#store.compact(this.#id, keep, keepBytes);
    if (this.#pending > 0) return;
    this.#entries = this.#entries.filter(({ seq }) => seq >= first);
    this.#acked = { ...this.#acked, history: { ...foldHistory(this.#entries), seq: this.#acked.history.seq } };
    this.#tip = this.#acked;
  }
}
