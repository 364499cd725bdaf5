/** What the core keeps about a person's projects, whichever thread it is in. Every promise resolves after the COMMIT. */
import type { FieldConflict } from '../../shared/design/edits/merge-documents';
import type { LogEntry } from '../../shared/design/history';
import type { Json } from '../../shared/json/json';
import type { ProcessMark } from './process-alive';

/** A file as it was when it was last written or read: `hash` is sha256 of its bytes, in hex. */
export type KeptFile = { readonly path: string; readonly hash: string; readonly body: string };

export type OpenedLog = {
  readonly id: number;
  /** Kept entries, oldest first; those before were dropped. */
  readonly entries: readonly LogEntry[];
  readonly lastSeq: number;
  /** Entries up to this one are in the files. */
  readonly written: number;
  readonly files: readonly KeptFile[];
  readonly conflicts: readonly FieldConflict[];
  readonly hasRun: boolean;
  /** Nothing was ever recorded of it: what is in the files is its beginning, and is recorded before the first edit. */
  readonly isNew: boolean;
  /** What was found damaged, and where it was kept. */
  readonly notice?: string;
};

export type KnownProject = { readonly dir: string; readonly name: string; readonly openedAtMs: number; readonly nodes: number };
export type Confirmation = { readonly hash: string; readonly atUnixMs: number; readonly body: Json };

export interface WorkspaceStore {
  /** Takes the project for this process, or fails with `OPN003` where another one has it. */
  openProject(project: { readonly dir: string; readonly holder: ProcessMark }): Promise<OpenedLog>;
  /** What recent projects show. */
  touchProject(project: { readonly id: number; readonly name: string; readonly nodes: number; readonly atUnixMs: number }): Promise<void>;
  /** Entries of one turn share a commit. Numbers must follow one another. With an outside change come its conflicts. */
  append(id: number, entry: LogEntry, conflicts?: readonly FieldConflict[]): Promise<void>;
  /** All entries up to `seq` are in the files, which now are as given; `gone` are no more. */
  markWritten(id: number, written: { readonly seq: number; readonly files: readonly KeptFile[]; readonly gone: readonly string[] }): Promise<void>;
  keepConflicts(id: number, conflicts: readonly FieldConflict[]): Promise<void>;
  /** Drops entries that are in the files, but the newest `keep` of at most `keepBytes`. Answers the first number that is kept. */
  compact(id: number, keep: number, keepBytes: number): Promise<number>;
  closeProject(id: number): Promise<void>;
  recent(): Promise<readonly KnownProject[]>;
  forget(dir: string): Promise<void>;
  markRun(dir: string): Promise<void>;
  /** What the person allowed for a folder: the list with this hash. */
  confirm(dir: string, confirmation: Confirmation): Promise<void>;
  confirmations(dir: string): Promise<readonly Confirmation[]>;
  setting(key: string): Promise<Json | undefined>;
  keepSetting(key: string, value: Json): Promise<void>;
  close(): Promise<void>;
}

/** The calls as they cross to the store's thread. */
export type WorkspaceMethod = Exclude<keyof WorkspaceStore, never>;
export type WorkspaceCall = { readonly [M in WorkspaceMethod]: { readonly method: M; readonly args: Parameters<WorkspaceStore[M]> } }[WorkspaceMethod];
