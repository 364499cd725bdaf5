/** Templates, the language of adapters: which JSON is one. */
import type { Json, JsonObject } from '../json/json';
import { isObject } from '../json/is-object';

export const MOST_TEMPLATE_PARTS = 1000;
export const DEEPEST_TEMPLATE = 32;
const MOST_STEPS = 32;
const LONGEST_PATH = 500;

export type Root = 'input' | 'output' | 'item' | 'index';
export type Path = { readonly root: Root; readonly steps: readonly string[] };

/** `path`: place inside the template, `fields.text`. */
export type TemplateFault = { readonly path: string; readonly got: Json; readonly message: string };

/** `input.ticket.0.text`: a root, then fields or places in a list. */
export function parsePath(text: Json | undefined): Path | undefined {
  if (typeof text !== 'string' || text.length > LONGEST_PATH) return undefined;
  const [root = '', ...steps] = text.split('.');
  const isRoot = root === 'input' || root === 'output' || root === 'item' || root === 'index';
  return isRoot && steps.length <= MOST_STEPS && !steps.includes('') ? { root, steps } : undefined;
}

/** Texts, numbers and booleans name a case; `null` does as a word. */
export const keyOf = (value: Json | undefined): string | undefined => (value === undefined || (value !== null && typeof value === 'object') ? undefined : String(value));

export type TextPiece = string | Path;

/** `"{{input.name}} asks"` in its pieces; a single text where nothing is written in. */
export function piecesOf(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let at = 0;
  for (let open = text.indexOf('{{'); open >= 0; open = text.indexOf('{{', at)) {
    const close = text.indexOf('}}', open);
    if (close < 0) break;
    const path = parsePath(text.slice(open + 2, close).trim());
    // What is no path is text: a template for a template language may be among the constants.
    pieces.push(text.slice(at, path ? open : close + 2), ...(path ? [path] : []));
    at = close + 2;
  }
  return [...pieces, text.slice(at)].filter((piece) => piece !== '');
}

/** The word of an object that is an expression. */
export const WORDS = ['$', '$literal', '$concat', '$join', '$merge', '$map', '$match'] as const;
export type Word = (typeof WORDS)[number];
export const wordOf = (value: JsonObject): Word | undefined => WORDS.find((word) => Object.hasOwn(value, word));

type Reading = { readonly faults: TemplateFault[]; parts: number };
type At = { readonly path: string; readonly roots: ReadonlySet<Root>; readonly isInMap: boolean; readonly depth: number };

/** What is wrong with it; nothing: it is a template. `roots`: what its paths may begin with. */
export function listTemplateFaults(template: Json, roots: readonly Root[]): readonly TemplateFault[] {
  const reading: Reading = { faults: [], parts: 0 };
  readTemplate(template, { path: '', roots: new Set(roots), isInMap: false, depth: 0 }, reading);
  return reading.faults;
}

function readTemplate(template: Json, at: At, reading: Reading): void {
  reading.parts += 1;
  if (reading.parts > MOST_TEMPLATE_PARTS) return void (reading.parts === MOST_TEMPLATE_PARTS + 1 && fault(reading, at, template, `a template has at most ${MOST_TEMPLATE_PARTS} parts`));
  if (at.depth > DEEPEST_TEMPLATE) return fault(reading, at, template, `a template has at most ${DEEPEST_TEMPLATE} levels`);
  if (typeof template === 'string') return piecesOf(template).forEach((piece) => typeof piece !== 'string' && readRoot(piece, template, at, reading));
  if (template === null || typeof template !== 'object') return;
  if (Array.isArray(template)) return (template as readonly Json[]).forEach((item, index) => readTemplate(item, below(at, String(index)), reading));
  const object = template as JsonObject;
  const word = wordOf(object);
  if (word !== undefined) return readWord(word, object, at, reading);
  for (const [name, inner] of Object.entries(object)) {
    if (name.startsWith('$')) fault(reading, below(at, name), name, `${name} is no word of templates (${WORDS.join(', ')}); a field of that name goes into "$literal"`);
    else readTemplate(inner, below(at, name), reading);
  }
}

