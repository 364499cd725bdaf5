/** The one function that changes a project: pure, whole or not at all. */
import { failed, ok, type Result } from '../../errors/result';
import type { Json, JsonObject } from '../../json/json';
import { equalJson } from '../../schema/validate-value';
import { findFile, isList, type DocumentFile, type ProjectDocument } from '../document';
import { isObject } from '../../json/is-object';
import type { Change, Edit, EditConflict, JsonPath } from './edit';

/** The document after the edit, or the first place where something else stands than the edit expects. */
export function applyEdit(document: ProjectDocument, edit: Edit): Result<ProjectDocument, EditConflict> {
  let at = document;
  for (const change of edit.changes) {
    const applied = applyChange(at, change);
    if (!applied.ok) return applied;
    at = applied.value;
  }
  return ok(at);
}

function applyChange(document: ProjectDocument, change: Change): Result<ProjectDocument, EditConflict> {
  const file = findFile(document, change.file);
  if (change.kind === 'file') {
    if (!equalFiles(file, change.before)) return failed({ file: change.file, path: [] });
    return ok(withFile(document, change.file, change.after));
  }
  if (change.kind === 'text') {
    const piece = file?.kind === 'text' ? file.text.slice(change.offset, change.offset + change.removed.length) : undefined;
    if (file?.kind !== 'text' || piece !== change.removed || change.offset > file.text.length) return failed({ file: change.file, path: [change.offset], expected: change.removed, ...(piece === undefined ? {} : { found: piece }) });
    const text = file.text.slice(0, change.offset) + change.inserted + file.text.slice(change.offset + change.removed.length);
    return ok(withFile(document, change.file, { kind: 'text', text }));
  }
  if (file?.kind !== 'json') return failed({ file: change.file, path: change.path });
  const value = change.kind === 'set' ? applySet(file.value, change) : applySplice(file.value, change);
  return value.ok ? ok(withFile(document, change.file, { kind: 'json', value: value.value })) : value;
}

function withFile(document: ProjectDocument, path: string, file: DocumentFile | undefined): ProjectDocument {
  if (file !== undefined) return { files: { ...document.files, [path]: file } };
  const { [path]: _, ...files } = document.files;
  return { files };
}

function equalFiles(a: DocumentFile | undefined, b: DocumentFile | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a.kind === 'json') return b.kind === 'json' && equalJson(a.value, b.value);
  return b.kind === 'text' && a.text === b.text;
}

type SetChange = Extract<Change, { kind: 'set' }>;
type SpliceChange = Extract<Change, { kind: 'splice' }>;

function applySet(root: Json, change: SetChange): Result<Json, EditConflict> {
  const conflict = (found: Json | undefined): Result<never, EditConflict> => failed({ file: change.file, path: change.path, ...(change.before === undefined ? {} : { expected: change.before }), ...(found === undefined ? {} : { found }) });
  const [key] = change.path.slice(-1);
  if (key === undefined) {
    if (change.before === undefined || change.after === undefined || !equalJson(root, change.before)) return conflict(root);
    return ok(change.after);
  }
  return updateAt(root, change.path.slice(0, -1), conflict, (holder) => {
    const found = valueAt(holder, key);
    const isAsExpected = change.before === undefined ? found === undefined : found !== undefined && equalJson(found, change.before);
    if (!isAsExpected) return conflict(found);
    if (isList(holder)) return change.after === undefined || typeof key !== 'number' || found === undefined ? conflict(found) : ok(holder.with(key, change.after));
    return isObject(holder) && typeof key === 'string' ? ok(withKey(holder, key, change.after, change.at)) : conflict(found);
  });
}

function applySplice(root: Json, change: SpliceChange): Result<Json, EditConflict> {
  const conflict = (found: Json | undefined): Result<never, EditConflict> => failed({ file: change.file, path: [...change.path, change.index], expected: change.removed, ...(found === undefined ? {} : { found }) });
  return updateAt(root, change.path, conflict, (list) => {
    if (!isList(list) || change.index > list.length) return conflict(undefined);
    const found = list.slice(change.index, change.index + change.removed.length);
    if (!equalJson(found, change.removed)) return conflict(found);
    return ok(list.toSpliced(change.index, change.removed.length, ...change.inserted));
  });
}

/** Copies the way to `path` and nothing else. */
function updateAt(value: Json, path: JsonPath, conflict: (found: Json | undefined) => Result<never, EditConflict>, update: (value: Json) => Result<Json, EditConflict>): Result<Json, EditConflict> {
  const [step, ...rest] = path;
  if (step === undefined) return update(value);
  const inner = valueAt(value, step);
  if (inner === undefined) return conflict(undefined);
  const changed = updateAt(inner, rest, conflict, update);
  if (!changed.ok) return changed;
  if (isList(value)) return ok(value.with(step as number, changed.value));
  return ok({ ...(value as JsonObject), [step]: changed.value });
}

/** The value at a path, or nothing. */
export function valueAtPath(value: Json | undefined, path: JsonPath): Json | undefined {
  return path.reduce<Json | undefined>((at, step) => (at === undefined ? undefined : valueAt(at, step)), value);
}

function valueAt(value: Json, step: string | number): Json | undefined {
  if (isList(value)) return typeof step === 'number' ? value[step] : undefined;
  return isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

function withKey(object: JsonObject, key: string, after: Json | undefined, at: number | undefined): JsonObject {
  if (after !== undefined && Object.hasOwn(object, key)) return { ...object, [key]: after };
  const entries = Object.entries(object).filter(([one]) => one !== key);
  if (after === undefined) return Object.fromEntries(entries);
  return Object.fromEntries(entries.toSpliced(at ?? entries.length, 0, [key, after]));
}
