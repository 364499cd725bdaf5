/**
 * A schema as a table of fields, and changes of it that keep all they do not speak of. Pure, over the text of protocol files: what
 * the form has no row for (`anyOf`, lists of types) is `custom`, shown as JSON and never touched.
 */
import type { Json, JsonObject } from '../json/json';
import { isObject } from '../json/is-object';

export const SHAPES = ['string', 'integer', 'number', 'boolean', 'choice', 'list', 'object', 'null', 'any'] as const;
/** `ref`: a definition of a protocol; `custom`: what has no simpler form. */
export type Shape = (typeof SHAPES)[number] | 'ref' | 'custom';
export type SchemaFieldRow = { readonly name: string; readonly shape: Shape; readonly isRequired: boolean; readonly doc: string; readonly schema: Json };

/** Keys that say nothing about the value. */
const WORDS: ReadonlySet<string> = new Set(['title', 'description', 'examples', 'default', '$comment']);
const KEYS_OF: Readonly<Partial<Record<Shape, readonly string[]>>> = {
  string: ['minLength', 'maxLength'],
  integer: ['minimum', 'maximum'],
  number: ['minimum', 'maximum'],
  list: ['items', 'minItems', 'maxItems'],
  object: ['properties', 'required', 'additionalProperties'],
};
const TYPE_SHAPES: Readonly<Record<string, Shape>> = { string: 'string', integer: 'integer', number: 'number', boolean: 'boolean', null: 'null', array: 'list', object: 'object' };

export function shapeOf(schema: Json | undefined): Shape {
  if (schema === undefined || schema === true) return 'any';
  if (!isObject(schema)) return 'custom';
  const keys = Object.keys(schema).filter((key) => !WORDS.has(key));
  if (keys.length === 0) return 'any';
  if (typeof schema['$ref'] === 'string') return 'ref';
  if (Array.isArray(schema['enum'])) return keys.every((key) => key === 'enum' || key === 'type') ? 'choice' : 'custom';
  const { type } = schema;
  const shape = typeof type === 'string' && Object.hasOwn(TYPE_SHAPES, type) ? TYPE_SHAPES[type]! : 'custom';
  return keys.every((key) => key === 'type' || KEYS_OF[shape]?.includes(key)) ? shape : 'custom';
}

const docOf = (schema: Json): string => (isObject(schema) && typeof schema['description'] === 'string' ? schema['description'] : '');

/** The rows of an object; none where the schema is no object of the simple form. */
export function listFields(schema: Json | undefined): readonly SchemaFieldRow[] {
  if (!isObject(schema) || shapeOf(schema) !== 'object') return [];
  const required = Array.isArray(schema['required']) ? (schema['required'] as readonly Json[]) : [];
  return Object.entries(isObject(schema['properties']) ? schema['properties'] : {}).map(([name, inner]) => ({ name, shape: shapeOf(inner), isRequired: required.includes(name), doc: docOf(inner), schema: inner }));
}

/** A schema of another shape with the same words; limits go, since they are of the old one. */
export function withShape(schema: Json | undefined, shape: Shape, ref?: string): Json {
  const words = isObject(schema) ? Object.fromEntries(Object.entries(schema).filter(([key]) => WORDS.has(key))) : {};
  switch (shape) {
    case 'list':
      return { type: 'array', items: { type: 'string' }, ...words };
    case 'object':
      return { type: 'object', properties: {}, required: [], additionalProperties: false, ...words };
    case 'choice':
      return { enum: ['first', 'second'], ...words };
    case 'ref':
      return { $ref: ref ?? '#/definitions/value', ...words };
    case 'any':
      return words;
    case 'custom':
      return schema ?? {};
    case 'string':
    case 'integer':
    case 'number':
    case 'boolean':
    case 'null':
      return { type: shape, ...words };
  }
}

export function withDoc(schema: Json, doc: string): Json {
  if (!isObject(schema)) return schema;
  const { description: _, ...rest } = schema;
  return doc === '' ? rest : { ...rest, description: doc };
}

/** Why a field can't have the name, or nothing. */
export function refuseFieldName(schema: Json | undefined, name: string, now?: string): string | undefined {
  if (name === '') return 'A field has a name.';
  if (name === '__proto__' || name === 'constructor' || name === 'prototype') return `${name} reaches a prototype, so no field has that name.`;
  return name !== now && listFields(schema).some((one) => one.name === name) ? `There is a field ${name} already.` : undefined;
}

const partsOf = (schema: Json): { readonly properties: JsonObject; readonly required: readonly Json[] } => ({
  properties: isObject(schema) && isObject(schema['properties']) ? schema['properties'] : {},
  required: isObject(schema) && Array.isArray(schema['required']) ? (schema['required'] as readonly Json[]) : [],
});

/** `required` is left out where it would be empty and was not there. */
function withParts(schema: Json, properties: JsonObject, required: readonly Json[]): Json {
  const base: JsonObject = isObject(schema) ? schema : { type: 'object' };
  const hasRequired = required.length > 0 || base['required'] !== undefined;
  return { ...base, properties, ...(hasRequired ? { required } : {}) };
}

/** A name that no field has: `field`, `field2`, ... */
export function addField(schema: Json): { readonly schema: Json; readonly name: string } {
  const { properties, required } = partsOf(schema);
  let name = 'field';
  for (let count = 2; Object.hasOwn(properties, name); count += 1) name = `field${count}`;
  return { name, schema: withParts(schema, { ...properties, [name]: { type: 'string' } }, [...required, name]) };
}

/** The field keeps its place, so that the diff is one line. */
export function renameField(schema: Json, name: string, next: string): Json {
  const { properties, required } = partsOf(schema);
  return withParts(schema, Object.fromEntries(Object.entries(properties).map(([key, value]) => [key === name ? next : key, value])), required.map((one) => (one === name ? next : one)));
}

export function setField(schema: Json, name: string, inner: Json): Json {
  const { properties, required } = partsOf(schema);
  return withParts(schema, { ...properties, [name]: inner }, required);
}

export function requireField(schema: Json, name: string, isRequired: boolean): Json {
  const { properties, required } = partsOf(schema);
  const others = required.filter((one) => one !== name);
  // In the order of the fields.
  const names: readonly Json[] = Object.keys(properties);
  const next = isRequired ? [...others, name].toSorted((a, b) => names.indexOf(a) - names.indexOf(b)) : others;
  return withParts(schema, properties, next);
}

export function deleteField(schema: Json, name: string): Json {
  const { properties, required } = partsOf(schema);
  const { [name]: _, ...rest } = properties;
  return withParts(schema, rest, required.filter((one) => one !== name));
}

/** Whether values may have fields that the table does not name. */
export const letsOthersIn = (schema: Json): boolean => !(isObject(schema) && schema['additionalProperties'] === false);
export function letOthersIn(schema: Json, isLet: boolean): Json {
  if (!isObject(schema)) return schema;
  const { additionalProperties: _, ...rest } = schema;
  return isLet ? rest : { ...rest, additionalProperties: false };
}
