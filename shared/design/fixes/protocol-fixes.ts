/** Names of protocols and operations that are not there, and kinds of operations that cannot be. */
import { nearest } from '../../errors/nearest';
import { listKnownProtocols } from '../count-uses';
import { viewDesign } from '../design-view';
import { designOf, findJson, isList, protocolPath, type ProjectDocument } from '../document';
import { addOperation, addProtocol, setPortProtocol, setProtocolField, setProvides } from '../edits/protocol-edits';
import { setNodeField } from '../edits/node-edits';
import { viewProtocol } from '../protocol-form';
import { textOf, type Fix, type Fixer, type Fixers } from './fix-value';

const unknownProtocol: Fixer = ({ at, got }, document) => {
  const { node, field } = at;
  const name = textOf(got);
  if (node === undefined || field === undefined) return [];
  const near = nearest(name, listKnownProtocols(document));
  const add: Fix = { label: `Add protocol ${name}`, make: (now) => addProtocol(now, name) };
  return near === undefined ? [add] : [{ label: `Write ${near}`, make: (now) => useInstead(now, node, field, name, near) }, add];
};

function useInstead(document: ProjectDocument, node: string, field: string, name: string, next: string): ReturnType<Fix['make']> {
  const port = /^requires\.(.+)$/.exec(field)?.[1];
  if (port !== undefined) return setPortProtocol(document, node, port, next);
  const provides = viewDesign(designOf(document)).nodes.get(node)?.provides ?? [];
  return setProvides(document, node, [...new Set(provides.map((one) => (one === name ? next : one)))]);
}

const outOf = (document: ProjectDocument, node: string): string | undefined => viewDesign(designOf(document)).nodes.get(node)?.requires.find(({ port }) => port === 'out')?.protocol;

const unknownOperation: Fixer = ({ at, got }, document) => {
  const { node, field } = at;
  const protocol = node === undefined ? undefined : outOf(document, node);
  const view = protocol === undefined ? undefined : viewProtocol(document, protocol);
  if (node === undefined || field === undefined || protocol === undefined || !view) return [];
  const names = view.operations.map(({ name }) => name);
  const wanted = textOf(got);
  const meant = nearest(wanted, names) ?? (names.length === 1 ? names[0] : undefined);
  const write: readonly Fix[] = meant === undefined ? [] : [{ label: `Write ${meant}`, make: (now) => setNodeField(now, node, [field], meant) }];
  return [...write, ...(view.isBuiltIn ? [] : [{ label: `Add ${protocol}.${wanted}`, make: (now: ProjectDocument) => addOperation(now, protocol, wanted) }])];
};

/** The operation stands in the protocol itself, or in what it extends. */
function makeCallOf(document: ProjectDocument, protocol: string, operation: unknown): readonly Fix[] {
  const found = viewProtocol(document, protocol)?.operations.find(({ name }) => name === operation);
  if (!found) return [];
  const holder = found.from ?? protocol;
  return [{ label: `Make ${holder}.${found.name} a call`, make: (now) => setProtocolField(now, holder, ['operations', found.name, 'kind'], 'call') }];
}

const senderNeedsCall: Fixer = ({ at }, document) => {
  const { node, field } = at;
  const protocol = node === undefined ? undefined : outOf(document, node);
  const operation = node === undefined || field === undefined ? undefined : viewDesign(designOf(document)).nodes.get(node)?.raw[field];
  return protocol === undefined ? [] : makeCallOf(document, protocol, operation);
};

const humanNeedsCall: Fixer = ({ at, got }, document) => {
  const provides = at.node === undefined ? [] : (viewDesign(designOf(document)).nodes.get(at.node)?.provides ?? []);
  return provides.flatMap((protocol) => makeCallOf(document, protocol, got)).slice(0, 1);
};

const nameOf = (file: string): string | undefined => /^protocols\/(.+)\.json$/.exec(file)?.[1];

