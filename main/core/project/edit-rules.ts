/** What an edit may not do, beyond fitting the document: leave behind what could not be opened again, or could not be written. */
import type { Change, Edit } from '../../../shared/design/edits/edit';
import { findFile, textOfFile, type ProjectDocument } from '../../../shared/design/document';
import { isJsonFile, isProjectFile, MOST_TEXT_BYTES } from '../../../shared/design/project-files';
import type { AppError } from '../../../shared/errors/result';
import { MAX_JSON_DEPTH } from '../../../shared/json/strict-json';
import type { Json } from '../../../shared/json/json';
import { MOST_ENTRIES, MOST_JSON_BYTES } from './read-folder';
import { editRefused } from './project-error';

export type EditRoom = { readonly before: ProjectDocument; readonly after: ProjectDocument; readonly blocked: ReadonlySet<string> };

export function findEditProblem(edit: Edit, room: EditRoom): AppError | undefined {
  const changed = new Set(edit.changes.map(({ file }) => file));
  for (const change of edit.changes) {
    if (depthAfter(change) > MAX_JSON_DEPTH) return editRefused(`${change.file} would have more than ${MAX_JSON_DEPTH} levels`, 'Nest less.');
  }
  for (const path of changed) {
    const problem = findFileProblem(path, edit, room);
    if (problem) return problem;
  }
  return undefined;
}

function findFileProblem(path: string, edit: Edit, { before, after, blocked }: EditRoom): AppError | undefined {
  const file = findFile(after, path);
  if (!file) return undefined;
  if (!isProjectFile(path)) return editRefused(`${path} is no file that a project holds`, 'Use the folders and endings that the contract names.');
  if (!findFile(before, path)) {
    const problem = findNameProblem(path, before, blocked);
    if (problem) return problem;
  }
  if (file.kind === 'json' && !isJsonFile(path)) return editRefused(`${path} is no JSON file`, 'Give its text.');
  const most = isJsonFile(path) ? MOST_JSON_BYTES : MOST_TEXT_BYTES;
  // Counting a large file for each edit of it would be slow: where so little comes, it can't have become too large.
  if (file.kind === 'json' && weightOf(edit, path) * 8 < most && findFile(before, path)?.kind === 'json') return undefined;
  const bytes = Buffer.byteLength(textOfFile(file));
  return bytes > most ? editRefused(`${path} would have ${bytes} bytes; at most ${most} can be opened again`, 'Make it smaller, or put it in data/.') : undefined;
}

function findNameProblem(path: string, before: ProjectDocument, blocked: ReadonlySet<string>): AppError | undefined {
  const names = Object.keys(before.files);
  if (names.length >= MOST_ENTRIES) return editRefused(`the project has ${names.length} files`, `At most ${MOST_ENTRIES} can be opened again.`);
  const parents = path.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'));
  const taken = parents.find((one) => blocked.has(one) || (one !== path && findFile(before, one)));
  if (taken !== undefined) return editRefused(`${taken} is there already, and is no file of the design`, 'Give it another name.');
  const lower = path.toLowerCase();
  const twin = names.find((name) => name.toLowerCase() === lower);
  if (twin !== undefined) return editRefused(`${path} differs from ${twin} only by capitals, which many systems do not tell apart`, 'Give it another name.');
  return names.some((name) => name.startsWith(`${path}/`)) ? editRefused(`${path} is a folder`, 'Give it another name.') : undefined;
}

function depthAfter(change: Change): number {
  switch (change.kind) {
    case 'set':
      return change.path.length + depthOf(change.after ?? null);
    case 'splice':
      return change.path.length + 1 + Math.max(0, ...change.inserted.map(depthOf));
    case 'file':
      return change.after?.kind === 'json' ? depthOf(change.after.value) : 0;
    case 'text':
      return 0;
  }
}

function depthOf(value: Json): number {
  if (value === null || typeof value !== 'object') return 0;
  let deepest = 0;
  for (const inner of Object.values(value)) deepest = Math.max(deepest, depthOf(inner));
  return deepest + 1;
}

/** Characters that an edit brings to a file. */
function weightOf(edit: Edit, path: string): number {
  let weight = 0;
  for (const change of edit.changes) if (change.file === path) weight += JSON.stringify(change).length;
  return weight;
}
