/**
 * Whether each value of a case fits one of several alternatives. Where no single one takes all of them, numbers and lengths are cut at
 * the ends of the alternatives, and objects are taken apart by their fields: so unions with a tag are decided.
 */
import type { Json, JsonObject } from '../../json/json';
import type { ValueSchema } from '../value-schema';
import type { Budget } from './budget';
import type { Listed } from './case-values';
import { fitsClosed } from './closed';
import { casesOf, fieldOf, NEVER, type Case, type CaseOf, type Every, type Lengths } from './cases';
import { decideNumbers } from './decide-numbers';
import { ACCEPTS, all, refuse, UNKNOWN, type Found } from './found';

export type Asking = {
  readonly decideCase: (one: Case, schema: ValueSchema, budget: Budget) => Found;
  readonly listValues: (every: Every, limit: number, budget: Budget) => Listed;
  readonly budget: Budget;
};

/** Fields taken apart one inside the other, and parts of one of them. */
const MOST_SPLITS = 5;
const MOST_PARTS = 24;
const MOST_SAMPLES = 40;

export function decideAlternatives(one: Case, anyOf: readonly ValueSchema[], asking: Asking, splits = 0): Found {
  const refused: Json[] = [];
  for (const branch of anyOf) {
    if (asking.budget.isSpent) return UNKNOWN;
    const found = asking.decideCase(one, branch, asking.budget);
    if (found.kind === 'accepts') return ACCEPTS;
    if (found.kind === 'refuses') refused.push(found.value);
  }
  const fitsNone = (value: Json): boolean => asking.budget.spend(anyOf.length) && anyOf.every((branch) => !fitsClosed(branch, value)) && one.every.every((schema) => fitsClosed(schema, value));
  const counter = refused.find(fitsNone);
  if (counter !== undefined) return refuse(counter);
  const found = takeApart(one, anyOf, asking, splits);
  if (found.kind !== 'unknown') return found;
  const sample = [...mixed(refused), ...(one.kind === 'finite' ? [] : asking.listValues(one.every, MOST_SAMPLES, asking.budget).values)].find(fitsNone);
  return sample === undefined ? UNKNOWN : refuse(sample);
}

function takeApart(one: Case, anyOf: readonly ValueSchema[], asking: Asking, splits: number): Found {
  switch (one.kind) {
    case 'finite':
      return UNKNOWN;
    case 'number':
    case 'string':
    case 'array':
      return cutAtEnds(one, anyOf, asking, splits);
    case 'object':
      return splits < MOST_SPLITS ? splitByField(one, anyOf, asking, splits) : UNKNOWN;
  }
}

function cutAtEnds(one: CaseOf<'number'> | CaseOf<'string'> | CaseOf<'array'>, anyOf: readonly ValueSchema[], asking: Asking, splits: number): Found {
  const cases = anyOf.map((branch) => casesOf([branch], asking.budget));
  if (cases.includes(undefined)) return UNKNOWN;
  const others = cases.flatMap((some) => some ?? []);
  if (one.kind === 'number') {
    const points = others.flatMap((other) => (other.kind === 'finite' ? other.values.filter((value) => typeof value === 'number') : []));
    return decideNumbers(one.range, others.flatMap((other) => (other.kind === 'number' ? [other.range] : [])), points);
  }
  const pieces = cutLengths(one.lengths, others.flatMap((other) => (other.kind === one.kind ? [other.lengths] : [])));
  if (pieces.length < 2 || splits >= MOST_SPLITS) return UNKNOWN;
  return all(pieces, (lengths) => decideAlternatives(narrowLengths(one, lengths), anyOf, asking, MOST_SPLITS));
}

function narrowLengths(one: CaseOf<'string'> | CaseOf<'array'>, lengths: Lengths): Case {
  const [least, most] = one.kind === 'string' ? (['minLength', 'maxLength'] as const) : (['minItems', 'maxItems'] as const);
  const bound: ValueSchema = { [least]: lengths.least, ...(Number.isFinite(lengths.most) ? { [most]: lengths.most } : {}) };
  return { ...one, every: [...one.every, bound], lengths };
}

function cutLengths({ least, most }: Lengths, others: readonly Lengths[]): readonly Lengths[] {
  const starts = [...new Set([least, ...others.flatMap((other) => [other.least, other.most + 1])])].filter((start) => start >= least && start <= most && Number.isFinite(start)).toSorted((a, b) => a - b);
  return starts.map((start, index) => ({ least: start, most: Math.min(most, (starts[index + 1] ?? Infinity) - 1) }));
}

/** By the field whose parts tell most of the alternatives apart: one with few values, as tags have, before others. */
function splitByField(one: CaseOf<'object'>, anyOf: readonly ValueSchema[], asking: Asking, splits: number): Found {
  const names = new Set(anyOf.flatMap((branch) => namesIn(branch)));
  const choices: { readonly name: string; readonly parts: readonly Every[]; readonly isTag: boolean }[] = [];
  for (const name of names) {
    if (!asking.budget.spend()) return UNKNOWN;
    const parts = partsOf(fieldOf(one, name), asking.budget);
    const isOptional = !one.required.has(name);
    if (parts && (parts.length > 1 || (isOptional && parts.length > 0)) && parts.length <= MOST_PARTS) choices.push({ name, parts, isTag: parts.length > 1 && !isOptional });
  }
  for (const { name, parts } of choices.toSorted((a, b) => Number(b.isTag) - Number(a.isTag) || a.parts.length - b.parts.length)) {
    const isOptional = !one.required.has(name);
    const pieces = [...(isOptional ? [narrowField(one, name, undefined)] : []), ...parts.map((part) => narrowField(one, name, part))];
    const found = all(pieces, (piece) => decideAlternatives(piece, anyOf, asking, splits + 1));
    if (found.kind !== 'unknown' || asking.budget.isSpent) return found;
  }
  return UNKNOWN;
}

const namesIn = ({ properties = {}, required = [], anyOf = [] }: ValueSchema): readonly string[] => [...Object.keys(properties), ...required, ...anyOf.flatMap(namesIn)];

function partsOf(every: Every, budget: Budget): readonly Every[] | undefined {
  return casesOf(every, budget)?.flatMap((one) => (one.kind === 'finite' ? one.values.map((value) => [{ const: value }]) : [[...one.every, { type: one.kind }]]));
}

function narrowField(one: CaseOf<'object'>, name: string, part: Every | undefined): CaseOf<'object'> {
  const rules = (part ?? [NEVER]).map((schema): ValueSchema => ({ properties: Object.fromEntries([[name, schema]]) }));
  const must: Every = part ? [{ required: [name] }] : [];
  return { ...one, every: [...one.every, ...rules, ...must], rules: [...one.rules, ...rules], names: new Set([...one.names, name]), required: part ? new Set([...one.required, name]) : one.required };
}

/** What is wrong for one alternative and what is wrong for another may be wrong for both in one object or list. */
function mixed(refused: readonly Json[]): readonly Json[] {
  const lists = refused.filter((value): value is readonly Json[] => Array.isArray(value));
  const objects = refused.filter((value): value is JsonObject => value !== null && typeof value === 'object' && !Array.isArray(value));
  const merge = (list: readonly JsonObject[]): Json => Object.fromEntries(list.flatMap((one) => Object.entries(one)));
  return [...(lists.length > 1 ? [lists.flat()] : []), ...(objects.length > 1 ? [merge(objects), merge(objects.toReversed())] : [])];
}
