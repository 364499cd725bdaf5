/** A change from outside as an edit of the project; and a project opened again after its process ended at any moment. Pure. */
import { applyEdit, valueAtPath } from '../../../shared/design/edits/apply-edit';
import { diffDocuments, diffFiles, isSameFile, isSameJson } from '../../../shared/design/edits/diff-documents';
import { mergeDocuments, type FieldConflict } from '../../../shared/design/edits/merge-documents';
import type { Edit } from '../../../shared/design/edits/edit';
import { findFile, textOfFile, type DocumentFile, type ProjectDocument } from '../../../shared/design/document';
import type { LogEntry } from '../../../shared/design/history';
import type { Json } from '../../../shared/json/json';
import { hashOf } from './read-folder';

export type Outside = { readonly edit?: Edit; readonly conflicts: readonly FieldConflict[] };

/** `base`: the files as last written or read; `mine`: with all edits; `theirs`: the files as they are. */
export function takeOutside(base: ProjectDocument, mine: ProjectDocument, theirs: ProjectDocument): Outside {
  const { document, conflicts } = mergeDocuments(base, mine, theirs);
  const changes = diffDocuments(mine, document);
  const files = [...new Set(changes.map(({ file }) => file))];
  if (changes.length === 0) return { conflicts };
  return { edit: { label: `change from outside: ${files.slice(0, 3).join(', ')}${files.length > 3 ? ` and ${files.length - 3} more` : ''}`.slice(0, 300), changes }, conflicts };
}

/** The newer conflict of a place stands; one whose place has the other value by now is settled. */
export function joinConflicts(known: readonly FieldConflict[], more: readonly FieldConflict[], document: ProjectDocument): readonly FieldConflict[] {
  const byPlace = new Map([...known, ...more].map((conflict) => [placeOf(conflict), conflict]));
  return [...byPlace.values()].filter((conflict) => !isSameJson(currentValue(document, conflict), conflict.theirs)).map((conflict) => withMine(conflict, currentValue(document, conflict)));
}

export const placeOf = ({ file, path }: FieldConflict): string => JSON.stringify([file, ...path]);

function withMine({ mine: _, ...conflict }: FieldConflict, mine: Json | undefined): FieldConflict {
  return mine === undefined ? conflict : { ...conflict, mine };
}

/** What stands at the place of a conflict now; for a whole text its text. */
export function currentValue(document: ProjectDocument, { file, path }: FieldConflict): Json | undefined {
  const found = findFile(document, file);
  if (found?.kind === 'json') return valueAtPath(found.value, path);
  return path.length === 0 ? found?.text : undefined;
}

export type Recovered = {
  /** With all acknowledged edits, as the log has it. */
  readonly document: ProjectDocument;
  readonly outside: Outside;
  /** An entry of the log that does not fit what is before it: a bug of ours, or a log of another folder. */
  readonly misfit?: number;
};

/**
 * `kept`: the files as last recorded; `entries`: acknowledged since; `disk`: the files as they are. A file may be as recorded, as
 * any of the entries left it (written, and the record of it lost), or changed from outside.
 */
export function recover(kept: ProjectDocument, entries: readonly LogEntry[], disk: Disk): Recovered {
  const states: ProjectDocument[] = [kept];
  let misfit: number | undefined;
  for (const { edit, seq } of entries) {
    const applied = applyEdit(states.at(-1)!, edit);
    if (applied.ok) states.push(applied.value);
    else misfit ??= seq;
    if (misfit !== undefined) break;
  }
  const document = states.at(-1)!;
  const { base, theirs } = compareWithDisk(states, entries, disk);
  return { document, outside: takeOutside(base, document, theirs), ...(misfit === undefined ? {} : { misfit }) };
}

type Disk = ReadonlyMap<string, { readonly hash: string; readonly file: DocumentFile }>;

/** States of a file that an outside change is compared with. */
const MOST_STATES = 200;

/**
 * The files as somebody else left them, and what they began from. What we wrote ourselves, or have taken already, is no change: it
 * counts as recorded. A change began from that state of ours to which it is nearest: the newest may not have been written.
 */
function compareWithDisk(states: readonly ProjectDocument[], entries: readonly LogEntry[], disk: Disk): { readonly base: ProjectDocument; readonly theirs: ProjectDocument } {
  const [base, theirs]: [Record<string, DocumentFile>, Record<string, DocumentFile>] = [{}, {}];
  for (const path of new Set([...disk.keys(), ...states.flatMap(({ files }) => Object.keys(files))])) {
    const found = disk.get(path);
    const own = [...new Set(states.map((state) => findFile(state, path)))];
    const isKnown = own.some((state) => isOurs(state, found)) || entries.some(({ seen }) => seen !== undefined && Object.hasOwn(seen, path) && seen[path] === (found?.hash ?? null));
    const from = isKnown ? own[0] : nearestState(path, own.slice(-MOST_STATES), found?.file);
    const to = isKnown ? own[0] : found?.file;
    if (from) base[path] = from;
    if (to) theirs[path] = to;
  }
  return { base: { files: base }, theirs: { files: theirs } };
}

function nearestState(path: string, states: readonly (DocumentFile | undefined)[], found: DocumentFile | undefined): DocumentFile | undefined {
  const weighed = states.map((state) => ({ state, weight: JSON.stringify(diffFiles(path, state, found)).length }));
  return weighed.reduce((best, one) => (one.weight <= best.weight ? one : best)).state;
}

function isOurs(state: DocumentFile | undefined, found: { readonly hash: string; readonly file: DocumentFile } | undefined): boolean {
  if (state === undefined || found === undefined) return state === found;
  return isSameFile(state, found.file) || hashOf(new TextEncoder().encode(textOfFile(state))) === found.hash;
}
