/** Edits of handlers, prompts and other text, as the smallest piece that differs. */
import { findFile, type ProjectDocument } from '../document';
import { readStrictJson } from '../../json/strict-json';
import type { Edit } from './edit';
import { Editing } from './editing';

/** The one piece in which two texts differ: what both begin and end with is left out. Never cuts a surrogate pair. */
export function diffText(before: string, after: string): { readonly offset: number; readonly removed: string; readonly inserted: string } | undefined {
  if (before === after) return undefined;
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  if (start > 0 && isHighSurrogate(before.charCodeAt(start - 1))) start -= 1;
  let end = 0;
  while (end < most - start && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)) end += 1;
  if (end > 0 && isLowSurrogate(before.charCodeAt(before.length - end))) end -= 1;
  return { offset: start, removed: before.slice(start, before.length - end), inserted: after.slice(start, after.length - end) };
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/** A file gets another text; one that is not there comes. Text of a JSON file that parses strictly is kept as its value. */
export function setText(document: ProjectDocument, path: string, text: string, group?: string): Edit | undefined {
  const editing = new Editing(document);
  const file = findFile(document, path);
  const parsed = path.endsWith('.json') ? readStrictJson(text) : undefined;
  if (parsed?.value !== undefined && parsed.faults.length === 0) {
    if (file?.kind === 'json') editing.set(path, [], parsed.value);
    else editing.file(path, { kind: 'json', value: parsed.value });
  } else if (file?.kind === 'text') {
    const piece = diffText(file.text, text);
    if (piece) editing.text(path, piece.offset, piece.removed, piece.inserted);
  } else editing.file(path, { kind: 'text', text });
  return editing.finish(`edit ${path}`, group);
}
