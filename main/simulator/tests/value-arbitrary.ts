/**
 * Values of a schema for property tests: all that are generated fit it, and the edges come often (nothing, the bound itself, one
 * beside it, text that is more than letters). Simplest first, so that what fast-check shrinks to is what a person would have written.
 * Texts are well-formed Unicode, and no key reaches a prototype: the doors of a run let neither in.
 */
import * as fc from 'fast-check';
import { POISONED_KEYS } from '../../../shared/ids';
import type { Json } from '../../../shared/json/json';
import { fitsSchema } from '../../../shared/schema/fits-schema';
import type { ValueSchema, ValueType } from '../../../shared/schema/value-schema';
import { numbersOf } from './number-arbitrary';
import { textsOf } from './text-arbitrary';

type Values = fc.Arbitrary<Json>;

/** Levels at which a schema that says nothing still gets lists and objects. */
const FREE_LEVELS = 2;
/** A list that must be longer than this is not generated: it would be megabytes in each case. */
const MOST_ITEMS = 1000;
/** Lists of up to so many items are also made with all of them. */
const MOST_FULL = 20;
/** Values looked at to see whether any fits: one, since most do, then more and more. */
const TRIED = [1, 4, 20, 20, 50, 100];
/** Fields beyond these that need not be there never are: an object with thousands of them says no more. */
export const MOST_OPTIONAL = 50;
const ALL_TYPES: readonly ValueType[] = ['null', 'boolean', 'integer', 'string', 'number', 'array', 'object'];
/** Names that have tripped up programs: an object's own words, nothing, and what is no letter. */
const ODD_NAMES = ['a', 'toString', 'length', '', 'é b', '💎'] as const;

/** Nothing where no value could be found: none fits, or those that do are too large or too rare. */
export function valuesOf(schema: ValueSchema): Values | undefined {
  const values = build(schema, 0);
  return values && onlyWhere(values, (value) => fitsSchema(schema, value) && !isPoisoned(value));
}

/** Only fixed values and choices of a schema can be. */
const isPoisoned = (value: Json): boolean => value !== null && typeof value === 'object' && Object.entries(value).some(([key, inner]: [string, Json]) => POISONED_KEYS.has(key) || isPoisoned(inner));

/** Those that satisfy it, unless hardly any do: a filter that lets nothing through would never end. */
export function onlyWhere(values: Values, isWanted: (value: Json) => boolean): Values | undefined {
  const isFound = TRIED.some((numRuns, index) => fc.sample(values, { numRuns, seed: index + 1 }).some(isWanted));
  return isFound ? values.filter(isWanted) : undefined;
}

let any: Values | undefined;
/** Any value at all, small. */
export const anyValues = (): Values => (any ??= build({}, 0)!);

function build(schema: ValueSchema, depth: number): Values | undefined {
  if (schema.const !== undefined) return fitsSchema(schema, schema.const) ? fc.constant(schema.const) : undefined;
  if (schema.enum !== undefined) {
    const fitting = schema.enum.filter((value) => fitsSchema(schema, value));
    return fitting.length > 0 ? fc.constantFrom(...fitting) : undefined;
  }
  if (schema.anyOf !== undefined) return alternatives(schema, depth);
  const types = schema.type === undefined ? freeTypes(schema, depth) : [schema.type].flat();
  return oneOf(types.map((type) => ofType(type, schema, depth)));
}

/** One that says nothing takes any; where it speaks of fields or items it most likely means those. */
function freeTypes(schema: ValueSchema, depth: number): readonly ValueType[] {
  const flat = depth < FREE_LEVELS ? ALL_TYPES : ALL_TYPES.slice(0, -2);
  const meant: readonly ValueType[] = schema.properties || schema.required ? ['object'] : schema.items ? ['array'] : [];
  return [...meant, ...flat];
}

function oneOf(parts: readonly (Values | undefined)[]): Values | undefined {
  const there = parts.filter((part) => part !== undefined);
  return there.length > 1 ? fc.oneof({ withCrossShrink: true }, ...there) : there[0];
}

/** Each alternative together with what stands beside `anyOf`; what then contradicts itself is sorted out. */
function alternatives({ anyOf = [], ...beside }: ValueSchema, depth: number): Values | undefined {
  return oneOf(
    anyOf.map((branch) => {
      const joined = joinSchemas(beside, branch);
      const values = build(joined, depth + 1);
      return values && onlyWhere(values, (value) => fitsSchema(beside, value) && fitsSchema(branch, value));
    }),
  );
}

const joinSchemas = (left: ValueSchema, right: ValueSchema): ValueSchema => ({
  ...left,
  ...right,
  ...(left.properties && right.properties ? { properties: { ...left.properties, ...right.properties } } : {}),
  ...(left.required && right.required ? { required: [...new Set([...left.required, ...right.required])] } : {}),
  ...(left.type !== undefined && right.type !== undefined ? { type: [right.type].flat().filter((type) => [left.type].flat().includes(type)) } : {}),
});

function ofType(type: ValueType, schema: ValueSchema, depth: number): Values | undefined {
  switch (type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return numbersOf(schema, true);
    case 'number':
      return numbersOf(schema, false);
    case 'string':
      return textsOf(schema);
    case 'array':
      return listsOf(schema, depth);
    case 'object':
      return objectsOf(schema, depth);
  }
}

function listsOf({ items = {}, minItems = 0, maxItems = Infinity }: ValueSchema, depth: number): Values | undefined {
  if (minItems > MOST_ITEMS || minItems > maxItems) return undefined;
  const item = maxItems === 0 ? undefined : build(items, depth + 1);
  if (!item) return minItems === 0 ? fc.constant([]) : undefined;
  // At the upper bound too, where that is a length a test can have.
  const maxLength = maxItems <= MOST_FULL ? maxItems : minItems + 3;
  return fc.array(item, { minLength: minItems, maxLength, size: 'max' });
}

function objectsOf({ properties = {}, required = [], additionalProperties = true }: ValueSchema, depth: number): Values | undefined {
  const rest = additionalProperties === true ? {} : additionalProperties;
  const extra = rest === false || depth > FREE_LEVELS ? undefined : build(rest, depth + 1);
  if (required.some((name) => POISONED_KEYS.has(name))) return undefined;
  const fields: { [name: string]: Values } = {};
  for (const name of new Set([...required, ...Object.keys(properties).slice(0, MOST_OPTIONAL)])) {
    if (POISONED_KEYS.has(name)) continue;
    const schema = Object.hasOwn(properties, name) ? properties[name]! : rest;
    const values = schema === false ? undefined : build(schema, depth + 1);
    if (values) fields[name] = values;
    else if (required.includes(name)) return undefined;
  }
  const own = fc.record(fields, { requiredKeys: required as string[], noNullPrototype: true });
  if (!extra) return own;
  const names = ODD_NAMES.filter((name) => !Object.hasOwn(fields, name));
  const more = fc.uniqueArray(fc.tuple(fc.constantFrom(...names), extra), { selector: ([name]) => name, minLength: 1, maxLength: 2 });
  const added = fc.oneof({ withCrossShrink: true }, { arbitrary: fc.constant([]), weight: 4 }, { arbitrary: more, weight: 1 });
  return fc.tuple(own, added).map(([value, others]): Json => ({ ...Object.fromEntries(others), ...value }));
}
