/**
 * What a handler file may reach, as TypeScript declarations made of the drawing (contract section 2): `self` with the ports of the
 * nodes that use the file, their declared errors, and for each provided protocol what its export has to be. Pure; the editor's
 * language service reads it, and nothing runs it.
 *
 * Everything is in the namespace `Prismatic`, so that a file may use all its own names; `Self` is at the top for those who write types.
 */
import type { Json } from '../json/json';
import { joinUnion, typeDoc, typeKey, typeOfSchema, typeOfValue } from '../schema/type-of-schema';
import { viewDesign, type DesignView, type NodeView } from './design-view';
import { designOf, type ProjectDocument } from './document';
import { isObject } from '../json/is-object';
import { findProtocol, listOperations, type OperationView } from './protocol-view';

/** What nothing is known of, in the text that a handler's author sees. In our own code there is none. */
const ANY = 'any';

export type HandlerTypes = {
  /** Declarations without imports. */
  readonly text: string;
  /** Protocols that the file has an export for: `Prismatic.Provides_<name>` is its type. */
  readonly provides: readonly string[];
};

const API = `
type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
/** What a call throws that got no answer. */
interface CallError extends Error {
  /** \`timeout\`, \`noproc\` (nobody runs there), \`callee_exit\`, \`noconnection\` (host lost), \`overloaded\` (mailbox full), \`invalid\` (schema), or a declared error. */
  code: 'timeout' | 'noproc' | 'callee_exit' | 'noconnection' | 'overloaded' | 'invalid' | (string & {});
  node?: string;
  data?: ${ANY};
}
`;

/** Nodes whose handler the file is, in tree order. */
export function listUsers(document: ProjectDocument, file: string): readonly NodeView[] {
  const view = viewDesign(designOf(document));
  return view.order.map((id) => view.nodes.get(id)!).filter((node) => node.behaviour === 'code' && isObject(node.raw['behaviour']) && node.raw['behaviour']['file'] === file);
}

/** A protocol may have the name of one of our own types. */
const OWN_NAMES: ReadonlySet<string> = new Set(['Json', 'CallError', 'Self', 'Args']);
const callerName = (protocol: string): string => (OWN_NAMES.has(protocol) ? `${protocol}_` : protocol);

export function handlerTypes(document: ProjectDocument, file: string): HandlerTypes {
  const users = listUsers(document, file);
  const provides = [...new Set(users.flatMap((node) => node.provides))].filter((name) => findProtocol(document, name));
  const protocols = [...new Set([...provides, ...users.flatMap((node) => node.requires.map(({ protocol }) => protocol))])];
  const operations = new Map(protocols.map((name) => [name, listOperations(document, name)]));
  const provided = provides.flatMap((name) => operations.get(name) ?? []);
  const lines = [
    API,
    ...[...operations].filter(([name]) => findProtocol(document, name)).map(([name, list]) => callerType(name, list, docOf(document, name))),
    selfType(users, provided, operations),
    `/** The arguments of the node, as the design has them. */\ntype Args = ${argsType(users, viewDesign(designOf(document)))};`,
    ...provides.map((name) => providerType(name, operations.get(name) ?? [], docOf(document, name))),
  ];
  return { text: `declare namespace Prismatic {\n${lines.join('\n')}\n}\n/** All that a handler can reach. */\ntype Self = Prismatic.Self;\n`, provides };
}

function docOf(document: ProjectDocument, protocol: string): string | undefined {
  const doc = findProtocol(document, protocol)?.['doc'];
  return typeof doc === 'string' ? doc : undefined;
}

/** An answer of `null` may also be no answer at all. */
const answerType = ({ kind, output }: OperationView): string => {
  const type = kind === 'cast' ? 'null' : typeOfSchema(output);
  return type === 'null' ? 'null | void' : type;
};

const operationDoc = ({ kind, doc, errors }: OperationView): string => typeDoc([`${kind}.`, doc, errors.length > 0 ? `May answer with ${errors.join(', ')}.` : ''].filter(Boolean).join(' '));

/** What a caller gets: the items of a stream come one by one, and are read once. */
const answeredType = ({ kind, output }: OperationView): string => (kind === 'stream' ? `AsyncIterable<${typeOfSchema(output)}>` : `Promise<${kind === 'cast' ? 'null' : typeOfSchema(output)}>`);

function callerType(name: string, operations: readonly OperationView[], doc: string | undefined): string {
  const members = operations.map((one) => `  ${operationDoc(one)}${typeKey(one.name)}(input${acceptsNothing(one) ? '?' : ''}: ${typeOfSchema(one.input)}): ${answeredType(one)};`);
  return `${typeDoc(doc)}interface ${callerName(name)} {\n${members.join('\n')}\n}`;
}

