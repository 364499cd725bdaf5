/**
 * Checks a value against a schema by walking both: no code is generated, so it runs where code generation is off.
 * Every provider's door calls it, once for each message.
 */
import type { Json } from '../json/json';
import type { Mismatch, ValueSchema, ValueType } from './value-schema';

/** A value deeper than this is refused rather than walked (security 4.3). */
export const MAX_DEPTH = 64;

/** The first mismatch in document order, or `undefined` where the value fits. */
export function findMismatch(schema: ValueSchema, value: Json, path = '', depth = 0): Mismatch | undefined {
  if (depth > MAX_DEPTH) return { path, expected: `at most ${MAX_DEPTH} levels`, got: 'more' };
  if (schema.type !== undefined && !hasType(schema.type, value)) return mismatch(path, describeTypes(schema.type), value);
  if (schema.const !== undefined && !equalJson(schema.const, value)) return mismatch(path, JSON.stringify(schema.const), value);
  if (schema.enum !== undefined && !schema.enum.some((one) => equalJson(one, value)))
    return mismatch(path, `one of ${JSON.stringify(schema.enum)}`, value);
  if (schema.anyOf !== undefined && schema.anyOf.every((one) => findMismatch(one, value, path, depth + 1) !== undefined))
    return mismatch(path, `one of ${schema.anyOf.length} alternatives`, value);
  if (typeof value === 'number') return findNumberMismatch(schema, value, path);
  if (typeof value === 'string') return findStringMismatch(schema, value, path);
  if (Array.isArray(value)) return findArrayMismatch(schema, value as readonly Json[], path, depth);
  if (value !== null && typeof value === 'object') return findObjectMismatch(schema, value as { readonly [key: string]: Json }, path, depth);
  return undefined;
}

export const TYPES: Readonly<Record<ValueType, (value: Json) => boolean>> = {
  null: (value) => value === null,
  array: (value) => Array.isArray(value),
  object: (value) => value !== null && typeof value === 'object' && !Array.isArray(value),
  integer: (value) => typeof value === 'number' && Number.isInteger(value),
  boolean: (value) => typeof value === 'boolean',
  number: (value) => typeof value === 'number',
  string: (value) => typeof value === 'string',
};

const hasType = (type: ValueType | readonly ValueType[], value: Json): boolean => (typeof type === 'string' ? TYPES[type](value) : type.some((one) => TYPES[one](value)));

function findNumberMismatch(schema: ValueSchema, value: number, path: string): Mismatch | undefined {
  if (schema.minimum !== undefined && value < schema.minimum) return mismatch(path, `at least ${schema.minimum}`, value);
  if (schema.maximum !== undefined && value > schema.maximum) return mismatch(path, `at most ${schema.maximum}`, value);
  if (schema.exclusiveMinimum !== undefined && value <= schema.exclusiveMinimum) return mismatch(path, `more than ${schema.exclusiveMinimum}`, value);
  if (schema.exclusiveMaximum !== undefined && value >= schema.exclusiveMaximum) return mismatch(path, `less than ${schema.exclusiveMaximum}`, value);
  if (schema.multipleOf !== undefined && !isMultiple(value, schema.multipleOf)) return mismatch(path, `a multiple of ${schema.multipleOf}`, value);
  return undefined;
}

/** A quotient too small for a number of its own is 0: only 0 is that multiple. */
const isMultiple = (value: number, of: number): boolean => Number.isInteger(value / of) && (value === 0 || Math.abs(value) >= of);

function findStringMismatch(schema: ValueSchema, value: string, path: string): Mismatch | undefined {
  if (schema.minLength === undefined && schema.maxLength === undefined) return undefined;
  // JSON Schema counts characters, not UTF-16 units.
  const length = countCharacters(value);
  if (schema.minLength !== undefined && length < schema.minLength) return mismatch(path, `at least ${schema.minLength} characters`, value);
  if (schema.maxLength !== undefined && length > schema.maxLength) return mismatch(path, `at most ${schema.maxLength} characters`, value);
  return undefined;
}

function countCharacters(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    const isPair = unit >= 0xd800 && unit <= 0xdbff && index + 1 < text.length && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00;
    if (isPair) index += 1;
    count += 1;
  }
  return count;
}

function findArrayMismatch(schema: ValueSchema, value: readonly Json[], path: string, depth: number): Mismatch | undefined {
  if (schema.minItems !== undefined && value.length < schema.minItems) return mismatch(path, `at least ${schema.minItems} items`, value);
  if (schema.maxItems !== undefined && value.length > schema.maxItems) return mismatch(path, `at most ${schema.maxItems} items`, value);
  if (schema.items === undefined) return undefined;
  for (const [index, item] of value.entries()) {
    const found = findMismatch(schema.items, item, '', depth + 1);
    if (found) return below(path, String(index), found);
  }
  return undefined;
}

function findObjectMismatch(schema: ValueSchema, value: { readonly [key: string]: Json }, path: string, depth: number): Mismatch | undefined {
  for (const name of schema.required ?? []) {
    if (!Object.hasOwn(value, name)) return { path: `${path}/${name}`, expected: 'a value', got: 'nothing' };
  }
  for (const name of Object.keys(value)) {
    const known = schema.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
    const rule = known ?? schema.additionalProperties;
    if (rule === undefined || rule === true) continue;
    const found = rule === false ? { path: '', expected: 'no such field', got: describeValue(value[name]!) } : findMismatch(rule, value[name]!, '', depth + 1);
    if (found) return below(path, name.replace(/~/g, '~0').replace(/\//g, '~1'), found);
  }
  return undefined;
}

/** Paths are made on the way back from a mismatch: a value that fits, as nearly all do, costs none. */
const below = (path: string, step: string, found: Mismatch): Mismatch => ({ ...found, path: `${path}/${step}${found.path}` });

/** JSON Schema equality: numbers by value, objects without regard to the order of keys. */
export function equalJson(left: Json, right: Json): boolean {
  if (left === right) return true;
  if (left === null || right === null || typeof left !== 'object' || typeof right !== 'object') return false;
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
    return (left as readonly Json[]).every((item, index) => equalJson(item, (right as readonly Json[])[index]!));
  }
  const [a, b] = [left, right] as { readonly [key: string]: Json }[];
  const keys = Object.keys(a!);
  return keys.length === Object.keys(b!).length && keys.every((key) => Object.hasOwn(b!, key) && equalJson(a![key]!, b![key]!));
}

const describeTypes = (type: ValueType | readonly ValueType[]): string => (typeof type === 'string' ? type : type.join(' or '));

function describeValue(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

const mismatch = (path: string, expected: string, value: Json): Mismatch => ({ path, expected, got: describeValue(value) });

/** `/ticket/text: expected string, got 7` */
export const formatMismatch = (found: Mismatch): string => `${found.path === '' ? 'the value' : found.path}: expected ${found.expected}, got ${found.got}`;
