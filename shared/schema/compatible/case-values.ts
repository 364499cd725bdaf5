/** Values that fit: the simplest first. Of these counterexamples are built. */
import type { Json } from '../../json/json';
import { casesOf, fieldOf, type Case, type CaseOf, type Every, type Lengths } from './cases';
import type { Budget } from './budget';
import { listNumbers } from './number-range';

/** `isAll`: there are no others; with no value at all, nothing fits. */
export type Listed = { readonly values: readonly Json[]; readonly isAll: boolean };

const NOT_KNOWN: Listed = { values: [], isAll: false };
/** Longer texts and lists are not built: nobody would read such a counterexample. */
const LONGEST_TEXT = 10_000;
const LONGEST_LIST = 200;

export function listValues(every: Every, limit: number, budget: Budget): Listed {
  const cases = casesOf(every, budget);
  if (!cases) return NOT_KNOWN;
  const values: Json[] = [];
  let isAll = true;
  for (const one of cases) {
    const listed = listCase(one, limit, budget);
    values.push(...listed.values);
    isAll &&= listed.isAll;
    if (values.length > limit) return { values: values.slice(0, limit), isAll: false };
  }
  return { values, isAll };
}

export function listCase(one: Case, limit: number, budget: Budget): Listed {
  if (!budget.spend()) return NOT_KNOWN;
  switch (one.kind) {
    case 'finite':
      return { values: one.values.slice(0, limit), isAll: one.values.length <= limit };
    case 'number':
      return listNumbers(one.range, limit);
    case 'string':
      return listTexts(one.lengths, limit);
    case 'array':
      return listArrays(one, limit, budget);
    case 'object':
      return listObjects(one, limit, budget);
  }
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

function listTexts({ least, most }: Lengths, limit: number): Listed {
  if (least > most) return { values: [], isAll: true };
  if (most === 0) return { values: [''], isAll: true };
  if (least > LONGEST_TEXT) return NOT_KNOWN;
  const first = least === 0 ? [''] : [];
  const length = Math.max(1, least);
  const varied = Array.from({ length: limit }, (_, index) => (index < LETTERS.length ? LETTERS[index]!.repeat(length) : `${LETTERS.repeat(1 + Math.floor(length / LETTERS.length))}`.slice(0, Math.min(most, length + index - LETTERS.length))));
  return { values: [...new Set([...first, ...varied])].slice(0, limit), isAll: false };
}

function listArrays({ lengths: { least, most }, items }: CaseOf<'array'>, limit: number, budget: Budget): Listed {
  if (least > most) return { values: [], isAll: true };
  if (most === 0) return { values: [[]], isAll: true };
  if (least > LONGEST_LIST || !budget.spend(least)) return NOT_KNOWN;
  const inner = listValues(items, limit, budget);
  if (inner.values.length === 0) return { values: least === 0 ? [[]] : [], isAll: inner.isAll };
  const base = Array.from({ length: least }, () => inner.values[0]!);
  const lists = most === 1 && inner.isAll ? inner.values.map((item) => [item]) : [...inner.values.flatMap((item) => [...(least > 0 ? [[item, ...base.slice(1)]] : []), ...(least < most ? [[...base, item]] : [])])];
  const all = [...(least === 0 ? [[] as Json[]] : []), ...lists];
  return { values: all.slice(0, limit), isAll: most === 1 && inner.isAll && all.length <= limit };
}

/** First with what has to be there alone, then one field after the other. */
function listObjects(one: CaseOf<'object'>, limit: number, budget: Budget): Listed {
  const { required, names } = one;
  const fields: { readonly name: string; readonly listed: Listed }[] = [];
  const others = listValues(fieldOf(one, undefined), 1, budget);
  let isAll = others.isAll && others.values.length === 0;
  let isKnown = true;
  for (const name of new Set([...required, ...names])) {
    if (!budget.spend()) return NOT_KNOWN;
    const listed = listValues(fieldOf(one, name), limit, budget);
    if (required.has(name) && listed.values.length === 0) {
      if (listed.isAll) return { values: [], isAll: true };
      isKnown = false;
    }
    isAll &&= listed.isAll;
    fields.push({ name, listed });
  }
  if (!isKnown) return NOT_KNOWN;
  const base = new Map(fields.flatMap(({ name, listed }) => (required.has(name) ? [[name, listed.values[0]!] as const] : [])));
  const product = isAll ? multiply(fields, required, limit, budget) : undefined;
  if (product) return { values: product.map(toObject), isAll: true };
  const varied = fields.flatMap(({ name, listed }) => listed.values.map((value) => new Map([...base, [name, value]])));
  const free = freeName(new Set([...required, ...names]));
  const more = others.values.map((value) => new Map([...base, [free, value]]));
  const everything = new Map(fields.flatMap(({ name, listed }) => (listed.values.length > 0 ? [[name, listed.values.at(-1)!] as const] : [])));
  return { values: [base, ...more, everything, ...varied].slice(0, limit).map(toObject), isAll: false };
}

type Fields = readonly { readonly name: string; readonly listed: Listed }[];

function multiply(fields: Fields, required: ReadonlySet<string>, limit: number, budget: Budget): readonly ReadonlyMap<string, Json>[] | undefined {
  let all: readonly ReadonlyMap<string, Json>[] = [new Map()];
  for (const { name, listed } of fields) {
    const choices = listed.values.length + (required.has(name) ? 0 : 1);
    if (all.length * choices > limit || !budget.spend(all.length * choices)) return undefined;
    all = all.flatMap((known) => [...(required.has(name) ? [] : [known]), ...listed.values.map((value) => new Map([...known, [name, value]]))]);
  }
  return all;
}

/** A name that no rule speaks of. */
export function freeName(taken: ReadonlySet<string>): string {
  let name = 'other';
  for (let count = 2; taken.has(name); count += 1) name = `other${count}`;
  return name;
}

/** `Object.fromEntries` makes `__proto__` a field like any other. */
const toObject = (fields: ReadonlyMap<string, Json>): Json => Object.fromEntries(fields);