/** Whether the operation can be called with nothing in hand. */
const acceptsNothing = ({ input }: OperationView): boolean => input.type === undefined || input.type === 'null';

/** Members are methods on purpose: a person may name a narrower input than the schema does. Others than the protocol's are theirs. */
function providerType(name: string, operations: readonly OperationView[], doc: string | undefined): string {
  const members = operations.map((one) => {
    return `  ${operationDoc(one)}${typeKey(one.name)}${one.isOptional ? '?' : ''}(input: ${typeOfSchema(one.input)}, self: Self): ${givenType(one)};`;
  });
  return `${typeDoc(doc)}interface Provides_${name} {\n${members.join('\n')}\n  [other: string]: unknown;\n}`;
}

/** What a provider gives: a stream is whatever can be iterated, most often a generator. */
function givenType(operation: OperationView): string {
  if (operation.kind === 'stream') {
    const items = typeOfSchema(operation.output);
    return `AsyncIterable<${items}> | Iterable<${items}> | Promise<Iterable<${items}>>`;
  }
  const answer = answerType(operation);
  return answer === 'any' ? 'any' : `${answer} | Promise<${answer}>`;
}

function selfType(users: readonly NodeView[], provided: readonly OperationView[], operations: ReadonlyMap<string, readonly OperationView[]>): string {
  const errors = [...new Set(provided.flatMap((one) => one.errors))];
  // What it sends to itself has no answer, and a stream is one.
  const own = [...new Set(provided.filter(({ kind }) => kind !== 'stream').map(({ name }) => name))];
  return `/** All that a handler can reach. */
interface Self {
  /** What the agent keeps from message to message: JSON data. It is lost with the process. */
  state: ${ANY};
  /** Ports: \`self.use.<port>.<operation>(input)\`. */
  readonly use: ${useType(users, operations)};
  /** A declared error to throw: it answers the caller, and is no crash. */
  error(name: ${errors.length === 0 ? 'string' : errors.map((one) => JSON.stringify(one)).join(' | ')}, data?: ${ANY}): Error;
  /** Ends the process after this message. */
  stop(reason?: string): void;
  /** Sends an operation to itself after \`ms\` milliseconds; answers the timer's id. Timers end with the process. */
  after(ms: number, operation: ${own.length === 0 ? 'string' : own.map((one) => JSON.stringify(one)).join(' | ')}, input?: ${ANY}): string;
  cancel(timer: string): void;
  /** Time of this turn, in milliseconds since 1970. */
  now(): number;
  /** From 0 up to, but not, 1; the same in every run with the same seed. */
  random(): number;
  readonly log: { debug(text: string | object): void; info(text: string | object): void; warn(text: string | object): void; error(text: string | object): void };
  readonly id: string;
  readonly name: string;
  /** How many processes of this node there were, this one counted. */
  readonly incarnation: number;
}`;
}

/** A port that only some of the file's nodes have may be missing. */
function useType(users: readonly NodeView[], operations: ReadonlyMap<string, readonly OperationView[]>): string {
  const ports = new Map<string, Set<string>>();
  for (const { requires } of users) for (const { port, protocol } of requires) ports.set(port, (ports.get(port) ?? new Set()).add(protocol));
  if (users.length === 0) return `{ readonly [port: string]: ${ANY} }`;
  const fields = [...ports].map(([port, protocols]) => {
    const isEverywhere = users.every(({ requires }) => requires.some((one) => one.port === port));
    const type = joinUnion([...protocols].map((name) => ((operations.get(name)?.length ?? 0) > 0 ? callerName(name) : 'any')));
    return `readonly ${typeKey(port)}${isEverywhere ? '' : '?'}: ${type}`;
  });
  return `{ ${fields.join('; ')} }`;
}

/** Copies of a template get theirs from whoever starts them. */
function argsType(users: readonly NodeView[], { nodes }: DesignView): string {
  if (users.some(({ parent }) => parent !== undefined && nodes.get(parent)?.strategy === 'simple_one_for_one')) return 'any';
  const args = users.map(({ raw }): Json | undefined => (isObject(raw['behaviour']) ? raw['behaviour']['args'] : undefined));
  return args.length === 0 ? 'any' : joinUnion(args.map((one) => (one === undefined ? 'undefined' : widen(one))));
}

/** Another value of the same shape is as likely as this one: words stay words, so that they can be told apart. */
const widen = (value: Json): string => (typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : isObject(value) ? `{ ${Object.entries(value).map(([name, inner]) => `${typeKey(name)}: ${widen(inner)}`).join('; ')} }` : typeOfValue(value));
