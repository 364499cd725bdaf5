/** JSON Schema of others (drafts 4 to 2020-12, and OpenAPI's) in our subset, as near as it comes: wider where it must be, and then it is said. */
import type { Json, JsonObject } from '../../json/json';
import { isList, type Notes } from './imported';
import { isObject } from '../../json/is-object';
import { freeName } from './names';

/** Levels and parts of one schema; what is beyond takes any value. */
const DEEPEST = 24;
const MOST_PARTS = 5000;

/** Words that are ours too, and which values they take. */
const isCount = (value: Json): boolean => Number.isInteger(value) && Number(value) >= 0;
const isNumber = (value: Json): boolean => typeof value === 'number';
const isAnything = (): boolean => true;
const AS_IT_IS: ReadonlyMap<string, (value: Json) => boolean> = new Map([
  ...['minItems', 'maxItems', 'minLength', 'maxLength'].map((word) => [word, isCount] as const),
  ...['minimum', 'maximum'].map((word) => [word, isNumber] as const),
  ['multipleOf', (value: Json) => typeof value === 'number' && value > 0] as const,
  ...['title', 'description', '$comment', 'default', 'examples'].map((word) => [word, isAnything] as const),
]);
/** Words for tools and readers, which say nothing of values. */
const WITHOUT_EFFECT = new Set(['$schema', '$id', 'id', '$anchor', '$defs', 'definitions', 'nullable', 'example', 'deprecated', 'readOnly', 'writeOnly', 'externalDocs', 'xml', 'discriminator', 'type', 'enum', 'const', 'properties', 'required', 'additionalProperties', 'items', 'prefixItems', 'additionalItems', 'anyOf', 'oneOf', 'allOf', '$ref', 'exclusiveMinimum', 'exclusiveMaximum']);
const TYPES = new Set(['null', 'boolean', 'integer', 'number', 'string', 'array', 'object']);

/** Reads schemas of one document; what they refer to becomes `definitions` of the protocol. */
export class SchemaImport {
  readonly definitions = new Map<string, Json>();
  readonly #names = new Map<string, string>();
  readonly #open: string[] = [];
  readonly #document: Json;
  readonly #notes: Notes;
  #parts = 0;

  constructor(document: Json, notes: Notes) {
    this.#document = document;
    this.#notes = notes;
  }

  read(raw: Json | undefined, place: string, depth = 0): JsonObject {
    this.#parts += 1;
    if (raw === undefined || raw === true) return {};
    if (!isObject(raw)) return this.#any(place, raw === false ? 'a schema that no value fits is left out: any value is taken' : 'this is no schema: any value is taken');
    if (depth > DEEPEST || this.#parts > MOST_PARTS) return this.#any(place, `the schema has more than ${depth > DEEPEST ? `${DEEPEST} levels` : `${MOST_PARTS} parts`}: any value is taken here`);
    if (typeof raw['$ref'] === 'string') return this.#refer(raw['$ref'], place, depth);
    return this.#words(raw, place, depth);
  }

  #any(place: string, message: string): JsonObject {
    this.#notes.add(place, message);
    return {};
  }

  #refer(ref: string, place: string, depth: number): JsonObject {
    if (this.#open.includes(ref)) return this.#any(place, `${ref} leads back to itself, and recursive schemas are not in the subset: any value is taken here`);
    const known = this.#names.get(ref);
    if (known !== undefined) return { $ref: `#/definitions/${known}` };
    const found = ref.startsWith('#') ? findPointer(this.#document, ref.slice(1)) : undefined;
    if (found === undefined) return this.#any(place, `${ref} leads to nothing in this text: any value is taken`);
    this.#open.push(ref);
    const schema = this.read(found, ref, depth + 1);
    this.#open.pop();
    const name = freeName((ref.split('/').at(-1) ?? '').replaceAll(/[^A-Za-z0-9_.-]/g, '') || 'schema', new Set(this.definitions.keys()));
    this.#names.set(ref, name);
    this.definitions.set(name, schema);
    return { $ref: `#/definitions/${name}` };
  }

  #words(raw: JsonObject, place: string, depth: number): JsonObject {
    const made: { [word: string]: Json } = {};
    for (const [word, value] of Object.entries(raw)) {
      const takes = AS_IT_IS.get(word);
      if (takes?.(value)) made[word] = value;
      else if (takes) this.#notes.add(place, `${word} takes no ${JSON.stringify(value).slice(0, 40)}, and is left out`);
      else if (!WITHOUT_EFFECT.has(word) && !word.startsWith('x-')) this.#notes.add(place, `${word} is not in the subset, and is left out`);
    }
    if (isList(raw['enum']) && raw['enum'].length > 0) made['enum'] = raw['enum'];
    if (raw['const'] !== undefined) made['const'] = raw['const'];
    Object.assign(made, this.#types(raw, place), exclusiveBounds(raw), this.#fields(raw, place, depth), this.#items(raw, place, depth));
    return this.#combined(made, raw, place, depth);
  }

  #types({ type, nullable, enum: some }: JsonObject, place: string): JsonObject {
    const all = (isList(type) ? type : type === undefined ? [] : [type]).filter((one) => typeof one === 'string');
    const known = all.filter((one) => TYPES.has(one));
    if (known.length < all.length || (type !== undefined && all.length === 0)) this.#notes.add(place, `type ${JSON.stringify(type)} is none of JSON Schema's: any value is taken`);
    if (known.length < all.length || known.length === 0) return {};
    const types = nullable === true && !known.includes('null') ? [...known, 'null'] : known;
    if (nullable === true && isList(some) && !some.includes(null)) this.#notes.add(place, 'nullable beside an enum without null: null is not taken');
    return { type: types.length === 1 ? types[0]! : types };
  }