const unknownBase: Fixer = ({ at, got }, document) => {
  const name = nameOf(at.file);
  const base = textOf(got);
  const bases = name === undefined ? undefined : findJson(document, protocolPath(name));
  const list = bases !== undefined && bases !== null && typeof bases === 'object' && !Array.isArray(bases) ? (bases as { readonly extends?: unknown }).extends : undefined;
  if (name === undefined || !Array.isArray(list)) return [];
  const near = nearest(base, listKnownProtocols(document).filter((one) => one !== name));
  const withBases = (next: readonly string[]): Fix['make'] => (now) => setProtocolField(now, name, ['extends'], next.length === 0 ? undefined : next);
  const others = (list as readonly unknown[]).filter((one): one is string => typeof one === 'string');
  return [
    ...(near === undefined ? [] : [{ label: `Write ${near}`, make: withBases(others.map((one) => (one === base ? near : one))) }]),
    { label: `Extend ${base} no more`, make: withBases(others.filter((one) => one !== base)) },
  ];
};

const extendsItself: Fixer = ({ at }) => {
  const name = nameOf(at.file);
  return name === undefined ? [] : [{ label: 'Extend nothing', make: (now) => setProtocolField(now, name, ['extends'], undefined) }];
};

const makeCall: Fixer = ({ at }) => {
  const name = nameOf(at.file);
  const operation = /^operations\.([^.]+)/.exec(at.field ?? '')?.[1];
  return name === undefined || operation === undefined ? [] : [{ label: 'Make it a call', make: (now) => setProtocolField(now, name, ['operations', operation, 'kind'], 'call') }];
};

const toolNeedsCall: Fixer = ({ at }, document) => {
  const protocol = nameOf(at.file);
  return protocol === undefined ? [] : makeCallOf(document, protocol, /^operations\.([^.]+)/.exec(at.field ?? '')?.[1]);
};

/** In the order in which they are meant: a model says text. */
const modelSaysText: Fixer = (diagnostic, document) => {
  const protocol = nameOf(diagnostic.at.file);
  const operation = /^operations\.([^.]+)/.exec(diagnostic.at.field ?? '')?.[1];
  const found = protocol === undefined ? undefined : viewProtocol(document, protocol)?.operations.find(({ name }) => name === operation);
  if (protocol === undefined || !found) return [];
  const holder = found.from ?? protocol;
  return [{ label: `Make ${holder}.${found.name} a stream of texts`, make: (now) => setProtocolField(now, holder, ['operations', found.name, 'output'], { type: 'string' }) }, ...makeCallOf(document, protocol, operation)];
};

const takeExample: Fixer = ({ at }) => {
  const name = nameOf(at.file);
  const operation = /^operations\.([^.]+)\.example/.exec(at.field ?? '')?.[1];
  return name === undefined || operation === undefined ? [] : [{ label: 'Take the example away', make: (now) => setProtocolField(now, name, ['operations', operation, 'example'], undefined) }];
};

const clearErrors: Fixer = ({ at }, document) => {
  const name = nameOf(at.file);
  const operation = /^operations\.([^.]+)/.exec(at.field ?? '')?.[1];
  if (name === undefined || operation === undefined) return [];
  const errors = viewProtocol(document, name)?.operations.find((one) => one.name === operation)?.raw['errors'];
  const names = isList(errors) ? errors.filter((one) => typeof one === 'string') : typeof errors === 'string' ? [errors] : [];
  return [{ label: names.length === 0 ? 'Declare no errors' : `Declare ${names.join(', ')}`, make: (now) => setProtocolField(now, name, ['operations', operation, 'errors'], names.length === 0 ? undefined : names) }];
};

export const protocolFixes: Fixers = { PRO003: makeCall, PRO008: unknownBase, PRO009: extendsItself, PRO011: takeExample, PRO012: clearErrors, PRO013: unknownProtocol, PRO014: unknownOperation, PRO015: senderNeedsCall, PRO019: senderNeedsCall, HUM009: humanNeedsCall, MCP004: toolNeedsCall, MDL029: modelSaysText };
