/**
 * The files of an open project, seen from the edit log: writes what edits changed, notices what others changed. One thing at a time:
 * all work on the folder goes through one queue, so that what is known of the files is never behind our own writes.
 */
import { join } from 'node:path';
import type { DocumentFile, ProjectDocument } from '../../../shared/design/document';
import { findFile, textOfFile } from '../../../shared/design/document';
import { isSameFile } from '../../../shared/design/edits/diff-documents';
import type { LogEntry } from '../../../shared/design/history';
import { failed, ok, type Result } from '../../../shared/errors/result';
import { WorkspaceFailure } from '../../store/workspace-error';
import type { KeptFile, WorkspaceStore } from '../../store/workspace-store';
import type { CoreWorld } from '../core-world';
import { isSystemError, hashOf, MOST_JSON_BYTES, readFolder, readRegularFile, type DiskFile, type FolderContents } from './read-folder';
import { decideSettled, type Suspect } from './settle';
import { notWritten } from './project-error';
import { writeFiles } from './write-files';

export type DiskWork = {
  readonly root: string;
  readonly id: number;
  readonly store: WorkspaceStore;
  readonly world: CoreWorld;
  /** What is acknowledged, and its number. */
  readonly target: () => { readonly document: ProjectDocument; readonly seq: number };
  /** Files that others changed: taken into the document and the log before it resolves. `false`: not now, ask again later. */
  readonly takeOutside: (base: ProjectDocument, theirs: ProjectDocument, seen: NonNullable<LogEntry['seen']>) => Promise<boolean>;
  /** Why the files can't be written, or that they can again (`null`). */
  readonly onUnsaved: (reason: string | null) => void;
  readonly onFolders: (folders: readonly string[]) => void;
  readonly contents: FolderContents;
  /** Number of the last entry that is known to be in the files. */
  readonly written: number;
};

type Known = { readonly hash: string; readonly file: DocumentFile };

const WRITE_AFTER_MS = 120;
const SHORTEST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 10_000;
const LOOK_AGAIN_MS = 60;
const MOST_ROUNDS = 100;

export class ProjectDisk {
  readonly #work: DiskWork;
  /** The files as last read or written. */
  readonly #known: Map<string, Known>;
  #contents: FolderContents;
  /** Of these the log does not know yet how they were written. */
  readonly #unrecorded = new Map<string, KeptFile | undefined>();
  #written: number;
  #suspects: ReadonlyMap<string, Suspect> = new Map();
  #queue: Promise<unknown> = Promise.resolve();
  #soon: { readonly cancel: () => void } | undefined;
  #look: { readonly cancel: () => void } | undefined;
  #retryMs = SHORTEST_RETRY_MS;
  #unsaved: string | null = null;
  #isClosed = false;

  constructor(work: DiskWork) {
    this.#work = work;
    this.#contents = work.contents;
    this.#written = work.written;
    this.#known = new Map([...work.contents.files].map(([path, { hash, file }]) => [path, { hash, file }]));
    work.onFolders(work.contents.folders);
  }

  get contents(): FolderContents {
    return this.#contents;
  }

  get unsavedReason(): string | null {
    return this.#unsaved;
  }

  /** The log is told of these files with the next record, also where nothing is written: they are what it begins from. */
  recordAll(gone: readonly string[]): void {
    for (const [path, { hash, text }] of this.#contents.files) this.#unrecorded.set(path, { path, hash, body: text });
    for (const path of gone) this.#unrecorded.set(path, undefined);
  }

  /** Within a moment; further calls do not put it off. */
  writeSoon(): void {
    if (this.#isClosed) return;
    this.#soon ??= this.#work.world.setTimer(WRITE_AFTER_MS, () => void this.flush());
  }

  /** All that is acknowledged is in the files and recorded, or why not. */
  flush(): Promise<Result<null>> {
    return this.#enqueue(async () => {
      this.#soon?.cancel();
      this.#soon = undefined;
      const written = await this.#flush();
      this.#report(written.ok ? null : written.error.message);
      return written;
    });
  }

  /** Looks at the folder, and takes what others changed once it has settled. */
  lookOutside(): Promise<void> {
    return this.#enqueue(async () => void (await this.#scan()));
  }

