/**
 * One open project: its document, the log of its edits, its files, its checks. All windows on it in this process share it. An edit is
 * (1) in the log, which acknowledges it, (2) told to all windows, (3) in the files within a moment, (4) checked.
 */
import { basename } from 'node:path';
import type { CheckReport, History, HistoryEntry, MergeConflict, ProjectSnapshot } from '../../../shared/api/project';
import { designOf, findFile, rawNodesOf, type ProjectDocument } from '../../../shared/design/document';
import { invertEdit, type Edit } from '../../../shared/design/edits/edit';
import type { FieldConflict } from '../../../shared/design/edits/merge-documents';
import { redoLabel, undoLabel, undoneSeqs, type LogEntry, type LogKind } from '../../../shared/design/history';
import { isJsonFile } from '../../../shared/design/project-files';
import { showLine } from '../../../shared/design/show-text';
import { failed, ok, type Result } from '../../../shared/errors/result';
import type { ProcessMark } from '../../store/process-alive';
import { WorkspaceFailure } from '../../store/workspace-error';
import type { OpenedLog, WorkspaceStore } from '../../store/workspace-store';
import type { CheckedProject, CompiledProject, ProjectCompiler } from '../compile';
import type { CoreWorld } from '../core-world';
import { CheckLoop } from './check-loop';
import { EditLog, type Appended, type EditOrigin, type LogState } from './edit-log';
import { findEditProblem } from './edit-rules';
import { FolderWatch } from './folder-watch';
import { conflictId, editToTheirs, showConflict } from './merge-conflict';
import { ProjectDisk } from './project-disk';
import { NO_CONFLICT, NOT_OPEN, OUT_OF_ORDER } from './project-error';
import { documentOf, findProjectProblem, listOtherFiles, parseFile, readFolder, type FolderContents } from './read-folder';
import { joinConflicts, recover, takeOutside, type Recovered } from './take-outside';
import { removeLeftovers } from './write-files';

export type EditedEvent = { readonly revision: number; readonly edit: Edit; readonly kind: LogKind; readonly origin?: string; readonly number?: number; readonly history: History };
export type SessionEvents = {
  readonly onEdited: (event: EditedEvent) => void;
  readonly onChecked: (report: CheckReport) => void;
  readonly onConflicts: (conflicts: readonly MergeConflict[]) => void;
  readonly onUnsaved: (reason: string | null) => void;
};
export type SessionOptions = {
  /** Real path. */
  readonly dir: string;
  readonly store: WorkspaceStore;
  /** Who holds the project while it is open. */
  readonly holder: ProcessMark;
  readonly world: CoreWorld;
  readonly compiler: ProjectCompiler;
  readonly events: SessionEvents;
};

/** Of a design, in lists and titles of windows. */
const LONGEST_NAME = 120;
/** Windows whose newest edit is remembered. */
const MOST_ORIGINS = 1000;

export class ProjectSession {
  readonly dir: string;
  readonly #options: SessionOptions;
  readonly #log: EditLog;
  readonly #opened: OpenedLog;
  readonly #notices: readonly string[];
  readonly #listeners = new Set<() => void>();
  /** Newest edit of each window, so that one sent again after a lost answer is not made twice. */
  readonly #origins = new Map<string, { readonly number: number; readonly answer: Promise<Result<{ readonly revision: number }>> }>();
  #disk!: ProjectDisk;
  #watch!: FolderWatch;
  #checks!: CheckLoop;
  #conflicts: readonly FieldConflict[];
  #isClosed = false;

