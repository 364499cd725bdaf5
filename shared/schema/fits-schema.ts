/**
 * Whether a value fits a schema, as fast as closures get: each schema becomes functions once, and no text is made. `findMismatch` says the
 * same and where it does not fit; it is asked when this says no.
 */
import type { Json } from '../json/json';
import { equalJson, findMismatch, MAX_DEPTH, TYPES } from './validate-value';
import type { Mismatch, ValueSchema } from './value-schema';

type Check = (value: Json, depth: number) => boolean;
type JsonObject = { readonly [key: string]: Json };

const known = new WeakMap<ValueSchema, Check>();

export function fitsSchema(schema: ValueSchema, value: Json): boolean {
  let check = known.get(schema);
  if (!check) known.set(schema, (check = checkOf(schema)));
  return check(value, 0);
}

/** What `findMismatch` says. Nearly all values fit, and for those it costs a fraction. */
export const mismatchOf = (schema: ValueSchema, value: Json): Mismatch | undefined => (fitsSchema(schema, value) ? undefined : findMismatch(schema, value));

function checkOf(schema: ValueSchema): Check {
  const checks = [typeCheck(schema), constCheck(schema), enumCheck(schema), anyOfCheck(schema), objectCheck(schema), arrayCheck(schema), scalarCheck(schema)].filter((one) => one !== undefined);
  const [first, second, third] = checks;
  if (!first) return (_, depth) => depth <= MAX_DEPTH;
  if (!second) return (value, depth) => depth <= MAX_DEPTH && first(value, depth);
  if (!third) return (value, depth) => depth <= MAX_DEPTH && first(value, depth) && second(value, depth);
  return (value, depth) => depth <= MAX_DEPTH && checks.every((check) => check(value, depth));
}

function typeCheck({ type }: ValueSchema): Check | undefined {
  if (type === undefined) return undefined;
  if (typeof type === 'string') return TYPES[type];
  const types = type.map((one) => TYPES[one]);
  return (value) => types.some((one) => one(value));
}

function constCheck({ const: only }: ValueSchema): Check | undefined {
  return only === undefined ? undefined : (value) => equalJson(only, value);
}

function enumCheck({ enum: all }: ValueSchema): Check | undefined {
  return all === undefined ? undefined : (value) => all.some((one) => equalJson(one, value));
}

function anyOfCheck({ anyOf }: ValueSchema): Check | undefined {
  const checks = anyOf?.map(checkOf);
  return checks && ((value, depth) => checks.some((check) => check(value, depth + 1)));
}

const SCALAR_WORDS = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minLength', 'maxLength'] as const;

/** What is said of numbers and of texts is rare, and soon looked at. */
function scalarCheck(schema: ValueSchema): Check | undefined {
  const words = SCALAR_WORDS.filter((word) => schema[word] !== undefined);
  if (words.length === 0) return undefined;
  const limits: ValueSchema = Object.fromEntries(words.map((word) => [word, schema[word]]));
  return (value) => (typeof value !== 'number' && typeof value !== 'string') || findMismatch(limits, value) === undefined;
}

function arrayCheck({ items, minItems, maxItems }: ValueSchema): Check | undefined {
  if (items === undefined && minItems === undefined && maxItems === undefined) return undefined;
  const check = items && checkOf(items);
  const [least, most] = [minItems ?? 0, maxItems ?? Infinity];
  return (value, depth) => {
    if (!Array.isArray(value)) return true;
    const list = value as readonly Json[];
    return list.length >= least && list.length <= most && (!check || list.every((item) => check(item, depth + 1)));
  };
}

function objectCheck({ required = [], properties = {}, additionalProperties }: ValueSchema): Check | undefined {
  const fields = new Map(Object.entries(properties).map(([name, schema]) => [name, checkOf(schema)]));
  const others = additionalProperties === undefined || additionalProperties === true ? undefined : additionalProperties === false ? () => false : checkOf(additionalProperties);
  if (required.length === 0 && fields.size === 0 && !others) return undefined;
  return (value, depth) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return true;
    const object = value as JsonObject;
    for (const name of required) if (!Object.hasOwn(object, name)) return false;
    for (const name of Object.keys(object)) {
      const check = fields.get(name) ?? others;
      if (check && !check(object[name]!, depth + 1)) return false;
    }
    return true;
  };
}
