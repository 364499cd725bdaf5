/** Wires that lead nowhere, and ports that are not wired. */
import type { Diagnostic } from '../../errors/diagnostic';
import { nearest } from '../../errors/nearest';
import { DESIGN_FILE } from '../project-files';
import { viewDesign, type DesignView, type NodeView } from '../design-view';
import { designOf, type ProjectDocument } from '../document';
import { Editing } from '../edits/editing';
import { addPort, renamePort, setProvides } from '../edits/protocol-edits';
import { setNodeField } from '../edits/node-edits';
import { connect, deleteWires } from '../edits/wire-edits';
import { findTemplateAbove } from '../template-above';
import { textOf, type Fix, type Fixer, type Fixers } from './fix-value';

const viewOf = (document: ProjectDocument): DesignView => viewDesign(designOf(document));
const placeOf = ({ at }: Diagnostic): number | undefined => {
  const found = /^wires\.(\d+)/.exec(at.field ?? '')?.[1];
  return found === undefined ? undefined : Number(found);
};

const setEnd = (index: number, end: 'from' | 'to', value: string): Fix => ({
  label: `Write ${value}`,
  make: (document) => {
    const editing = new Editing(document);
    if (editing.at(DESIGN_FILE, ['wires', index]) === undefined) return undefined;
    editing.set(DESIGN_FILE, ['wires', index, end], value);
    return editing.finish(`wire ${end} ${value}`);
  },
});
const takeWire = (index: number): Fix => ({ label: 'Delete the wire', make: (document) => deleteWires(document, [index]) });

/** A port takes one wire; a router's as many as there are. */
const isFree = (view: DesignView, node: string, port: string): boolean => view.nodes.get(node)?.kind === 'router' || !view.wires.some(({ from }) => from.node === node && from.port === port);

/** Of a design, by protocol; hundreds of open ports ask for the same. */
const providers = new WeakMap<DesignView, Map<string | undefined, readonly string[]>>();

/** Nodes that answer a protocol. */
function listProviders(view: DesignView, protocol: string | undefined): readonly string[] {
  const byProtocol = providers.get(view) ?? new Map<string | undefined, readonly string[]>();
  providers.set(view, byProtocol);
  const speaks = ({ kind, provides }: NodeView): boolean => (protocol === undefined ? kind !== 'supervisor' : provides.includes(protocol));
  const found = byProtocol.get(protocol) ?? view.order.filter((id) => speaks(view.nodes.get(id)!) && findTemplateAbove(view, id) === undefined);
  byProtocol.set(protocol, found);
  return found;
}

/** The one that a name was meant for comes first. */
function providersOf(view: DesignView, protocol: string | undefined, meant: string): readonly string[] {
  const all = listProviders(view, protocol);
  const near = meant === '' ? undefined : nearest(meant, all);
  return near === undefined ? all : [near, ...all.filter((id) => id !== near)];
}

/** One or two are offered as buttons; of more, a person draws the wire. */
const FEW = 2;

const badBegin: Fixer = (problem, document) => {
  const index = placeOf(problem);
  if (index === undefined) return [];
  const [node = '', port = ''] = textOf(problem.got).split('.', 2);
  const view = viewOf(document);
  const near = nearest(node, view.order.filter((id) => view.nodes.get(id)!.requires.some((one) => one.port === port) && isFree(view, id, port)));
  return [...(near === undefined ? [] : [setEnd(index, 'from', `${near}.${port}`)]), takeWire(index)];
};

const badPort: Fixer = (problem, document) => {
  const index = placeOf(problem);
  const view = viewOf(document);
  const wire = view.wires.find((one) => one.index === index);
  const caller = wire && view.nodes.get(wire.from.node);
  if (index === undefined || !wire || !caller) return index === undefined ? [] : [takeWire(index)];
  const { port } = wire.from;
  const near = nearest(port, caller.requires.map((one) => one.port).filter((one) => isFree(view, caller.id, one)));
  const [protocol] = view.nodes.get(wire.to)?.provides ?? [];
  const add: readonly Fix[] = protocol === undefined ? [] : [{ label: `Add the port ${port}`, make: (now) => addPort(now, caller.id, port, protocol) }];
  return [...(near === undefined ? [] : [setEnd(index, 'from', `${caller.id}.${near}`)]), ...add, takeWire(index)];
};