  #enqueue<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#queue.then(work);
    this.#queue = next.catch(() => undefined);
    return next;
  }

  /** After a failure it is tried again, ever more slowly. */
  #report(reason: string | null): void {
    if (reason !== this.#unsaved) this.#work.onUnsaved(reason);
    this.#unsaved = reason;
    if (reason === null) this.#retryMs = SHORTEST_RETRY_MS;
    else if (!this.#isClosed) {
      this.#soon ??= this.#work.world.setTimer(this.#retryMs, () => void this.flush());
      this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS);
    }
  }

  async #flush(): Promise<Result<null>> {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const { document, seq } = this.#work.target();
      if (this.#changedPaths(document).length === 0) return this.#record(seq);
      // Somebody may have written the same file meanwhile: what they wrote is taken first, and never written over.
      const scanned = await this.#scan();
      if (!scanned.ok) return scanned;
      const written = this.#suspects.size > 0 ? ok(await this.#pause()) : await this.#writeChanged();
      if (!written.ok) return written;
    }
    return failed(notWritten('other programs keep changing them'));
  }

  /** The document as it is by now: the look at the folder may have taken something into it. */
  async #writeChanged(): Promise<Result<null>> {
    const { document } = this.#work.target();
    const paths = this.#changedPaths(document);
    return paths.every((path) => this.#isAsKnown(path)) ? this.#write(document, paths) : ok(null);
  }

  #isAsKnown(path: string): boolean {
    return this.#contents.files.get(path)?.hash === this.#known.get(path)?.hash;
  }

  #pause(): Promise<null> {
    return new Promise((resolve) => this.#work.world.setTimer(LOOK_AGAIN_MS, () => resolve(null)));
  }

  #changedPaths(document: ProjectDocument): readonly string[] {
    const paths = new Set([...this.#known.keys(), ...Object.keys(document.files)]);
    return [...paths].filter((path) => !isSameFile(this.#known.get(path)?.file, findFile(document, path)));
  }

  async #write(document: ProjectDocument, paths: readonly string[]): Promise<Result<null>> {
    const writes = paths.map((path) => {
      const file = findFile(document, path);
      return { path, ...(file === undefined ? {} : { text: textOfFile(file) }) };
    });
    try {
      for (const write of writes) {
        // Looked at once more: writing the files before this one took its time. The next round takes what has come.
        if (!(await this.#isUntouched(write.path))) return ok(await this.#pause());
        await writeFiles(this.#work.root, [write], ({ path, text }) => this.#noteWritten(path, text, findFile(document, path)));
      }
      return ok(null);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      return failed(notWritten(error.message));
    }
  }

  async #isUntouched(path: string): Promise<boolean> {
    const now = await readRegularFile(join(this.#work.root, path), MOST_JSON_BYTES);
    if (now === undefined) return !this.#known.has(path);
    return 'bytes' in now && hashOf(now.bytes) === this.#known.get(path)?.hash;
  }

  #noteWritten(path: string, text: string | undefined, file: DocumentFile | undefined): void {
    if (text === undefined || file === undefined) {
      this.#known.delete(path);
      this.#unrecorded.set(path, undefined);
      return;
    }
    const hash = hashOf(new TextEncoder().encode(text));
    this.#known.set(path, { hash, file });
    this.#unrecorded.set(path, { path, hash, body: text });
  }

  async #record(seq: number): Promise<Result<null>> {
    if (seq === this.#written && this.#unrecorded.size === 0) return ok(null);
    const noted = [...this.#unrecorded];
    try {
      await this.#work.store.markWritten(this.#work.id, { seq, files: noted.flatMap(([, file]) => file ?? []), gone: noted.flatMap(([path, file]) => (file ? [] : [path])) });
    } catch (error) {
      if (!(error instanceof WorkspaceFailure)) throw error;
      return failed(error.appError);
    }
    this.#written = seq;
    for (const [path, file] of noted) if (this.#unrecorded.get(path) === file) this.#unrecorded.delete(path);
    return ok(null);
  }

  async #scan(): Promise<Result<null>> {
    if (this.#isClosed) return ok(null);
    const read = await readFolder(this.#work.root, this.#work.world.unixMs(), this.#contents);
    // The folder can't be read now (moved, unmounted, no right): nothing is concluded from that.
    if (!read.ok) return failed(notWritten(read.error.message));
    this.#contents = read.value;
    this.#work.onFolders(read.value.folders);
    const differing = this.#differing(read.value.files);
    const { suspects, isSettled } = decideSettled(this.#suspects, differing, this.#work.world.nowMs());
    this.#suspects = suspects;
    if (differing.size > 0) {
      if (isSettled && (await this.#take(read.value.files, differing))) this.#suspects = new Map();
      else this.#lookSoon();
    }
    return ok(null);
  }

  #differing(files: ReadonlyMap<string, DiskFile>): ReadonlyMap<string, { readonly hash: string | undefined; readonly isDoubtful: boolean }> {
    const paths = new Set([...files.keys(), ...this.#known.keys()]);
    return new Map(
      [...paths].flatMap((path) => {
        const [now, known] = [files.get(path), this.#known.get(path)];
        if (now?.hash === known?.hash) return [];
        // Gone, empty or no JSON any more: it may be on the way to something else.
        const isDoubtful = known !== undefined && (now === undefined || now.text === '' || (known.file.kind === 'json' && now.file.kind !== 'json'));
        return [[path, { hash: now?.hash, isDoubtful }] as const];
      }),
    );
  }

  async #take(files: ReadonlyMap<string, DiskFile>, differing: ReadonlyMap<string, unknown>): Promise<boolean> {
    const base = { files: Object.fromEntries([...this.#known].map(([path, { file }]) => [path, file])) };
    const theirs = new Map([...this.#known].map(([path, { file }]) => [path, file]));
    for (const path of differing.keys()) {
      const now = files.get(path);
      if (now) theirs.set(path, now.file);
      else theirs.delete(path);
    }
    const seen = Object.fromEntries([...differing.keys()].map((path) => [path, files.get(path)?.hash ?? null]));
    if (!(await this.#work.takeOutside(base, { files: Object.fromEntries(theirs) }, seen))) return false;
    for (const path of differing.keys()) {
      const now = files.get(path);
      if (now) this.#known.set(path, { hash: now.hash, file: now.file });
      else this.#known.delete(path);
      this.#unrecorded.set(path, now && { path, hash: now.hash, body: now.text });
    }
    this.writeSoon();
    return true;
  }

  #lookSoon(): void {
    if (this.#isClosed || this.#look) return;
    this.#look = this.#work.world.setTimer(LOOK_AGAIN_MS, () => {
      this.#look = undefined;
      void this.lookOutside();
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#soon?.cancel();
    this.#look?.cancel();
    await this.#queue;
  }
}
