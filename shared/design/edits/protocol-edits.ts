/** Edits of protocols, and of what nodes provide and require. */
import { DESIGN_FILE } from '../project-files';
import { viewDesign } from '../design-view';
import { designOf, findJson, isList, protocolNamesOf, protocolPath, type ProjectDocument } from '../document';
import { isObject } from '../../json/is-object';
import { PORT_NAME, PROTOCOL_NAME, RESERVED_OPERATIONS } from '../../ids';
import type { Json, JsonObject } from '../../json/json';
import type { Edit, JsonPath } from './edit';
import { Editing } from './editing';
import { renameKey } from './node-edits';

const EMPTY_OPERATION = { kind: 'call', input: { type: 'object', properties: {} }, output: { type: 'object', properties: {} } };

export function addProtocol(document: ProjectDocument, name: string, operation = 'handle'): Edit | string {
  if (!PROTOCOL_NAME.test(name)) return 'a protocol has letters and digits, and begins with a capital';
  if (protocolNamesOf(document).includes(name)) return `there is a protocol ${name} already`;
  const editing = new Editing(document);
  editing.file(protocolPath(name), { kind: 'json', value: { doc: '', operations: { [operation]: EMPTY_OPERATION } } });
  return editing.finish(`add protocol ${name}`)!;
}

/** The file goes; nodes that speak of it keep doing so, and the check says so. */
export function deleteProtocol(document: ProjectDocument, name: string): Edit | undefined {
  const editing = new Editing(document);
  editing.file(protocolPath(name), undefined);
  return editing.finish(`delete protocol ${name}`);
}

/** Another name, everywhere in the design. Handler files keep theirs: the check names each export to rename. */
export function renameProtocol(document: ProjectDocument, name: string, next: string): Edit | string {
  if (!PROTOCOL_NAME.test(next)) return 'a protocol has letters and digits, and begins with a capital';
  if (protocolNamesOf(document).includes(next)) return `there is a protocol ${next} already`;
  const value = findJson(document, protocolPath(name));
  if (value === undefined) return `there is no protocol ${name}`;
  const editing = new Editing(document);
  editing.file(protocolPath(name), undefined);
  editing.file(protocolPath(next), { kind: 'json', value });
  for (const node of viewDesign(designOf(document)).nodes.values()) {
    if (node.provides.includes(name)) editing.set(DESIGN_FILE, ['nodes', node.id, 'provides'], node.provides.map((one) => (one === name ? next : one)));
    for (const { port, protocol } of node.requires) if (protocol === name) editing.set(DESIGN_FILE, ['nodes', node.id, 'requires', port], next);
  }
  for (const other of protocolNamesOf(document)) {
    const bases = editing.at(protocolPath(other), ['extends']);
    if (isList(bases) && bases.includes(name)) editing.set(protocolPath(other), ['extends'], bases.map((one) => (one === name ? next : one)));
  }
  return editing.finish(`rename protocol ${name} to ${next}`)!;
}

/** Any field of a protocol file, by its path; `undefined` takes it away. */
export function setProtocolField(document: ProjectDocument, name: string, path: JsonPath, value: Json | undefined, group?: string): Edit | undefined {
  const editing = new Editing(document);
  if (!isObject(editing.json(protocolPath(name)))) return undefined;
  for (let depth = 1; depth < path.length; depth += 1) if (editing.at(protocolPath(name), path.slice(0, depth)) === undefined) editing.set(protocolPath(name), path.slice(0, depth), {});
  editing.set(protocolPath(name), path, value);
  return editing.finish(`change protocol ${name}`, group);
}

const refuseOperation = (operations: JsonObject, next: string): string | undefined => {
  if (!PORT_NAME.test(next) || RESERVED_OPERATIONS.has(next)) return 'an operation has letters and digits, begins with a small letter, and is not init, terminate or default';
  return Object.hasOwn(operations, next) ? `there is an operation ${next} already` : undefined;
};

export function addOperation(document: ProjectDocument, protocol: string, operation: string): Edit | string {
  const operations = operationsOf(document, protocol);
  const refusal = refuseOperation(operations, operation);
  return refusal ?? setProtocolField(document, protocol, ['operations', operation], EMPTY_OPERATION) ?? `there is no protocol ${protocol}`;
}

export function renameOperation(document: ProjectDocument, protocol: string, operation: string, next: string): Edit | string {
  const refusal = refuseOperation(operationsOf(document, protocol), next);
  if (refusal !== undefined) return refusal;
  const editing = new Editing(document);
  renameKey(editing, protocolPath(protocol), ['operations'], operation, next);
  return editing.finish(`rename ${protocol}.${operation} to ${next}`)!;
}

function operationsOf(document: ProjectDocument, protocol: string): JsonObject {
  const file = findJson(document, protocolPath(protocol));
  return isObject(file) && isObject(file['operations']) ? file['operations'] : {};
}

/** What a node provides, in order. */
export function setProvides(document: ProjectDocument, node: string, provides: readonly string[]): Edit | undefined {
  const editing = new Editing(document);
  editing.set(DESIGN_FILE, ['nodes', node, 'provides'], provides);
  return editing.finish(`${node} provides ${provides.join(', ') || 'nothing'}`);
}

export function addPort(document: ProjectDocument, node: string, port: string, protocol: string): Edit | string {
  const raw = viewDesign(designOf(document)).nodes.get(node);
  if (!raw) return `there is no node ${node}`;
  if (!PORT_NAME.test(port) || RESERVED_OPERATIONS.has(port)) return 'a port has letters and digits, begins with a small letter, and is not init, terminate or default';
  if (raw.requires.some((one) => one.port === port)) return `${node} has a port ${port} already`;
  const editing = new Editing(document);
  if (!isObject(raw.raw['requires'])) editing.set(DESIGN_FILE, ['nodes', node, 'requires'], {});
  editing.set(DESIGN_FILE, ['nodes', node, 'requires', port], protocol);
  return editing.finish(`${node}.${port} requires ${protocol}`)!;
}

/** The port goes with its wires. */
export function deletePort(document: ProjectDocument, node: string, port: string): Edit | undefined {
  const view = viewDesign(designOf(document));
  const editing = new Editing(document);
  for (const wire of view.wires.toReversed()) if (wire.from.node === node && wire.from.port === port) editing.splice(DESIGN_FILE, ['wires'], wire.index, 1);
  editing.set(DESIGN_FILE, ['nodes', node, 'requires', port], undefined);
  return editing.finish(`delete port ${node}.${port}`);
}

export function setPortProtocol(document: ProjectDocument, node: string, port: string, protocol: string): Edit | undefined {
  const editing = new Editing(document);
  editing.set(DESIGN_FILE, ['nodes', node, 'requires', port], protocol);
  return editing.finish(`${node}.${port} requires ${protocol}`);
}

export function renamePort(document: ProjectDocument, node: string, port: string, next: string): Edit | string {
  const view = viewDesign(designOf(document));
  if (!PORT_NAME.test(next) || RESERVED_OPERATIONS.has(next)) return 'a port has letters and digits, begins with a small letter, and is not init, terminate or default';
  if (view.nodes.get(node)?.requires.some((one) => one.port === next)) return `${node} has a port ${next} already`;
  const editing = new Editing(document);
  renameKey(editing, DESIGN_FILE, ['nodes', node, 'requires'], port, next);
  for (const wire of view.wires) if (wire.from.node === node && wire.from.port === port) editing.set(DESIGN_FILE, ['wires', wire.index, 'from'], `${node}.${next}`);
  return editing.finish(`rename port ${node}.${port} to ${next}`)!;
}