const below = (at: At, step: string): At => ({ ...at, path: at.path === '' ? step : `${at.path}.${step}`, depth: at.depth + 1 });

function fault(reading: Reading, at: At, got: Json, message: string): void {
  reading.faults.push({ path: at.path, got, message });
}

const MORE: Readonly<Record<Word, readonly string[]>> = { $: ['default'], $literal: [], $concat: [], $join: [], $merge: [], $map: [], $match: [] };

function readWord(word: Word, object: JsonObject, at: At, reading: Reading): void {
  const strange = Object.keys(object).filter((key) => key !== word && !MORE[word].includes(key));
  if (strange.length > 0) fault(reading, at, strange, `beside ${word} stands ${strange.join(', ')}, which has no meaning there`);
  const value = object[word]!;
  const inside = below(at, word);
  switch (word) {
    case '$':
      readPath(value, inside, reading);
      if (object['default'] !== undefined) readTemplate(object['default'], below(at, 'default'), reading);
      return;
    case '$literal':
      return;
    case '$concat':
    case '$merge':
      if (!Array.isArray(value)) return fault(reading, inside, value, `${word} takes a list of templates`);
      return (value as readonly Json[]).forEach((item, index) => readTemplate(item, below(inside, String(index)), reading));
    case '$join':
      if (!hasOnly(value, ['of', 'with'])) return fault(reading, inside, value, '$join takes { "of": path, "with": text }');
      if (value['with'] !== undefined && typeof value['with'] !== 'string') fault(reading, below(inside, 'with'), value['with'], 'what is written between them is a text');
      return readPath(value['of'], below(inside, 'of'), reading);
    case '$map':
      return readMap(value, inside, reading);
    case '$match':
      return readMatch(value, inside, reading);
  }
}

function hasOnly(value: Json, names: readonly string[]): value is JsonObject {
  return isObject(value) && value['of'] !== undefined && Object.keys(value).every((key) => names.includes(key));
}

function readMap(value: Json, at: At, reading: Reading): void {
  if (!hasOnly(value, ['of', 'as']) || value['as'] === undefined) return fault(reading, at, value, '$map takes { "of": path, "as": template }');
  readPath(value['of'], below(at, 'of'), reading);
  if (at.isInMap && parsePath(value['of'])?.root !== 'item') fault(reading, below(at, 'of'), value['of']!, 'a $map inside a $map begins at item: otherwise the work would be the product of both lists');
  readTemplate(value['as'], { ...below(at, 'as'), roots: new Set([...at.roots, 'item', 'index']), isInMap: true }, reading);
}

function readMatch(value: Json, at: At, reading: Reading): void {
  if (!hasOnly(value, ['of', 'cases', 'else']) || !isObject(value['cases'])) return fault(reading, at, value, '$match takes { "of": path, "cases": { "<value>": template }, "else": template }');
  readPath(value['of'], below(at, 'of'), reading);
  for (const [name, inner] of Object.entries(value['cases'])) readTemplate(inner, below(below(at, 'cases'), name), reading);
  if (value['else'] !== undefined) readTemplate(value['else'], below(at, 'else'), reading);
}

function readPath(value: Json | undefined, at: At, reading: Reading): void {
  const path = parsePath(value);
  if (path) readRoot(path, value!, at, reading);
  else fault(reading, at, value ?? null, `${JSON.stringify(value ?? null)} is no path; write it like "input.ticket.text"`);
}

function readRoot({ root }: Path, got: Json, at: At, reading: Reading): void {
  if (!at.roots.has(root)) fault(reading, at, got, `there is no ${root} here; a path begins with ${[...at.roots].join(' or ')}`);
}
