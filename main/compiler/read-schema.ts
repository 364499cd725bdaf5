/** A schema of a protocol file as a `ValueSchema`: inside the subset, `$ref` resolved, recursion refused. */
import type { Json } from '../../shared/json/json';
import type { ValueSchema } from '../../shared/schema/value-schema';
import { isObject } from '../../shared/json/is-object';

export const SUBSET = 'type, enum, const, properties, required, additionalProperties, items, minItems, maxItems, minLength, maxLength, minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, anyOf, $ref';
const TYPE_NAMES: readonly string[] = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'];
const TYPES: ReadonlySet<Json> = new Set<Json>(TYPE_NAMES);
const COUNTS: ReadonlySet<string> = new Set(['minItems', 'maxItems', 'minLength', 'maxLength']);
const NUMBERS: ReadonlySet<string> = new Set(['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']);
/** Words for people, without effect on values. */
const WORDS: ReadonlySet<string> = new Set(['title', 'description', 'examples', 'default', '$comment']);

export type SchemaProblem = { readonly code: 'PRO004' | 'PRO005' | 'PRO006' | 'PRO007'; readonly path: string; readonly message: string; readonly got?: Json };
/** Parts that a schema may have with its references written out: some that name each other twice have more than there are bytes. */
export const MOST_PARTS = 10_000;
/** `partsLeft` goes down; below 0 nothing more is read. */
export type SchemaContext = { readonly definition: (ref: string) => Json | undefined; readonly report: (problem: SchemaProblem) => void; partsLeft: number };
type At = { readonly path: string; readonly refs: readonly string[] };

export function readSchema(raw: Json | undefined, context: SchemaContext, at: At = { path: '', refs: [] }): ValueSchema {
  context.partsLeft -= 1;
  if (context.partsLeft === 0) context.report({ code: 'PRO006', path: at.path, message: `with its references written out the schema has more than ${MOST_PARTS} parts` });
  if (raw === undefined || raw === true || context.partsLeft <= 0) return {};
  if (!isObject(raw)) {
    context.report({ code: 'PRO004', path: at.path, got: raw, message: `a schema is an object; this is ${JSON.stringify(raw)}` });
    return {};
  }
  if (raw['$ref'] !== undefined) return readReference(raw['$ref'], context, at);
  const schema: { [key: string]: unknown } = {};
  for (const [key, value] of Object.entries(raw)) {
    if (WORDS.has(key)) continue;
    const read = readKeyword(key, value, context, { ...at, path: `${at.path}/${key}` });
    if (read !== undefined) schema[key] = read;
  }
  return schema;
}

function readReference(ref: Json, context: SchemaContext, at: At): ValueSchema {
  if (typeof ref !== 'string' || at.refs.includes(ref)) {
    context.report({ code: 'PRO006', path: at.path, got: ref, message: `$ref ${JSON.stringify(ref)} leads back to itself; recursive schemas are not in the subset` });
    return {};
  }
  const found = context.definition(ref);
  if (found === undefined) {
    context.report({ code: 'PRO005', path: at.path, got: ref, message: `$ref ${ref} names no definition of the project; write "#/definitions/x" or "Other.json#/definitions/x"` });
    return {};
  }
  return readSchema(found, context, { path: at.path, refs: [...at.refs, ref] });
}

function readKeyword(key: string, value: Json, context: SchemaContext, at: At): unknown {
  const bad = (message: string): undefined => void context.report({ code: 'PRO004', path: at.path, got: value, message: `${key} is ${JSON.stringify(value)}; ${message}` });
  const isTypeList = key === 'type' && Array.isArray(value) && value.length > 0 && (value as readonly Json[]).every((one) => TYPES.has(one));
  if (key === 'type') return TYPES.has(value) || isTypeList ? value : bad(`a type is one of ${TYPE_NAMES.join(', ')}, or a list of them`);
  if (key === 'const') return value;
  if (key === 'enum') return Array.isArray(value) && value.length > 0 ? value : bad('it is a list of values');
  if (key === 'required') return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : bad('it is a list of names');
  if (COUNTS.has(key)) return Number.isInteger(value) && Number(value) >= 0 ? value : bad('it is a whole number from 0');
  if (NUMBERS.has(key)) return typeof value === 'number' && (key !== 'multipleOf' || value > 0) ? value : bad(key === 'multipleOf' ? 'it is a number above 0' : 'it is a number');
  if (key === 'items') return readSchema(value, context, at);
  if (key === 'additionalProperties') return typeof value === 'boolean' ? value : readSchema(value, context, at);
  if (key === 'anyOf') return Array.isArray(value) && value.length > 0 ? value.map((one: Json, index) => readSchema(one, context, { ...at, path: `${at.path}/${index}` })) : bad('it is a list of schemas');
  if (key === 'properties') {
    if (!isObject(value)) return bad('it is an object of schemas');
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, readSchema(inner, context, { ...at, path: `${at.path}/${name}` })]));
  }
  context.report({ code: 'PRO007', path: at.path, got: key, message: `${key} is not in the subset of JSON Schema that protocols speak (${SUBSET})` });
  return undefined;
}
