/**
 * A protocol as forms need it: lenient, with what it extends folded in and `$ref` resolved. What is broken is taken for "any value";
 * the compiler, not this, says what is wrong.
 */
import type { Json, JsonObject } from '../json/json';
import { BUILT_IN_PROTOCOLS } from '../protocols/built-in';
import type { ValueSchema } from '../schema/value-schema';
import { findJson, isList, protocolPath, type ProjectDocument } from './document';
import { isObject } from '../json/is-object';

export type OperationView = {
  readonly name: string;
  readonly kind: 'call' | 'cast' | 'stream';
  readonly doc: string;
  readonly input: ValueSchema;
  readonly output: ValueSchema;
  readonly errors: readonly string[];
  readonly isIdempotent: boolean;
  /** A handler may leave it out. */
  readonly isOptional: boolean;
  /** An input to begin with, where the protocol gives one. */
  readonly example?: Json;
};

/** Those that somebody who begins to write answers begins with: all that are answered, but for streams that may be left out. */
export const wantsAnswer = ({ kind, isOptional }: OperationView): boolean => kind === 'call' || (kind === 'stream' && !isOptional);

/** More levels than this are no protocol that people write. */
const DEEPEST = 32;
/** Parts of a schema with its references written out; those that name each other twice have more than can be shown. */
const MOST_PARTS = 5000;

export function findProtocol(document: ProjectDocument, name: string): JsonObject | undefined {
  const own = findJson(document, protocolPath(name));
  const value = own ?? (Object.hasOwn(BUILT_IN_PROTOCOLS, name) ? BUILT_IN_PROTOCOLS[name] : undefined);
  return isObject(value) ? value : undefined;
}

/** Own operations after those of what is extended. */
export function listOperations(document: ProjectDocument, protocol: string): readonly OperationView[] {
  // What has been read for one that extends it: what a stranger draws in diamonds has 2^n ways.
  const known = new Map<string, ReadonlyMap<string, OperationView>>();
  const read = (one: string, below: readonly string[]): ReadonlyMap<string, OperationView> => {
    const before = known.get(one);
    const file = findProtocol(document, one);
    if (before || !file || below.includes(one)) return before ?? new Map();
    const found = new Map<string, OperationView>();
    for (const base of isList(file['extends']) ? file['extends'] : []) if (typeof base === 'string') for (const [name, operation] of read(base, [...below, one])) found.set(name, operation);
    const operations = isObject(file['operations']) ? file['operations'] : {};
    for (const [name, raw] of Object.entries(operations)) if (isObject(raw)) found.set(name, viewOperation(document, one, name, raw));
    known.set(one, found);
    return found;
  };
  return [...read(protocol, []).values()];
}

function viewOperation(document: ProjectDocument, protocol: string, name: string, raw: JsonObject): OperationView {
  const example = raw['example'];
  const input = isObject(example) && Object.hasOwn(example, 'input') && Object.hasOwn(example, 'output') ? example['input'] : example;
  return {
    name,
    kind: raw['kind'] === 'cast' || raw['kind'] === 'stream' ? raw['kind'] : 'call',
    doc: typeof raw['doc'] === 'string' ? raw['doc'] : '',
    input: resolveSchema(document, protocol, raw['input'], { depth: 0, parts: { left: MOST_PARTS } }),
    output: resolveSchema(document, protocol, raw['output'], { depth: 0, parts: { left: MOST_PARTS } }),
    errors: isList(raw['errors']) ? raw['errors'].filter((one) => typeof one === 'string') : [],
    isIdempotent: raw['idempotent'] === true,
    isOptional: raw['optional'] === true,
    ...(input === undefined ? {} : { example: input }),
  };
}

/** The schema without references; one that leads nowhere, or back to itself, accepts any value. */
function resolveSchema(document: ProjectDocument, protocol: string, raw: Json | undefined, { depth, parts }: { readonly depth: number; readonly parts: { left: number } }): ValueSchema {
  parts.left -= 1;
  if (!isObject(raw) || depth > DEEPEST || parts.left < 0) return {};
  const deeper = { depth: depth + 1, parts };
  const ref = raw['$ref'];
  if (typeof ref === 'string') {
    const found = /^(?:([A-Za-z0-9]+)\.json)?#\/definitions\/([^/]+)$/.exec(ref);
    const owner = found?.[1] ?? protocol;
    const definitions = findProtocol(document, owner)?.['definitions'];
    return found && isObject(definitions) ? resolveSchema(document, owner, definitions[found[2]!], deeper) : {};
  }
  const inner = (value: Json | undefined): ValueSchema => resolveSchema(document, protocol, value, deeper);
  const { properties, items, anyOf, additionalProperties } = raw;
  return {
    ...(raw as ValueSchema),
    ...(isObject(properties) ? { properties: Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, inner(value)])) } : {}),
    ...(isObject(items) ? { items: inner(items) } : {}),
    ...(isList(anyOf) ? { anyOf: anyOf.map(inner) } : {}),
    ...(isObject(additionalProperties) ? { additionalProperties: inner(additionalProperties) } : {}),
  };
}
