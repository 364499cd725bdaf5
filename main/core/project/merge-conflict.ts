/** A conflict as the API shows it, and the edit that settles it. */
import { createHash } from 'node:crypto';
import type { MergeConflict } from '../../../shared/api/project';
import type { Edit } from '../../../shared/design/edits/edit';
import type { FieldConflict } from '../../../shared/design/edits/merge-documents';
import { valueAtPath } from '../../../shared/design/edits/apply-edit';
import { findFile, isList, type DocumentFile, type ProjectDocument } from '../../../shared/design/document';
import { isObject } from '../../../shared/json/is-object';
import { isJsonFile } from '../../../shared/design/project-files';
import { failed, ok, type Result } from '../../../shared/errors/result';
import type { Json } from '../../../shared/json/json';
import { placeGone } from './project-error';
import { currentValue, placeOf } from './take-outside';

/** The same place has the same name, also after a restart. */
export const conflictId = (conflict: FieldConflict): string => createHash('sha256').update(placeOf(conflict)).digest('hex').slice(0, 16);

/** Node and field of a place, as diagnostics name them. */
export function conflictPlace({ path }: FieldConflict): { readonly node?: string; readonly field?: string } {
  const nodeAt = path[0] === 'nodes' ? 1 : path[0] === 'views' ? 2 : -1;
  const node = nodeAt > 0 ? path[nodeAt] : undefined;
  const rest = node === undefined ? path : path.slice(nodeAt + 1);
  return { ...(node === undefined ? {} : { node: String(node) }), ...(rest.length === 0 ? {} : { field: rest.join('.') }) };
}

export function showConflict(conflict: FieldConflict): MergeConflict {
  const { file, mine, theirs } = conflict;
  return { id: conflictId(conflict), file, ...conflictPlace(conflict), ...(mine === undefined ? {} : { mine }), ...(theirs === undefined ? {} : { theirs }) };
}

/** Puts the outside value in its place. */
export function editToTheirs(document: ProjectDocument, conflict: FieldConflict): Result<Edit> {
  const { file, path, theirs } = conflict;
  const label = `take the outside value of ${[file, ...path].join('/')}`.slice(0, 300);
  if (path.length === 0) {
    const before = findFile(document, file);
    const after = theirs === undefined ? undefined : fileOf(file, theirs);
    return ok({ label, changes: [{ kind: 'file', file, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }] });
  }
  const found = findFile(document, file);
  const holder = found?.kind === 'json' ? valueAtPath(found.value, path.slice(0, -1)) : undefined;
  if (!isObject(holder) && !(isList(holder) && theirs !== undefined)) return failed(placeGone([file, ...path.slice(0, -1)].join('/')));
  const before = currentValue(document, conflict);
  return ok({ label, changes: [{ kind: 'set', file, path, ...(before === undefined ? {} : { before }), ...(theirs === undefined ? {} : { after: theirs }) }] });
}

/** The value of a whole file: the text of one that is no JSON, or that can't be read as such. */
const fileOf = (file: string, value: Json): DocumentFile => (typeof value === 'string' || !isJsonFile(file) ? { kind: 'text', text: typeof value === 'string' ? value : JSON.stringify(value) } : { kind: 'json', value });
