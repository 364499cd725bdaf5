/** Whether all values of a case fit a schema, word by word of the schema: it holds where it holds for each of its words. */
import type { Json, JsonObject } from '../../json/json';
import type { ValueSchema } from '../value-schema';
import { decideAlternatives } from './alternatives';
import type { Budget } from './budget';
import { freeName, listCase, listValues } from './case-values';
import { fitsClosed, listClosed } from './closed';
import { casesOf, fieldOf, lengthsOf, NEVER, numbersOf, type Case, type CaseOf, type Every } from './cases';
import { decideNumbers } from './decide-numbers';
import { ACCEPTS, all, refuse, UNKNOWN, type Found } from './found';

export function decide(every: Every, schema: ValueSchema, budget: Budget): Found {
  if (every.includes(schema) || Object.keys(schema).length === 0) return ACCEPTS;
  if (!budget.spend()) return UNKNOWN;
  const cases = casesOf(every, budget);
  return cases ? all(cases, (one) => decideCase(one, schema, budget)) : UNKNOWN;
}

export function decideCase(one: Case, schema: ValueSchema, budget: Budget): Found {
  if (one.every.includes(schema)) return ACCEPTS;
  if (!budget.spend()) return UNKNOWN;
  if (one.kind === 'finite') return decideFinite(one, schema, budget);
  if (!canBe(schema, one.kind)) return refuseWhole(one, budget);
  const words = [decideClosed, decideOfKind, decideAnyOf];
  return all(words, (word) => word(one, schema, budget));
}

function decideFinite({ values }: CaseOf<'finite'>, schema: ValueSchema, budget: Budget): Found {
  if (!budget.spend(values.length)) return UNKNOWN;
  const outside = values.find((value) => !fitsClosed(schema, value));
  return outside === undefined ? ACCEPTS : refuse(outside);
}

function canBe({ type }: ValueSchema, kind: Exclude<Case['kind'], 'finite'>): boolean {
  if (type === undefined) return true;
  const types: readonly string[] = typeof type === 'string' ? [type] : type;
  return types.includes(kind) || (kind === 'number' && types.includes('integer'));
}

/** None of its values fits; there may be none. */
function refuseWhole(one: Case, budget: Budget): Found {
  const { values, isAll } = listCase(one, 1, budget);
  return values.length > 0 ? refuse(values[0]!) : isAll ? ACCEPTS : UNKNOWN;
}

const MOST_LISTED = 500;

function decideClosed(one: Case, schema: ValueSchema, budget: Budget): Found {
  const closed = listClosed(schema);
  if (closed === undefined) return ACCEPTS;
  if (!budget.spend(closed.length)) return UNKNOWN;
  const { values, isAll } = listCase(one, Math.min(closed.length + 1, MOST_LISTED), budget);
  const outside = values.find((value) => !fitsClosed(schema, value));
  return outside !== undefined ? refuse(outside) : isAll ? ACCEPTS : UNKNOWN;
}

function decideOfKind(one: Case, schema: ValueSchema, budget: Budget): Found {
  switch (one.kind) {
    case 'finite':
      return ACCEPTS;
    case 'number':
      return decideNumbers(one.range, [numbersOf(schema)]);
    case 'string':
      return decideLengths(one, schema.minLength, schema.maxLength, budget);
    case 'array':
      return all([() => decideLengths(one, schema.minItems, schema.maxItems, budget), () => decideItems(one, schema, budget)], (ask) => ask());
    case 'object':
      return decideObject(one, schema, budget);
  }
}

/** Of texts and lists. */
function decideLengths(one: CaseOf<'string'> | CaseOf<'array'>, least: number | undefined, most: number | undefined, budget: Budget): Found {
  const { lengths } = one;
  const wanted = lengthsOf(least, most);
  const within = (part: { readonly least?: number; readonly most?: number }): Found => refuseWhole({ ...one, lengths: { least: Math.max(lengths.least, part.least ?? 0), most: Math.min(lengths.most, part.most ?? Infinity) } }, budget);
  return all([() => (lengths.least < wanted.least ? within({ most: wanted.least - 1 }) : ACCEPTS), () => (lengths.most > wanted.most ? within({ least: wanted.most + 1 }) : ACCEPTS)], (ask) => ask());
}

function decideItems(one: CaseOf<'array'>, { items }: ValueSchema, budget: Budget): Found {
  if (items === undefined || one.lengths.most === 0) return ACCEPTS;
  const found = decide(one.items, items, budget);
  if (found.kind !== 'refuses') return found;
  const { values } = listCase(one, 1, budget);
  const list = (values[0] ?? []) as readonly Json[];
  if (values.length === 0) return refuseWhole(one, budget).kind === 'accepts' ? ACCEPTS : UNKNOWN;
  return refuse(list.length === 0 ? [found.value] : [found.value, ...list.slice(1)]);
}

function decideObject(one: CaseOf<'object'>, schema: ValueSchema, budget: Budget): Found {
  const { required = [], properties = {}, additionalProperties: others = true } = schema;
  const missing = required.filter((name) => !one.required.has(name));
  const names = [...new Set([...one.names, ...one.required, ...Object.keys(properties)])];
  return all(
    [
      () => all(missing, (name) => withoutField(one, name, budget)),
      () => all(names, (name) => decideField(one, name, Object.hasOwn(properties, name) ? properties[name]! : others, budget)),
      () => decideField(one, freeName(new Set(names)), others, budget),
    ],
    (ask) => ask(),
  );
}

/** The simplest object has only what must be in it. */
function withoutField(one: CaseOf<'object'>, name: string, budget: Budget): Found {
  const { values, isAll } = listCase(one, 1, budget);
  if (values.length === 0) return isAll ? ACCEPTS : UNKNOWN;
  return refuse(Object.fromEntries(Object.entries(values[0] as JsonObject).filter(([key]) => key !== name)));
}

function decideField(one: CaseOf<'object'>, name: string, wanted: ValueSchema | boolean, budget: Budget): Found {
  if (wanted === true) return ACCEPTS;
  const found = decide(fieldOf(one, name), wanted === false ? NEVER : wanted, budget);
  if (found.kind !== 'refuses') return found;
  const { values, isAll } = listCase(one, 1, budget);
  if (values.length === 0) return isAll ? ACCEPTS : UNKNOWN;
  return refuse(Object.fromEntries([...Object.entries(values[0] as JsonObject).filter(([key]) => key !== name), [name, found.value]]));
}

const decideAnyOf = (one: Case, { anyOf }: ValueSchema, budget: Budget): Found => (anyOf === undefined ? ACCEPTS : decideAlternatives(one, anyOf, { decideCase, listValues, budget }));
