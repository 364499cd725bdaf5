/**
 * The schema of all that a template can build, given those of its roots: perhaps of more than that, never of less. So where it fits
 * a schema, whatever the template builds does.
 */
import type { Json, JsonObject } from '../json/json';
import type { ValueSchema } from '../schema/value-schema';
import { keyOf, parsePath, piecesOf, wordOf, type Path, type Root } from './template';
import { isObject } from '../json/is-object';

export type RootSchemas = { readonly [root in Root]?: ValueSchema };
/** `mayMiss`: there may be no value. */
export type Inferred = { readonly schema: ValueSchema; readonly mayMiss: boolean };

const PLACE = /^\d{1,9}$/;
const NOTHING: ValueSchema = { enum: [] };
const ANY: Inferred = { schema: {}, mayMiss: true };
const sure = (schema: ValueSchema): Inferred => ({ schema, mayMiss: false });

export function inferTemplate(template: Json, roots: RootSchemas): Inferred {
  if (typeof template === 'string') return sure(piecesOf(template).every((piece) => typeof piece === 'string') ? { const: template } : textSchema(template));
  if (template === null || typeof template !== 'object') return sure({ const: template });
  if (Array.isArray(template)) return inferList(template as readonly Json[], roots);
  const object = template as JsonObject;
  const word = wordOf(object);
  if (word === undefined) return inferObject(object, roots);
  const value = object[word]!;
  switch (word) {
    case '$':
      return inferPath(object, roots);
    case '$literal':
      return sure({ const: value });
    case '$concat':
      return sure({ type: 'string' });
    case '$join': {
      const { schema, mayMiss } = schemaAt(roots, parsePath((value as JsonObject)['of'])!);
      return { schema: { type: 'string' }, mayMiss: mayMiss || schema.type !== 'array' };
    }
    case '$merge':
      return sure(mergeSchemas((value as readonly Json[]).map((one) => inferTemplate(one, roots))));
    case '$map':
      return inferMap(value as JsonObject, roots);
    case '$match':
      return inferMatch(value as JsonObject, roots);
  }
}

/** What is written in may be empty: only the text around it is sure. */
function textSchema(text: string): ValueSchema {
  const least = piecesOf(text).reduce((sum, piece) => sum + (typeof piece === 'string' ? [...piece].length : 0), 0);
  return { type: 'string', ...(least > 0 ? { minLength: least } : {}) };
}

function inferList(list: readonly Json[], roots: RootSchemas): Inferred {
  const items = list.map((one) => inferTemplate(one, roots));
  const least = items.filter(({ mayMiss }) => !mayMiss).length;
  return sure({ type: 'array', items: anyOf(items.map(({ schema }) => schema)), minItems: least, maxItems: items.length });
}

function inferObject(object: JsonObject, roots: RootSchemas): Inferred {
  const fields = Object.entries(object).map(([name, template]) => [name, inferTemplate(template, roots)] as const);
  return sure({
    type: 'object',
    properties: Object.fromEntries(fields.map(([name, { schema }]) => [name, schema])),
    required: fields.filter(([, { mayMiss }]) => !mayMiss).map(([name]) => name),
    additionalProperties: false,
  });
}

function inferPath({ $: text, default: otherwise }: JsonObject, roots: RootSchemas): Inferred {
  const found = schemaAt(roots, parsePath(text)!);
  if (!found.mayMiss || otherwise === undefined) return found;
  const instead = inferTemplate(otherwise, roots);
  return { schema: anyOf([found.schema, instead.schema]), mayMiss: instead.mayMiss };
}

function inferMap({ of, as }: JsonObject, roots: RootSchemas): Inferred {
  const list = schemaAt(roots, parsePath(of)!);
  const item = inferTemplate(as!, { ...roots, item: list.schema.items ?? {}, index: { type: 'integer', minimum: 0 } });
  const { minItems, maxItems } = list.schema;
  const least = item.mayMiss || minItems === undefined ? {} : { minItems };
  return { schema: { type: 'array', items: item.schema, ...least, ...(maxItems === undefined ? {} : { maxItems }) }, mayMiss: list.mayMiss || list.schema.type !== 'array' };
}

function inferMatch({ of, cases, else: otherwise }: JsonObject, roots: RootSchemas): Inferred {
  const key = schemaAt(roots, parsePath(of)!);
  const built = Object.entries(cases as JsonObject).map(([name, template]) => [name, inferTemplate(template, roots)] as const);
  const values = key.schema.const !== undefined ? [key.schema.const] : key.schema.enum;
  const isComplete = !key.mayMiss && values !== undefined && values.map(keyOf).every((name) => name !== undefined && Object.hasOwn(cases as JsonObject, name));
  const reachable = built.filter(([name]) => values === undefined || values.some((value) => keyOf(value) === name)).map(([, one]) => one);
  const rest = isComplete ? [] : [otherwise === undefined ? { schema: NOTHING, mayMiss: true } : inferTemplate(otherwise, roots)];
  const all = [...reachable, ...rest];
  return { schema: anyOf(all.map(({ schema }) => schema)), mayMiss: all.some(({ mayMiss }) => mayMiss) };
}

