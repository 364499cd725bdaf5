/** Requests about projects: which there are, opening them, and editing. An answer to `project.edit` means: it is on the disk. */
import { z } from 'zod';
import { editSchema } from '../design/edits/edit-schema';
import type { Edit } from '../design/edits/edit';
import type { ProjectDocument } from '../design/document';
import type { Severity } from '../errors/catalog-entry';
import type { Diagnostic } from '../errors/diagnostic';
import type { Result } from '../errors/result';
import type { Json, JsonObject } from '../json/json';
import { IMPORT_KINDS, LONGEST_IMPORT } from '../protocols/import/import-protocol';
import type { ImportNote } from '../protocols/import/imported';
import { handle, type Handle } from './shell';

/** Names an open project in this process. */
export const projectKey = z.string().min(1).max(100);
export type ProjectKey = z.infer<typeof projectKey>;
const nothing = z.strictObject({});
const ofProject = z.strictObject({ project: projectKey });

export const projectRequests = {
  'workspace.recent': nothing,
  'workspace.forget': z.strictObject({ handle }),
  'workspace.examples': nothing,
  'project.open': z.strictObject({ handle }),
  /** `into` names the folder in which the new one is made; absent: the person's own folder for designs. */
  'project.create': z.strictObject({ from: z.union([z.literal('small'), z.strictObject({ example: z.string().max(100) })]), name: z.string().max(100).optional(), into: handle.optional() }),
  /** A `*.prismatic` file: named by a dialog, or its bytes from a browser's file field. */
  'project.openShared': z.strictObject({ file: z.union([handle, z.strictObject({ name: z.string().max(255), base64: z.string().max(70_000_000) })]), into: handle.optional() }),
  /** The project as a `*.prismatic` file; in a browser the bytes come back. */
  'project.share': z.strictObject({ project: projectKey, to: handle.optional() }),
  'project.close': ofProject,
  /** `origin` is the window, `number` counts its edits from 1: the window tells its own edits by them. */
  'project.edit': z.strictObject({ project: projectKey, edit: editSchema, origin: z.string().min(1).max(100), number: z.int().min(1) }),
  'project.undo': ofProject,
  'project.redo': ofProject,
  'project.history': z.strictObject({ project: projectKey, count: z.int().min(1).max(1000) }),
  /** Settles a conflict of an outside change: which of the two values stays. */
  'project.resolve': z.strictObject({ project: projectKey, conflict: z.string().max(100), keep: z.enum(['mine', 'theirs']) }),
  'project.check': ofProject,
  /** Reads a text of others (an MCP server's list of tools, OpenAPI, TypeScript) as a protocol; nothing is changed: the answer's edit adds the file. */
  'protocol.import': z.strictObject({ project: projectKey, kind: z.enum(IMPORT_KINDS), text: z.string().max(LONGEST_IMPORT), name: z.string().max(100).optional() }),
} as const;

export type RecentProject = { readonly handle: Handle; readonly name: string; readonly shownPath: string; readonly openedAtMs: number; readonly nodes: number; readonly isMissing: boolean };
export type Example = { readonly name: string; readonly title: string; readonly says: string; readonly nodes: number };

export type History = {
  /** How many edits were ever made to this project here. */
  readonly edits: number;
  /** Label of what undo would take back, and of what redo would bring again. */
  readonly undo?: string;
  readonly redo?: string;
};
export type HistoryEntry = { readonly seq: number; readonly atUnixMs: number; readonly label: string; readonly kind: 'edit' | 'undo' | 'redo' | 'outside'; readonly isUndone: boolean };

/** An outside change and an edit met at one place; both values are kept until the person says which stays (MRG001). */
export type MergeConflict = { readonly id: string; readonly file: string; readonly node?: string; readonly field?: string; readonly mine?: Json; readonly theirs?: Json };

export type CheckReport = {
  readonly revision: number;
  readonly ok: boolean;
  readonly program: string | null;
  readonly counts: Readonly<Record<Severity, number>>;
  readonly diagnostics: readonly Diagnostic[];
  readonly tookMs: number;
};

export type ProjectSnapshot = {
  readonly project: ProjectKey;
  readonly name: string;
  readonly shownPath: string;
  readonly document: ProjectDocument;
  readonly revision: number;
  readonly history: History;
  readonly conflicts: readonly MergeConflict[];
  /** Whether this project has ever been run on this machine: if not, running asks first. */
  readonly hasRunHere: boolean;
  /** Files of the folder that are no part of the document: data, pictures, what is too large. */
  readonly otherFiles: readonly { readonly path: string; readonly bytes: number }[];
  /** What the person should know about this opening: a damaged history that was kept beside a new one. */
  readonly notices: readonly string[];
  /** Why the files can't be written just now; `null` where they can. */
  readonly unsaved: string | null;
};

export type ProjectAnswers = {
  'workspace.recent': readonly RecentProject[];
  'workspace.forget': null;
  'workspace.examples': readonly Example[];
  'project.open': Result<ProjectSnapshot>;
  'project.create': Result<{ readonly handle: Handle; readonly shownPath: string }>;
  'project.openShared': Result<{ readonly handle: Handle; readonly shownPath: string }>;
  'project.share': Result<{ readonly shownPath: string } | { readonly name: string; readonly base64: string }>;
  'project.close': null;
  'project.edit': Result<{ readonly revision: number }>;
  'project.undo': Result<{ readonly revision: number }>;
  'project.redo': Result<{ readonly revision: number }>;
  'project.history': readonly HistoryEntry[];
  'project.resolve': Result<{ readonly revision: number }>;
  'project.check': Result<CheckReport>;
  /** `names`: operation -> its name where it comes from, where that is another. */
  'protocol.import': Result<{ readonly file: string; readonly protocol: JsonObject; readonly notes: readonly ImportNote[]; readonly names: { readonly [operation: string]: string }; readonly edit: Edit }>;
};

export type ProjectEvents = {
  /** In the order of revisions; `edit` is what was applied, also for an undo (the inverse) or an outside change. */
  'project.edited': { readonly project: ProjectKey; readonly revision: number; readonly edit: Edit; readonly kind: HistoryEntry['kind']; readonly origin?: string; readonly number?: number; readonly history: History };
  'project.checked': { readonly project: ProjectKey; readonly report: CheckReport };
  'project.conflicts': { readonly project: ProjectKey; readonly conflicts: readonly MergeConflict[] };
  /** Writing the files fails (disk full, read-only): edits are safe in the log, and are tried again. */
  'project.unsaved': { readonly project: ProjectKey; readonly reason: string | null };
};