  #fields(raw: JsonObject, place: string, depth: number): JsonObject {
    const made: { [word: string]: Json } = {};
    const { properties, required, additionalProperties } = raw;
    if (isObject(properties)) made['properties'] = Object.fromEntries(Object.entries(properties).flatMap(([name, inner]) => (inner === false ? (this.#notes.add(`${place}/properties/${name}`, 'a field that may not be there is left out'), []) : [[name, this.read(inner, `${place}/properties/${name}`, depth + 1)]])));
    if (isList(required) && required.length > 0) made['required'] = [...new Set(required.filter((one) => typeof one === 'string'))];
    if (typeof additionalProperties === 'boolean') made['additionalProperties'] = additionalProperties;
    else if (isObject(additionalProperties)) made['additionalProperties'] = this.read(additionalProperties, `${place}/additionalProperties`, depth + 1);
    return made;
  }

  #items(raw: JsonObject, place: string, depth: number): JsonObject {
    const tuple = isList(raw['prefixItems']) ? raw['prefixItems'] : isList(raw['items']) ? raw['items'] : undefined;
    const rest = isList(raw['items']) ? raw['additionalItems'] : raw['items'];
    if (!tuple) return rest === undefined || rest === false ? (rest === false ? { maxItems: 0 } : {}) : { items: this.read(rest, `${place}/items`, depth + 1) };
    this.#notes.add(place, 'places of a list with a schema each: each place takes what any of them does');
    const all = [...tuple, ...(rest === undefined || rest === false ? [] : [rest])].map((one, index) => this.read(one, `${place}/items/${index}`, depth + 1));
    const items: JsonObject = all.length === 0 ? {} : { items: all.length === 1 ? all[0]! : { anyOf: all } };
    return { ...items, ...(rest === false ? { maxItems: tuple.length } : {}) };
  }

  #combined(made: JsonObject, raw: JsonObject, place: string, depth: number): JsonObject {
    let schema = made;
    if (isList(raw['allOf'])) for (const [index, part] of raw['allOf'].entries()) schema = this.#both(schema, this.#inline(this.read(part, `${place}/allOf/${index}`, depth + 1)), `${place}/allOf/${index}`);
    for (const word of ['oneOf', 'anyOf']) {
      const some = raw[word];
      if (!isList(some) || some.length === 0) continue;
      if (word === 'oneOf' && some.length > 1) this.#notes.add(place, 'oneOf is taken as anyOf: a value that fits two of them is taken too');
      const branches = some.map((one, index) => this.read(one, `${place}/${word}/${index}`, depth + 1));
      if (schema['anyOf'] === undefined) schema = { ...schema, anyOf: branches };
      else this.#notes.add(place, `${word} beside other alternatives is left out`);
    }
    if (raw['nullable'] === true && schema['type'] === undefined && schema['anyOf'] !== undefined) schema = { ...schema, anyOf: [...(schema['anyOf'] as readonly Json[]), { type: 'null' }] };
    return schema;
  }

  /** What a reference stands for, so that it can be merged. */
  #inline(schema: JsonObject): JsonObject {
    const ref = schema['$ref'];
    const found = typeof ref === 'string' ? this.definitions.get(ref.slice('#/definitions/'.length)) : undefined;
    return isObject(found) ? found : schema;
  }

  /** Both at once, where that can be written down: fields of objects together, and each other word once. */
  #both(a: JsonObject, b: JsonObject, place: string): JsonObject {
    const made: { [word: string]: Json } = { ...a };
    for (const [word, value] of Object.entries(b)) {
      const before = made[word];
      if (before === undefined || JSON.stringify(before) === JSON.stringify(value)) made[word] = value;
      else if (word === 'required' && isList(before) && isList(value)) made[word] = [...new Set([...before, ...value])];
      else if (word === 'properties' && isObject(before) && isObject(value)) made[word] = this.#bothFields(before, value, place);
      else if (word === 'additionalProperties') made[word] = before === true ? value : before;
      else if (!['title', 'description', 'default', 'examples', '$comment'].includes(word)) this.#notes.add(place, `allOf says ${word} twice, and differently: the first is kept`);
    }
    return made;
  }

  #bothFields(a: JsonObject, b: JsonObject, place: string): JsonObject {
    const made = { ...a };
    for (const [name, schema] of Object.entries(b)) {
      const before = Object.hasOwn(made, name) ? made[name] : undefined;
      made[name] = isObject(before) && isObject(schema) ? this.#both(this.#inline(before), this.#inline(schema), `${place}/properties/${name}`) : schema;
    }
    return made;
  }
}

/** Draft 4 and OpenAPI 3.0 have `exclusiveMinimum: true` beside `minimum`. */
function exclusiveBounds(raw: JsonObject): JsonObject {
  const made: { [word: string]: Json } = {};
  for (const [word, bound] of [['exclusiveMinimum', 'minimum'], ['exclusiveMaximum', 'maximum']] as const) {
    if (typeof raw[word] === 'number') made[word] = raw[word];
    else if (raw[word] === true && typeof raw[bound] === 'number') made[word] = raw[bound];
  }
  return made;
}

function findPointer(document: Json, pointer: string): Json | undefined {
  let at: Json | undefined = document;
  for (const part of pointer.split('/').slice(1)) {
    const key = decode(part).replaceAll('~1', '/').replaceAll('~0', '~');
    if (isObject(at)) at = Object.hasOwn(at, key) ? at[key] : undefined;
    else at = isList(at) && /^\d{1,6}$/.test(key) ? at[Number(key)] : undefined;
  }
  return at;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
