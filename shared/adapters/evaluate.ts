/** Builds values from templates. Each template becomes functions once; evaluating allocates nothing but what it builds. */
import type { Json, JsonObject } from '../json/json';
import { keyOf, parsePath, piecesOf, wordOf, type Path } from './template';
import { isObject } from '../json/is-object';

export type Roots = { readonly input?: Json; readonly output?: Json; readonly item?: Json; readonly index?: Json };
/** Values that a template may build or copy for one message: as many as a large message has, and no more. */
export const MOST_BUILT = 100_000;

/** Letters of them together; a text that is taken over counts each time. */
export const MOST_LETTERS = 10_000_000;

type Work = { left: number; letters: number };
/** `undefined`: the value is missing. */
type Build = (roots: Roots, work: Work) => Json | undefined;

export class TooLarge extends Error {}

const known = new WeakMap<object, Build>();

/** Throws `TooLarge` beyond `MOST_BUILT` values or `MOST_LETTERS`. The template has been checked (`listTemplateFaults`). */
export function evaluate(template: Json, roots: Roots): Json {
  return buildOf(template)(roots, { left: MOST_BUILT, letters: MOST_LETTERS }) ?? null;
}

function buildOf(template: Json): Build {
  if (template === null || typeof template !== 'object') return compile(template);
  let build = known.get(template);
  if (!build) known.set(template, (build = compile(template)));
  return build;
}

function compile(template: Json): Build {
  if (typeof template === 'string') return compileText(template);
  if (template === null || typeof template !== 'object') return counted(() => template);
  if (Array.isArray(template)) return compileList(template as readonly Json[]);
  const object = template as JsonObject;
  const word = wordOf(object);
  if (word === undefined) return compileObject(object);
  const value = object[word]!;
  switch (word) {
    case '$':
      return compileField(object);
    case '$literal':
      return (_, work) => copied(value, work);
    case '$concat': {
      const list = compileList(value as readonly Json[]);
      return counted((roots, work) => joined(list(roots, work) as readonly Json[], '', work));
    }
    case '$join':
      return compileJoin(value as JsonObject);
    case '$merge': {
      const list = compileList(value as readonly Json[]);
      return counted((roots, work) => Object.fromEntries((list(roots, work) as readonly Json[]).flatMap((one) => (isObject(one) ? Object.entries(one) : []))));
    }
    case '$map':
      return compileMap(value as JsonObject);
    case '$match':
      return compileMatch(value as JsonObject);
  }
}

function spend(work: Work, count = 1): void {
  work.left -= count;
  if (work.left < 0) throw new TooLarge(`an adapter builds at most ${MOST_BUILT} values for a message`);
}

function spendLetters(work: Work, count: number): void {
  work.letters -= count;
  if (work.letters < 0) throw new TooLarge(`an adapter writes at most ${MOST_LETTERS} letters for a message`);
}

/** Texts one after the other, none of which is written where all would be too long. */
function joined(values: readonly (Json | undefined)[], gap: string, work: Work): string {
  const texts = values.map((value) => {
    const text = textOf(value);
    spendLetters(work, text.length + gap.length);
    return text;
  });
  return texts.join(gap);
}

const counted = (build: Build): Build => (roots, work) => {
  spend(work);
  return build(roots, work);
};

/** A value that is taken over counts with all that is in it: otherwise a list of copies of a large value would cost nothing here, and all later. */
function copied(value: Json | undefined, work: Work): Json | undefined {
  spend(work);
  if (typeof value === 'string') spendLetters(work, value.length);
  if (value === null || typeof value !== 'object') return value;
  for (const inner of Object.values(value)) copied(inner, work);
  return value;
}

function find({ root, steps }: Path, roots: Roots): Json | undefined {
  let at = roots[root];
  for (const step of steps) {
    if (at === null || typeof at !== 'object') return undefined;
    if (Array.isArray(at)) at = /^\d{1,9}$/.test(step) ? (at as readonly Json[])[Number(step)] : undefined;
    else at = Object.hasOwn(at, step) ? (at as JsonObject)[step] : undefined;
  }
  return at;
}

const textOf = (value: Json | undefined): string => (value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value));

function compileText(text: string): Build {
  const pieces = piecesOf(text);
  if (pieces.every((piece) => typeof piece === 'string')) return counted(() => text);
  return counted((roots, work) => joined(pieces.map((piece) => (typeof piece === 'string' ? piece : copied(find(piece, roots), work))), '', work));
}

function compileList(list: readonly Json[]): Build {
  const items = list.map(buildOf);
  return counted((roots, work) => items.flatMap((item) => {
    const value = item(roots, work);
    return value === undefined ? [] : [value];
  }));
}

function compileObject(object: JsonObject): Build {
  const fields = Object.entries(object).map(([name, template]) => [name, buildOf(template)] as const);
  return counted((roots, work) => {
    const built: [string, Json][] = [];
    for (const [name, field] of fields) {
      const value = field(roots, work);
      if (value !== undefined) built.push([name, value]);
    }
    // So that a field called `__proto__` is a field like any other.
    return Object.fromEntries(built);
  });
}

function compileField({ $: text, default: otherwise }: JsonObject): Build {
  const path = parsePath(text)!;
  const instead = otherwise === undefined ? undefined : buildOf(otherwise);
  return (roots, work) => {
    const found = find(path, roots);
    return found === undefined ? instead?.(roots, work) : copied(found, work);
  };
}

function compileJoin({ of, with: between }: JsonObject): Build {
  const path = parsePath(of)!;
  const gap = typeof between === 'string' ? between : '';
  return (roots, work) => {
    const list = copied(find(path, roots), work);
    return Array.isArray(list) ? joined(list as readonly Json[], gap, work) : undefined;
  };
}

function compileMap({ of, as }: JsonObject): Build {
  const path = parsePath(of)!;
  const build = buildOf(as!);
  return counted((roots, work) => {
    const list = find(path, roots);
    if (!Array.isArray(list)) return undefined;
    return (list as readonly Json[]).flatMap((item, index) => {
      const value = build({ ...roots, item, index }, work);
      return value === undefined ? [] : [value];
    });
  });
}

function compileMatch({ of, cases, else: otherwise }: JsonObject): Build {
  const path = parsePath(of)!;
  const builds = new Map(Object.entries(cases as JsonObject).map(([name, template]) => [name, buildOf(template)]));
  const instead = otherwise === undefined ? undefined : buildOf(otherwise);
  return counted((roots, work) => {
    const key = keyOf(find(path, roots));
    return ((key === undefined ? undefined : builds.get(key)) ?? instead)?.(roots, work);
  });
}
