/** A protocol as its form shows it: as it is written, references and all, with what it extends beside it. The compiler says what is wrong. */
import { BUILT_IN_PROTOCOLS } from '../protocols/built-in';
import type { Json, JsonObject } from '../json/json';
import { findJson, isList, protocolPath, type ProjectDocument } from './document';
import { isObject } from '../json/is-object';

export type OperationForm = {
  readonly name: string;
  readonly kind: 'call' | 'cast' | 'stream';
  readonly doc: string;
  readonly input: Json | undefined;
  readonly output: Json | undefined;
  readonly errors: readonly string[];
  readonly isIdempotent: boolean;
  readonly example: Json | undefined;
  /** The protocol that says it, where it is another one. */
  readonly from?: string;
  readonly raw: JsonObject;
};
export type ProtocolForm = {
  readonly name: string;
  readonly doc: string;
  readonly extends: readonly string[];
  readonly operations: readonly OperationForm[];
  /** It has no file: every project has it. */
  readonly isBuiltIn: boolean;
  readonly raw: JsonObject;
};

const texts = (value: Json | undefined): readonly string[] => (isList(value) ? value.filter((one) => typeof one === 'string') : []);
const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

export function rawProtocol(document: ProjectDocument, name: string): JsonObject | undefined {
  const own = findJson(document, protocolPath(name));
  if (isObject(own)) return own;
  const builtIn = Object.hasOwn(BUILT_IN_PROTOCOLS, name) ? BUILT_IN_PROTOCOLS[name] : undefined;
  return own === undefined && isObject(builtIn) ? builtIn : undefined;
}

export function viewProtocol(document: ProjectDocument, name: string): ProtocolForm | undefined {
  // What has been read for one that extends it: what a stranger draws in diamonds has 2^n ways.
  const known = new Map<string, ProtocolForm | undefined>();
  const view = (one: string, below: readonly string[]): ProtocolForm | undefined => {
    const raw = known.has(one) || below.includes(one) ? undefined : rawProtocol(document, one);
    if (!raw) return known.get(one);
    const bases = texts(raw['extends']);
    const operations = new Map<string, OperationForm>();
    for (const base of bases) for (const inherited of view(base, [...below, one])?.operations ?? []) operations.set(inherited.name, { ...inherited, from: inherited.from ?? base });
    for (const [operation, value] of Object.entries(isObject(raw['operations']) ? raw['operations'] : {})) operations.set(operation, viewOperation(operation, isObject(value) ? value : {}));
    const found = { name: one, doc: text(raw['doc']), extends: bases, operations: [...operations.values()], isBuiltIn: findJson(document, protocolPath(one)) === undefined, raw };
    known.set(one, found);
    return found;
  };
  return view(name, []);
}

function viewOperation(name: string, raw: JsonObject): OperationForm {
  const kind = raw['kind'] === 'cast' || raw['kind'] === 'stream' ? raw['kind'] : 'call';
  return { name, kind, doc: text(raw['doc']), input: raw['input'], output: raw['output'], errors: texts(raw['errors']), isIdempotent: raw['idempotent'] === true, example: raw['example'], raw };
}

/** What `$ref` names: `#/definitions/x` of the protocol itself, or `Other.json#/definitions/x`. */
export function findDefinition(document: ProjectDocument, protocol: string, ref: string): { readonly protocol: string; readonly name: string; readonly schema: Json } | undefined {
  const found = /^(?:([A-Za-z0-9]+)\.json)?#\/definitions\/([^/]+)$/.exec(ref);
  if (!found) return undefined;
  const [, other = protocol, name] = found;
  const definitions = rawProtocol(document, other)?.['definitions'];
  const schema = isObject(definitions) && Object.hasOwn(definitions, name!) ? definitions[name!] : undefined;
  return schema === undefined ? undefined : { protocol: other, name: name!, schema };
}