  private constructor(options: SessionOptions, opened: OpenedLog, recovered: Recovered | undefined, contents: FolderContents) {
    this.dir = options.dir;
    this.#options = options;
    this.#opened = opened;
    const { id, entries, lastSeq } = opened;
    const document = recovered?.document ?? documentOf(contents.files);
    this.#conflicts = joinConflicts(opened.conflicts, [], document);
    const misfit = recovered?.misfit === undefined ? [] : [`Edit ${recovered.misfit} and later ones did not fit the files and were not made again; they are kept in the edit log.`];
    this.#notices = [...(opened.notice === undefined ? [] : [opened.notice]), ...misfit];
    this.#log = new EditLog({ id, store: options.store, unixMs: options.world.unixMs, onAppended: (appended, from) => this.#tell(appended, from), document, entries, lastSeq });
  }

  /** Never throws for what a folder may be like; nothing of the project is run. */
  static async open(options: SessionOptions): Promise<Result<ProjectSession>> {
    const problem = await findProjectProblem(options.dir);
    if (problem) return failed(problem);
    const opened = await kindly(options.store.openProject({ dir: options.dir, holder: options.holder }));
    if (!opened.ok) return opened;
    const session = await ProjectSession.#begin(options, opened.value);
    if (!session.ok) await kindly(options.store.closeProject(opened.value.id));
    return session;
  }

