/** Types as schemas of our subset. */
import type { Json, JsonObject } from '../../json/json';
import { type Notes } from './imported';
import { isObject } from '../../json/is-object';
import type { Declaration, Member, TypeTree } from './ts-types';

const WORDS: Readonly<Record<string, JsonObject>> = { string: { type: 'string' }, number: { type: 'number' }, boolean: { type: 'boolean' }, null: { type: 'null' }, object: { type: 'object' }, unknown: {}, any: {}, void: {}, undefined: {} };
const LISTS = new Set(['Array', 'ReadonlyArray', 'Iterable']);
/** Types that say of another what JSON does not tell apart. */
const THROUGH = new Set(['Readonly', 'Promise', 'Required', 'NonNullable']);

export class TypeSchemas {
  readonly definitions = new Map<string, Json>();
  readonly #declarations: ReadonlyMap<string, Declaration>;
  readonly #notes: Notes;
  readonly #open = new Set<string>();

  constructor(declarations: readonly Declaration[], notes: Notes) {
    this.#declarations = new Map(declarations.map((one) => [one.name, one]));
    this.#notes = notes;
  }

  /** Makes a declared type a definition; whether it could be: one that leads back to itself cannot. */
  define(name: string): boolean {
    const declared = this.#declarations.get(name)!;
    if (this.definitions.has(name)) return true;
    if (this.#open.has(name)) return false;
    this.#open.add(name);
    const place = `line ${declared.line}`;
    if (declared.isGeneric) this.#notes.add(place, `${name} has type parameters: where they stand any value is taken`);
    const parts: readonly TypeTree[] = [...declared.bases.map((word): TypeTree => ({ kind: 'word', word, line: declared.line })), declared.type];
    const schema = this.read(parts.length === 1 ? parts[0]! : { kind: 'intersection', parts }, place);
    this.#open.delete(name);
    this.definitions.set(name, { ...schema, ...(declared.doc !== undefined && schema['$ref'] === undefined ? { description: declared.doc } : {}) });
    return true;
  }

  read(type: TypeTree, place: string): JsonObject {
    switch (type.kind) {
      case 'word':
        return this.#word(type.word, `line ${type.line}`);
      case 'literal':
        return { const: type.value };
      case 'list':
        return { type: 'array', items: this.read(type.of, place) };
      case 'tuple':
        return this.#tuple(type.items, place);
      case 'union':
        return this.#union(type.parts, place);
      case 'intersection':
        return this.#intersection(type.parts, place);
      case 'object':
        return this.#object(type.members, type.others, place);
      case 'generic':
        return this.#generic(type, place);
      case 'function':
        return this.#any(place, 'a function is no data: any value is taken');
      case 'other':
        return this.#any(`line ${type.line}`, `${type.words} is not read: any value is taken`);
    }
  }

  #any(place: string, message: string): JsonObject {
    this.#notes.add(place, message);
    return {};
  }

  #word(word: string, place: string): JsonObject {
    if (this.#declarations.has(word)) return this.define(word) ? { $ref: `#/definitions/${word}` } : this.#any(place, `${word} leads back to itself, and recursive schemas are not in the subset: any value is taken here`);
    if (Object.hasOwn(WORDS, word)) return WORDS[word]!;
    if (word === 'bigint' || word === 'symbol' || word === 'never') return this.#any(place, `${word} is no data: any value is taken`);
    if (word === 'Date') {
      this.#notes.add(place, 'a Date is a text in JSON');
      return { type: 'string' };
    }
    return this.#any(place, `${word} does not stand in this text: any value is taken`);
  }

  #generic({ name, of, line }: Extract<TypeTree, { kind: 'generic' }>, place: string): JsonObject {
    const at = `line ${line}`;
    if (LISTS.has(name)) return { type: 'array', items: this.read(of[0]!, place) };
    if (THROUGH.has(name)) return this.read(of[0]!, place);
    if (name === 'Record' && of.length === 2) return this.#record(of[0]!, of[1]!, place);
    if (name === 'Partial') {
      const { required: _, ...rest } = this.#inline(this.read(of[0]!, place));
      return rest;
    }
    if ((name === 'Pick' || name === 'Omit') && of.length === 2) return this.#some(name, of[0]!, of[1]!, place);
    if (this.#declarations.has(name)) return this.#word(name, at);
    return this.#any(at, `${name}<...> is not read: any value is taken`);
  }