function anyOf(schemas: readonly ValueSchema[]): ValueSchema {
  const some = schemas.filter((one) => one.enum?.length !== 0);
  if (some.length <= 1) return some[0] ?? NOTHING;
  return some.every(({ const: only, ...rest }) => only !== undefined && Object.keys(rest).length === 0) ? { enum: some.map((one) => one.const!) } : { anyOf: some };
}

/** Where all are plain objects, field by field, the last that is sure to be there first; else only that it is an object. */
function mergeSchemas(parts: readonly Inferred[]): ValueSchema {
  const plain = parts.every(({ schema: { type, anyOf: some, enum: all, const: only }, mayMiss }) => type === 'object' && !mayMiss && some === undefined && all === undefined && only === undefined);
  if (!plain) return { type: 'object' };
  const schemas = parts.map(({ schema }) => schema);
  const fields = new Map([...new Set(schemas.flatMap(({ properties = {}, required = [] }) => [...Object.keys(properties), ...required]))].map((name) => [name, mergeField(schemas, name)]));
  const others = schemas.flatMap(({ additionalProperties: more = true }) => (more === false ? [] : [more === true ? {} : more]));
  return {
    type: 'object',
    properties: Object.fromEntries([...fields].map(([name, { schema }]) => [name, schema])),
    required: [...fields].filter(([, { mayMiss }]) => !mayMiss).map(([name]) => name),
    additionalProperties: others.length === 0 ? false : anyOf(others),
  };
}

function mergeField(schemas: readonly ValueSchema[], name: string): Inferred {
  const found: ValueSchema[] = [];
  for (const { properties = {}, required = [], additionalProperties: more = true } of schemas.toReversed()) {
    if (Object.hasOwn(properties, name)) found.push(properties[name]!);
    else if (more !== false) found.push(more === true ? {} : more);
    if (required.includes(name)) return { schema: anyOf(found), mayMiss: false };
  }
  return { schema: anyOf(found), mayMiss: true };
}

function schemaAt(roots: RootSchemas, { root, steps }: Path): Inferred {
  let at: Inferred = sure(roots[root] ?? {});
  for (const step of steps) {
    const next = stepInto(at.schema, step);
    at = { schema: next.schema, mayMiss: at.mayMiss || next.mayMiss };
  }
  return at;
}

function stepInto(schema: ValueSchema, step: string): Inferred {
  const values = schema.const !== undefined ? [schema.const] : schema.enum;
  if (values) return stepIntoValues(values, step);
  if (schema.type === 'array') return stepIntoList(schema, step);
  if (schema.type !== undefined && schema.type !== 'object') return typeof schema.type === 'string' ? { schema: NOTHING, mayMiss: true } : ANY;
  // Of what may be a list too, a step may be a place in it.
  if (schema.type === undefined && PLACE.test(step)) return ANY;
  const own = ownField(schema, step);
  const isRequired = schema.required?.includes(step) === true;
  const branches = schema.anyOf?.map((branch) => stepInto(schema.type === undefined ? branch : { type: schema.type, ...branch }, step));
  if (!branches) return { schema: own, mayMiss: !isRequired || schema.type !== 'object' };
  const isSure = branches.every(({ mayMiss }) => !mayMiss) || (isRequired && schema.type === 'object');
  return { schema: Object.keys(own).length > 0 ? own : anyOf(branches.map((branch) => branch.schema)), mayMiss: !isSure };
}

function stepIntoValues(values: readonly Json[], step: string): Inferred {
  const found = values.map((value) => (isObject(value) && Object.hasOwn(value, step) ? value[step] : Array.isArray(value) && PLACE.test(step) ? (value as readonly Json[])[Number(step)] : undefined));
  const there = found.filter((one) => one !== undefined);
  return { schema: { enum: there }, mayMiss: there.length < found.length };
}

function stepIntoList({ items = {}, minItems = 0, maxItems = Infinity }: ValueSchema, step: string): Inferred {
  const isPlace = PLACE.test(step) && Number(step) < maxItems;
  return isPlace ? { schema: items, mayMiss: Number(step) >= minItems } : { schema: NOTHING, mayMiss: true };
}

function ownField({ properties = {}, additionalProperties: others = true }: ValueSchema, step: string): ValueSchema {
  if (Object.hasOwn(properties, step)) return properties[step]!;
  return others === false ? NOTHING : others === true ? {} : others;
}