  static async #begin(options: SessionOptions, opened: OpenedLog): Promise<Result<ProjectSession>> {
    const read = await readFolder(options.dir, options.world.unixMs());
    if (!read.ok) return read;
    await removeLeftovers(options.dir, read.value.folders);
    const kept = { files: Object.fromEntries(opened.files.map(({ path, body }) => [path, parseFile(path, body)])) };
    const recovered = opened.isNew ? undefined : recover(kept, opened.entries.filter(({ seq }) => seq > opened.written), read.value.files);
    if (opened.isNew) {
      const files = [...read.value.files].map(([path, { hash, text }]) => ({ path, hash, body: text }));
      const begun = await kindly(options.store.markWritten(opened.id, { seq: opened.lastSeq, files, gone: [] }));
      if (!begun.ok) return begun;
    }
    const session = new ProjectSession(options, opened, recovered, read.value);
    session.#start(read.value);
    const taken = recovered ? await session.#append(recovered.outside.edit, recovered.outside.conflicts, Object.fromEntries([...read.value.files].map(([path, { hash }]) => [path, hash]))) : ok(null);
    // Without the outside change in the log, writing would undo it in the files.
    if (!taken.ok) {
      await session.#letGo();
      return taken;
    }
    session.#disk.writeSoon();
    session.#checks.later();
    await session.touch();
    return ok(session);
  }

  #start(contents: FolderContents): void {
    const { world, store, compiler, events } = this.#options;
    this.#watch = new FolderWatch(this.dir, world, () => void this.#disk.lookOutside());
    this.#disk = new ProjectDisk({
      root: this.dir, id: this.#opened.id, store, world, contents, written: this.#opened.written,
      target: () => ({ document: this.#log.acked.document, seq: this.#log.acked.history.seq }),
      takeOutside: async (base, theirs, seen) => {
        const outside = takeOutside(base, this.#log.tip.document, theirs);
        return (await this.#append(outside.edit, outside.conflicts, seen)).ok;
      },
      onUnsaved: (reason) => events.onUnsaved(reason),
      onFolders: (folders) => this.#watch.setFolders(folders),
    });
    if (!this.#opened.isNew) this.#disk.recordAll(this.#opened.files.map(({ path }) => path).filter((path) => !contents.files.has(path)));
    this.#checks = new CheckLoop({ dir: this.dir, world, compiler, settle: () => this.#settle(), onReport: (report) => events.onChecked(report) });
  }

  // ---- edits ----

  edit(edit: Edit, from: EditOrigin): Promise<Result<{ readonly revision: number }>> {
    const last = this.#origins.get(from.origin);
    if (last?.number === from.number) return last.answer;
    if (last && last.number > from.number) return Promise.resolve(failed(OUT_OF_ORDER));
    const before = this.#log.tip.document;
    const blocked = new Set(this.#disk.contents.blocked.map(({ path }) => path));
    const check = (after: ProjectDocument) => findEditProblem(edit, { before, after, blocked });
    const answer = this.#log.append('edit', edit, { check, from }).then(toRevision);
    if (this.#origins.size >= MOST_ORIGINS) this.#origins.clear();
    this.#origins.set(from.origin, { number: from.number, answer });
    return answer;
  }

  undo(): Promise<Result<{ readonly revision: number }>> {
    return this.#log.undo().then(toRevision);
  }

  redo(): Promise<Result<{ readonly revision: number }>> {
    return this.#log.redo().then(toRevision);
  }

  async resolve(id: string, keep: 'mine' | 'theirs'): Promise<Result<{ readonly revision: number }>> {
    const conflict = this.#conflicts.find((one) => conflictId(one) === id);
    if (!conflict) return failed(NO_CONFLICT);
    const settled = await this.#settleConflict(conflict, keep);
    if (!settled.ok) return settled;
    const rest = this.#conflicts.filter((one) => one !== conflict);
    const kept = await kindly(this.#options.store.keepConflicts(this.#opened.id, rest));
    if (!kept.ok) return kept;
    this.#setConflicts(rest);
    return settled;
  }

  /** Also where mine stays, theirs goes into the history: a choice can be undone either way. */
  async #settleConflict(conflict: FieldConflict, keep: 'mine' | 'theirs'): Promise<Result<{ readonly revision: number }>> {
    const edit = editToTheirs(this.#log.tip.document, conflict);
    if (!edit.ok) return keep === 'mine' ? ok({ revision: this.#log.acked.history.seq }) : edit;
    const theirs = this.#log.append('edit', edit.value);
    // At once, so that no file and no window gets theirs in between.
    const mine = keep === 'mine' ? this.#log.append('edit', { ...invertEdit(edit.value), label: `keep mine: ${edit.value.label}`.slice(0, 300) }) : undefined;
    const first = toRevision(await theirs);
    return first.ok && mine ? toRevision(await mine) : first;
  }

  /** A change from outside, if there is one, with the conflicts that it brings. */
  async #append(edit: Edit | undefined, conflicts: readonly FieldConflict[], seen?: LogEntry['seen']): Promise<Result<null>> {
    const joined = joinConflicts(this.#conflicts, conflicts, this.#log.tip.document);
    if (edit) {
      const appended = await this.#log.append('outside', edit, { conflicts: joined, ...(seen ? { seen } : {}) });
      if (!appended.ok) return appended;
    } else if (conflicts.length > 0) {
      const kept = await kindly(this.#options.store.keepConflicts(this.#opened.id, joined));
      if (!kept.ok) return kept;
    }
    this.#setConflicts(joinConflicts(joined, [], this.#log.acked.document));
    return ok(null);
  }

  #setConflicts(conflicts: readonly FieldConflict[]): void {
    const isSame = JSON.stringify(conflicts) === JSON.stringify(this.#conflicts);
    this.#conflicts = conflicts;
    if (isSame) return;
    this.#options.events.onConflicts(conflicts.map(showConflict));
    this.#checks.later();
  }

  #tell({ entry, state }: Appended, from: EditOrigin | undefined): void {
    this.#options.events.onEdited({ revision: entry.seq, edit: entry.edit, kind: entry.kind, ...from, history: historyOf(state) });
    for (const listener of this.#listeners) listener();
    this.#disk.writeSoon();
    this.#checks.later();
  }

  // ---- reading ----

  async snapshot(): Promise<Omit<ProjectSnapshot, 'project' | 'shownPath' | 'hasRunHere'>> {
    const otherFiles = await listOtherFiles(this.dir, this.#disk.contents);
    const { document } = this.#log.acked;
    return { name: this.name, document, revision: this.#log.acked.history.seq, history: historyOf(this.#log.acked), conflicts: this.#conflicts.map(showConflict), otherFiles, notices: this.#notices, unsaved: this.#disk.unsavedReason };
  }

  get name(): string {
    const { name } = designOf(this.#log.acked.document);
    return showLine(typeof name === 'string' && name !== '' ? name : basename(this.dir), LONGEST_NAME);
  }

  get hasRun(): boolean {
    return this.#opened.hasRun;
  }

  get unsavedReason(): string | null {
    return this.#disk.unsavedReason;
  }

  history(count: number): readonly HistoryEntry[] {
    const { entries } = this.#log;
    const undone = undoneSeqs(entries);
    return entries.slice(-count).map(({ seq, atUnixMs, kind, edit }) => ({ seq, atUnixMs, kind, label: edit.label, isUndone: undone.has(seq) }));
  }

  onEdited(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  // ---- files and checks ----

  async flush(): Promise<Result<null>> {
    const written = await this.#disk.flush();
    if (!written.ok) return written;
    await this.#mendJson();
    await kindly(this.#log.compactIfLong());
    return written;
  }

  async check(): Promise<Result<CheckReport>> {
    const checked = await this.#checks.now();
    return checked.ok ? ok(checked.value.report) : checked;
  }

  async checked(): Promise<Result<CheckedProject>> {
    const checked = await this.#checks.now();
    return checked.ok ? ok(checked.value.checked) : checked;
  }

  compile(): Promise<Result<CompiledProject>> {
    return this.#checks.compile();
  }

  /** A check is of what is in the files; data files count too, as their bytes are part of the program. */
  async #settle(): ReturnType<ConstructorParameters<typeof CheckLoop>[0]['settle']> {
    if (this.#isClosed) return failed(NOT_OPEN);
    const flushed = await this.flush();
    if (!flushed.ok) return flushed;
    const revision = this.#log.acked.history.seq;
    const others = await listOtherFiles(this.dir, this.#disk.contents);
    return ok({ revision, conflicts: this.#conflicts, stamp: JSON.stringify([revision, this.#conflicts, others]) });
  }

  /** A JSON file that was broken and was mended as text becomes JSON again. */
  async #mendJson(): Promise<void> {
    const { files } = this.#log.tip.document;
    for (const path of Object.keys(files)) {
      const before = findFile(this.#log.tip.document, path);
      if (before?.kind !== 'text' || !isJsonFile(path)) continue;
      const after = parseFile(path, before.text);
      if (after.kind === 'json') await this.#append({ label: `${path} can be read again`, changes: [{ kind: 'file', file: path, before, after }] }, []);
    }
  }

  /** What recent projects show of it. */
  async touch(): Promise<void> {
    const nodes = Object.keys(rawNodesOf(this.#log.acked.document)).length;
    await kindly(this.#options.store.touchProject({ id: this.#opened.id, name: this.name, nodes, atUnixMs: this.#options.world.unixMs() }));
  }

  /** Writes what is acknowledged, and lets go of the folder. What can't be written stays in the log. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    await this.flush();
    await this.#letGo();
    await kindly(this.#options.store.closeProject(this.#opened.id));
  }

  async #letGo(): Promise<void> {
    this.#isClosed = true;
    this.#watch.close();
    await this.#checks.close();
    await this.#disk.close();
  }
}

function historyOf({ history }: LogState): History {
  const [undo, redo] = [undoLabel(history), redoLabel(history)];
  return { edits: history.seq, ...(undo === undefined ? {} : { undo }), ...(redo === undefined ? {} : { redo }) };
}

const toRevision = (appended: Result<Appended>): Result<{ readonly revision: number }> => (appended.ok ? ok({ revision: appended.value.entry.seq }) : appended);

/** What the store refuses, as an answer. */
async function kindly<T>(asked: Promise<T>): Promise<Result<T>> {
  try {
    return ok(await asked);
  } catch (error) {
    if (error instanceof WorkspaceFailure) return failed(error.appError);
    throw error;
  }
}

