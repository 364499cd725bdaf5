/** A schema as a TypeScript type, for the types that the editor knows of a handler. Pure; text in, text out. */
import type { Json } from '../json/json';
import type { ValueSchema, ValueType } from './value-schema';

/** More levels than this are `any`: nobody reads such a type. */
const DEEPEST = 12;
const PLAIN_KEY = /^[A-Za-z_$][\w$]*$/;

export const typeKey = (name: string): string => (PLAIN_KEY.test(name) ? name : JSON.stringify(name));

/** Words for people as the comment that a hover shows; nothing where there are none. */
export function typeDoc(doc: string | undefined): string {
  const words = doc?.replaceAll('*/', '* /').replace(/\s+/g, ' ').trim();
  return words ? `/** ${words} */ ` : '';
}

/**
 * What a value of the schema is. Optional properties are those that are not required. An object that names its properties has no
 * others here, also where the schema lets more in: a slip of the pen in a name is to be seen.
 */
export function typeOfSchema(schema: ValueSchema, depth = 0): string {
  if (depth > DEEPEST) return 'any';
  if (schema.const !== undefined) return typeOfValue(schema.const);
  if (schema.enum !== undefined) return joinUnion(schema.enum.map(typeOfValue));
  if (schema.anyOf !== undefined && schema.type === undefined) return joinUnion(schema.anyOf.map((one) => typeOfSchema(one, depth + 1)));
  const types: readonly ValueType[] = schema.type === undefined ? [] : typeof schema.type === 'string' ? [schema.type] : schema.type;
  if (types.length === 0) return schema.properties ? typeOfObject(schema, depth) : 'any';
  return joinUnion(types.map((type) => typeOfOne(type, schema, depth)));
}

function typeOfOne(type: ValueType, schema: ValueSchema, depth: number): string {
  switch (type) {
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return `Array<${schema.items ? typeOfSchema(schema.items, depth + 1) : 'any'}>`;
    case 'object':
      return typeOfObject(schema, depth);
    case 'string':
    case 'boolean':
    case 'null':
      return type;
    default:
      // A type that the subset does not have; the check says so.
      return 'any';
  }
}

function typeOfObject({ properties = {}, required = [], additionalProperties }: ValueSchema, depth: number): string {
  const names = Object.keys(properties);
  const fields = names.map((name) => {
    const inner = properties[name]!;
    return `${typeDoc(docOf(inner))}${typeKey(name)}${required.includes(name) ? '' : '?'}: ${typeOfSchema(inner, depth + 1)}`;
  });
  if (names.length > 0) return `{ ${fields.join('; ')} }`;
  if (additionalProperties === false) return '{}';
  return `{ [name: string]: ${typeof additionalProperties === 'object' ? typeOfSchema(additionalProperties, depth + 1) : 'any'} }`;
}

/** `description` has no effect on values, so `ValueSchema` does not name it; files have it. */
function docOf(schema: ValueSchema): string | undefined {
  const { description } = schema as { readonly description?: unknown };
  return typeof description === 'string' ? description : undefined;
}

/** The type of one value: of a constant the constant itself. */
export function typeOfValue(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return value.length === 0 ? 'any[]' : `Array<${joinUnion((value as readonly Json[]).map(typeOfValue))}>`;
  return `{ ${Object.entries(value).map(([name, inner]) => `${typeKey(name)}: ${typeOfValue(inner)}`).join('; ')} }`;
}

export function joinUnion(types: readonly string[]): string {
  const all = [...new Set(types)];
  if (all.includes('any')) return 'any';
  return all.length === 0 ? 'never' : all.length === 1 ? all[0]! : all.map((one) => (one.includes('=>') ? `(${one})` : one)).join(' | ');
}
