/**
 * A change from outside meets edits that are not in the files yet: both start from `base`. What only one side changed is taken;
 * where both changed the same field to something else, the edit's value stays in the document and the other is kept in a conflict
 * (MRG001) until the person chooses. Pure.
 */
import { LAYOUT_FILE } from '../project-files';
import type { Json, JsonObject } from '../../json/json';
import { isList, type DocumentFile, type ProjectDocument } from '../document';
import { isObject } from '../../json/is-object';
import { commonEnds, isSameFile, isSameJson } from './diff-documents';
import { joinOrders } from './join-orders';
import { mergeKeyed } from './merge-lists';
import type { JsonPath } from './edit';

/** A place that both sides changed. A side that is absent took the value away. For a text file the sides are the texts. */
export type FieldConflict = { readonly file: string; readonly path: JsonPath; readonly mine?: Json; readonly theirs?: Json };
export type Merged = { readonly document: ProjectDocument; readonly conflicts: readonly FieldConflict[] };

export function mergeDocuments(base: ProjectDocument, mine: ProjectDocument, theirs: ProjectDocument): Merged {
  const conflicts: FieldConflict[] = [];
  const paths = [...new Set([...Object.keys(mine.files), ...Object.keys(theirs.files)])];
  const files = paths.flatMap((path): readonly (readonly [string, DocumentFile])[] => {
    const merged = mergeFile(path, base.files[path], mine.files[path], theirs.files[path], conflicts);
    return merged === undefined ? [] : [[path, merged]];
  });
  return { document: { files: Object.fromEntries(files) }, conflicts };
}

function mergeFile(file: string, base: DocumentFile | undefined, mine: DocumentFile | undefined, theirs: DocumentFile | undefined, conflicts: FieldConflict[]): DocumentFile | undefined {
  if (isSameFile(mine, theirs) || isSameFile(base, theirs)) return mine;
  if (isSameFile(base, mine)) return theirs;
  if (mine?.kind === 'json' && theirs?.kind === 'json') {
    const value = mergeValues({ file, conflicts, deepest: file === LAYOUT_FILE ? 3 : 64 }, [], base?.kind === 'json' ? base.value : undefined, mine.value, theirs.value);
    return value === undefined ? mine : { kind: 'json', value };
  }
  const text = base?.kind === 'text' && mine?.kind === 'text' && theirs?.kind === 'text' ? mergeTexts(base.text, mine.text, theirs.text) : undefined;
  if (text !== undefined) return { kind: 'text', text };
  conflicts.push({ file, path: [], ...(mine === undefined ? {} : { mine: valueOf(mine) }), ...(theirs === undefined ? {} : { theirs: valueOf(theirs) }) });
  return mine;
}

const valueOf = (file: DocumentFile): Json => (file.kind === 'json' ? file.value : file.text);

/** `deepest`: how many steps down two values are still looked into; a place on the canvas is one value. */
type Merging = { readonly file: string; readonly conflicts: FieldConflict[]; readonly deepest: number };

function mergeValues(merging: Merging, path: JsonPath, base: Json | undefined, mine: Json | undefined, theirs: Json | undefined): Json | undefined {
  if (isSameJson(mine, theirs) || isSameJson(base, theirs)) return mine;
  if (isSameJson(base, mine)) return theirs;
  if (path.length < merging.deepest) {
    if (isObject(mine) && isObject(theirs)) return mergeObjects(merging, path, isObject(base) ? base : {}, mine, theirs);
    if (isList(base) && isList(mine) && isList(theirs)) {
      const merged = mergeKeyed(base, mine, theirs);
      if (merged !== undefined) return merged;
    }
  }
  merging.conflicts.push({ file: merging.file, path, ...(mine === undefined ? {} : { mine }), ...(theirs === undefined ? {} : { theirs }) });
  return mine;
}

/** Keys in the order of the outside, each of ours after the one that it follows in ours. */
function mergeObjects(merging: Merging, path: JsonPath, base: JsonObject, mine: JsonObject, theirs: JsonObject): JsonObject {
  const own = (object: JsonObject, key: string): Json | undefined => (Object.hasOwn(object, key) ? object[key] : undefined);
  const keys = joinOrders(Object.keys(theirs), Object.keys(mine));
  return Object.fromEntries(
    keys.flatMap((key): readonly (readonly [string, Json])[] => {
      const value = mergeValues(merging, [...path, key], own(base, key), own(mine, key), own(theirs, key));
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

/** Both changed other lines: each side's change is taken. `undefined` where they touch. */
export function mergeTexts(base: string, mine: string, theirs: string): string | undefined {
  const lines = (text: string): readonly string[] => text.split(/(?<=\n)/);
  const [from, ours, others] = [lines(base), lines(mine), lines(theirs)];
  const a = changedLines(from, ours);
  const b = changedLines(from, others);
  const [first, second] = a.start <= b.start ? [a, b] : [b, a];
  // Changes of neighbouring lines are too near to be told apart.
  if (first.end >= second.start) return undefined;
  return [...from.slice(0, first.start), ...first.lines, ...from.slice(first.end, second.start), ...second.lines, ...from.slice(second.end)].join('');
}

function changedLines(base: readonly string[], side: readonly string[]): { readonly start: number; readonly end: number; readonly lines: readonly string[] } {
  const { start, end } = commonEnds(base.length, side.length, (i, j) => base[i] === side[j]);
  return { start, end: base.length - end, lines: side.slice(start, side.length - end) };
}
