/**
 * What would have to be done to one document so that it becomes another: how a change from outside (git, an editor) becomes an edit.
 * Field by field in JSON, one piece in a text. Applied to `before` it gives exactly `after`, also in the order of keys.
 */
import type { Json, JsonObject } from '../../json/json';
import { isList, type DocumentFile, type ProjectDocument } from '../document';
import { isObject } from '../../json/is-object';
import type { Change, JsonPath } from './edit';

/** Changes by path of the file, in an order in which they can be applied. Nothing where both are the same. */
export function diffDocuments(before: ProjectDocument, after: ProjectDocument): readonly Change[] {
  const paths = [...new Set([...Object.keys(before.files), ...Object.keys(after.files)])].toSorted();
  return paths.flatMap((path) => diffFiles(path, ownFile(before, path), ownFile(after, path)));
}

const ownFile = (document: ProjectDocument, path: string): DocumentFile | undefined => (Object.hasOwn(document.files, path) ? document.files[path] : undefined);

export function diffFiles(file: string, before: DocumentFile | undefined, after: DocumentFile | undefined): readonly Change[] {
  if (before === after) return [];
  if (before?.kind === 'json' && after?.kind === 'json') return diffValues(file, [], before.value, after.value);
  if (before?.kind === 'text' && after?.kind === 'text') return diffTexts(file, before.text, after.text);
  return [{ kind: 'file', file, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
}

function diffValues(file: string, path: JsonPath, before: Json, after: Json): readonly Change[] {
  if (before === after) return [];
  if (isObject(before) && isObject(after)) return diffObjects(file, path, before, after);
  if (isList(before) && isList(after)) return diffLists(file, path, before, after);
  return isSameJson(before, after) ? [] : [{ kind: 'set', file, path, before, after }];
}

/** Keys go from the last to the first and come from the first to the last, so that each `at` is right at its moment. */
function diffObjects(file: string, path: JsonPath, before: JsonObject, after: JsonObject): readonly Change[] {
  const [oldKeys, newKeys] = [Object.keys(before), Object.keys(after)];
  const kept = oldKeys.filter((key) => Object.hasOwn(after, key));
  const isInOrder = newKeys.filter((key) => Object.hasOwn(before, key)).every((key, index) => key === kept[index]);
  if (!isInOrder) return [{ kind: 'set', file, path, before, after }];
  const gone = oldKeys.flatMap((key, at): readonly Change[] => (Object.hasOwn(after, key) ? [] : [{ kind: 'set', file, path: [...path, key], before: before[key]!, at }]));
  const changed = kept.flatMap((key) => diffValues(file, [...path, key], before[key]!, after[key]!));
  const come = newKeys.flatMap((key, at): readonly Change[] => (Object.hasOwn(before, key) ? [] : [{ kind: 'set', file, path: [...path, key], after: after[key]!, at }]));
  return [...gone.toReversed(), ...changed, ...come];
}

/** What stays at both ends stays; as many items for as many are compared one by one, else the middle is replaced. */
function diffLists(file: string, path: JsonPath, before: readonly Json[], after: readonly Json[]): readonly Change[] {
  const { start, end } = commonEnds(before.length, after.length, (i, j) => isSameJson(before[i], after[j]));
  const removed = before.slice(start, before.length - end);
  const inserted = after.slice(start, after.length - end);
  if (removed.length === 0 && inserted.length === 0) return [];
  if (removed.length === inserted.length) return removed.flatMap((item, index) => diffValues(file, [...path, start + index], item, inserted[index]!));
  return [{ kind: 'splice', file, path, index: start, removed, inserted }];
}

function diffTexts(file: string, before: string, after: string): readonly Change[] {
  if (before === after) return [];
  const { start, end } = commonEnds(before.length, after.length, (i, j) => before.charCodeAt(i) === after.charCodeAt(j));
  // Half a character is no text of its own: the piece grows by the other half.
  const from = start > 0 && isHighSurrogate(before.charCodeAt(start - 1)) ? start - 1 : start;
  const kept = end > 0 && isLowSurrogate(before.charCodeAt(before.length - end)) ? end - 1 : end;
  return [{ kind: 'text', file, offset: from, removed: before.slice(from, before.length - kept), inserted: after.slice(from, after.length - kept) }];
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/** How many items are the same from the beginning, and then from the end. */
export function commonEnds(before: number, after: number, isSame: (before: number, after: number) => boolean): { readonly start: number; readonly end: number } {
  const most = Math.min(before, after);
  let start = 0;
  while (start < most && isSame(start, start)) start += 1;
  let end = 0;
  while (end < most - start && isSame(before - 1 - end, after - 1 - end)) end += 1;
  return { start, end };
}

/** Same data in the same order of keys: the same text. */
export const isSameJson = (a: Json | undefined, b: Json | undefined): boolean => a === b || (a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b));

/** Whether both would stand in a file as the same text. */
export function isSameFile(a: DocumentFile | undefined, b: DocumentFile | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a.kind !== b.kind) return false;
  return a.kind === 'json' ? isSameJson(a.value, (b as typeof a).value) : a.text === (b as typeof a).text;
}