const badEnd: Fixer = (problem, document) => {
  const index = placeOf(problem);
  if (index === undefined) return [];
  const view = viewOf(document);
  const wire = view.wires.find((one) => one.index === index);
  const others = providersOf(view, wire?.protocol, textOf(wire?.to)).filter((id) => id !== wire?.from.node);
  const isClear = others.length > 0 && (others.length <= FEW || nearest(textOf(wire?.to), others) !== undefined);
  return [...(isClear ? [setEnd(index, 'to', others[0]!)] : []), takeWire(index)];
};

const openPort: Fixer = ({ at, got }, document) => {
  const { node } = at;
  const port = textOf(got);
  const view = viewOf(document);
  const protocol = node === undefined ? undefined : view.nodes.get(node)?.requires.find((one) => one.port === port)?.protocol;
  if (node === undefined || protocol === undefined) return [];
  const all = listProviders(view, protocol);
  if (all.length > FEW + 1) return [];
  const others = all.filter((id) => id !== node);
  return others.length > FEW ? [] : others.map((to) => ({ label: `Wire it to ${to}`, make: (now) => connect(now, { from: node, port, to }) }));
};

/** A beginning in two words is clear; all else that is no wire is not guessed at. */
const noWire: Fixer = (problem, document) => {
  const index = placeOf(problem);
  if (index === undefined) return [];
  const words = Array.isArray(problem.got) ? (problem.got as readonly unknown[]).map(textOf) : [];
  const [node = '', port = ''] = words;
  const isPort = words.length === 2 && viewOf(document).nodes.get(node)?.requires.some((one) => one.port === port) === true;
  return [...(isPort && /\.from$/.test(problem.at.field ?? '') ? [setEnd(index, 'from', `${node}.${port}`)] : []), takeWire(index)];
};

const temporaryProvider: Fixer = ({ got }) => {
  const id = textOf(got);
  return [{ label: `Make ${id} transient`, make: (document) => setNodeField(document, id, ['restart'], 'transient') }];
};

/** Routers, sources and timers send over `out`: what the only providers speak, one button each. */
const noOut: Fixer = ({ at }, document) => {
  const { node } = at;
  if (node === undefined) return [];
  const view = viewOf(document);
  const [only, ...more] = view.nodes.get(node)?.requires ?? [];
  const rename: readonly Fix[] = only && more.length === 0 ? [{ label: `Rename ${only.port} to out`, make: (now) => renamePort(now, node, only.port, 'out') }] : [];
  const own = view.nodes.get(node)?.provides ?? [];
  const spoken = [...new Set([...own, ...view.order.filter((id) => id !== node).flatMap((id) => view.nodes.get(id)!.provides)])];
  return [...rename, ...spoken.slice(0, FEW).map((protocol) => ({ label: `Require ${protocol}`, make: (now: ProjectDocument) => addPort(now, node, 'out', protocol) }))];
};

const routerProvides: Fixer = ({ at }, document) => {
  const { node } = at;
  const out = node === undefined ? undefined : viewOf(document).nodes.get(node)?.requires.find(({ port }) => port === 'out')?.protocol;
  return node === undefined || out === undefined ? [] : [{ label: `Provide ${out}`, make: (now) => setProvides(now, node, [out]) }];
};

const manyWires: Fixer = ({ at }, document) => {
  const { node } = at;
  const port = /^requires\.(.+)$/.exec(at.field ?? '')?.[1];
  const [first, ...others] = viewOf(document).wires.filter(({ from }) => from.node === node && from.port === port);
  return first === undefined || others.length === 0 ? [] : [{ label: `Keep the one to ${first.to}`, make: (now) => deleteWires(now, others.map(({ index }) => index)) }];
};

export const wireFixes: Fixers = { WIR001: badBegin, WIR002: badPort, WIR003: badEnd, WIR004: badEnd, WIR005: openPort, WIR006: temporaryProvider, WIR007: noWire, WIR008: noOut, WIR009: routerProvides, WIR010: manyWires, WIR012: badEnd };