  #record(key: TypeTree, value: TypeTree, place: string): JsonObject {
    const names = namesIn(key);
    const schema = this.read(value, place);
    return names ? { type: 'object', properties: Object.fromEntries(names.map((name) => [name, schema])), required: names } : { type: 'object', additionalProperties: schema };
  }

  #some(name: 'Pick' | 'Omit', of: TypeTree, keys: TypeTree, place: string): JsonObject {
    const schema = this.#inline(this.read(of, place));
    const names = namesIn(keys);
    if (!names || !isObject(schema['properties'])) return this.#any(place, `${name}<...> of this is not read: any value is taken`);
    const stays = (field: string): boolean => names.includes(field) === (name === 'Pick');
    const required = (Array.isArray(schema['required']) ? (schema['required'] as readonly string[]) : []).filter(stays);
    return { type: 'object', properties: Object.fromEntries(Object.entries(schema['properties']).filter(([field]) => stays(field))), ...(required.length > 0 ? { required } : {}) };
  }

  #tuple(items: readonly TypeTree[], place: string): JsonObject {
    this.#notes.add(place, 'places of a list with a type each: each place takes what any of them does');
    const schemas = items.map((one) => this.read(one, place));
    return { type: 'array', ...(schemas.length === 0 ? {} : { items: schemas.length === 1 ? schemas[0]! : { anyOf: schemas } }), maxItems: items.length };
  }

  #union(all: readonly TypeTree[], place: string): JsonObject {
    const parts = all.filter((one) => !isMissing(one));
    if (parts.length === 1) return this.read(parts[0]!, place);
    if (parts.length === 0) return {};
    const literals = parts.flatMap((one) => (one.kind === 'literal' ? [one.value] : []));
    const rest = parts.filter((one) => one.kind !== 'literal');
    const words = rest.map((one) => (one.kind === 'word' && !this.#declarations.has(one.word) ? WORDS[one.word]?.['type'] : undefined));
    if (literals.length === 0 && words.every((one) => one !== undefined)) return { type: [...new Set(words)] };
    if (rest.length === 0) return { enum: literals };
    const closed: readonly JsonObject[] = literals.length > 0 ? [literals.length === 1 ? { const: literals[0]! } : { enum: literals }] : [];
    return { anyOf: [...closed, ...rest.map((one) => this.read(one, place))] };
  }

  #intersection(parts: readonly TypeTree[], place: string): JsonObject {
    const schemas = parts.map((one) => this.#inline(this.read(one, place)));
    if (!schemas.every((one) => one['type'] === 'object')) return this.#any(place, 'an intersection of what are not all objects: any value is taken');
    const properties = Object.assign({}, ...schemas.map((one) => one['properties'] ?? {})) as JsonObject;
    const required = [...new Set(schemas.flatMap((one) => (one['required'] ?? []) as readonly string[]))];
    const others = schemas.map((one) => one['additionalProperties']).find((one) => one !== undefined);
    return { type: 'object', properties, ...(required.length > 0 ? { required } : {}), ...(others === undefined ? {} : { additionalProperties: others }) };
  }

  #inline(schema: JsonObject): JsonObject {
    const ref = schema['$ref'];
    const found = typeof ref === 'string' ? this.definitions.get(ref.slice('#/definitions/'.length)) : undefined;
    return isObject(found) ? found : schema;
  }

  #object(members: readonly Member[], others: TypeTree | undefined, place: string): JsonObject {
    const properties: [string, Json][] = [];
    const required: string[] = [];
    for (const { name, isOptional, type, line, doc } of members) {
      const at = `line ${line}`;
      if (type.kind === 'function') {
        this.#notes.add(at, `${name} is a function and no data: it is left out`);
        continue;
      }
      const schema = this.read(type, at);
      properties.push([name, doc === undefined || schema['$ref'] !== undefined ? schema : { ...schema, description: doc }]);
      if (!isOptional && !(type.kind === 'union' && type.parts.some(isMissing)) && !isMissing(type)) required.push(name);
    }
    return { type: 'object', properties: Object.fromEntries(properties), ...(required.length > 0 ? { required } : {}), ...(others === undefined ? {} : { additionalProperties: this.read(others, place) }) };
  }
}

/** JSON has no `undefined`: such a field may be missing. */
const isMissing = (type: TypeTree): boolean => type.kind === 'word' && type.word === 'undefined';

/** Of a union of texts. */
function namesIn(type: TypeTree): readonly string[] | undefined {
  const parts = type.kind === 'union' ? type.parts : [type];
  const names = parts.flatMap((one) => (one.kind === 'literal' && typeof one.value === 'string' ? [one.value] : []));
  return names.length === parts.length ? names : undefined;
}
