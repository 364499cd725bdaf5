/** Edits of wires and their guards, and which wires can be drawn at all. */
import { DESIGN_FILE } from '../project-files';
import { viewDesign, type DesignView } from '../design-view';
import { findAnswering } from '../extended';
import { designOf, isList, type ProjectDocument } from '../document';
import { isObject } from '../../json/is-object';
import { fixedPortOf } from '../nodes/words';
import type { Json, JsonObject } from '../../json/json';
import type { Edit } from './edit';
import { Editing } from './editing';
import { findTemplateAbove } from '../template-above';
import { freeId } from './free-id';

/** `port` absent: the wire begins at the node itself, and gets a port of its own. */
export type WireEnds = { readonly from: string; readonly port?: string; readonly to: string };

/** Whether a node that provides these answers for a protocol: by its name, or as one that extends it. */
export type Answers = (provides: readonly string[], protocol: string) => boolean;
const byName: Answers = (provides, protocol) => provides.includes(protocol);
export const answersIn = (document: ProjectDocument): Answers => (provides, protocol) => findAnswering(document, provides, protocol) !== undefined;

/** Why a wire cannot be drawn, or nothing: said while the person still drags. */
export function refuseWire(view: DesignView, { from, port, to }: WireEnds, answers: Answers = byName): string | undefined {
  const [caller, provider] = [view.nodes.get(from), view.nodes.get(to)];
  if (!caller || !provider) return 'there is no such node';
  if (provider.kind === 'supervisor' && provider.strategy !== 'simple_one_for_one') return `${to} is a supervisor: it starts and restarts, and answers no calls`;
  if (caller.kind === 'supervisor') return `${from} is a supervisor: it calls nobody`;
  if (caller.kind === 'tool') return `${from} is a tool: it answers, and calls nobody`;
  if (caller.kind === 'sink') return `${from} is a sink: what it gets leaves the run`;
  if (from === to) return `${from} cannot call itself: it handles one message at a time`;
  const template = findTemplateAbove(view, to);
  if (template !== undefined) return `${to} belongs to the template of ${template}: only copies of it run, each under a name of its own`;
  if (provider.provides.length === 0) return `${to} provides no protocol`;
  const protocol = port === undefined ? undefined : caller.requires.find((one) => one.port === port)?.protocol;
  if (protocol !== undefined && !answers(provider.provides, protocol)) return `${from}.${port} requires ${protocol}, and ${to} provides ${provider.provides.join(', ')}`;
  const isTaken = port !== undefined && caller.kind !== 'router' && view.wires.some((wire) => wire.from.node === from && wire.from.port === port && wire.to === to);
  return isTaken ? `${from}.${port} is wired to ${to} already` : undefined;
}

/**
 * Draws a wire. A port that is wired already is wired anew (a router's gets one more); from the node itself, a port that requires
 * what the provider provides is used or made.
 */
export function connect(document: ProjectDocument, ends: WireEnds, answers = answersIn(document)): Edit | string {
  const view = viewDesign(designOf(document));
  const refusal = refuseWire(view, ends, answers);
  if (refusal !== undefined) return refusal;
  const editing = new Editing(document);
  const caller = view.nodes.get(ends.from)!;
  const provider = view.nodes.get(ends.to)!;
  const port = ends.port ?? choosePort(view, answers, ends);
  if (!caller.requires.some((one) => one.port === port)) {
    if (!isObject(caller.raw['requires'])) editing.set(DESIGN_FILE, ['nodes', caller.id, 'requires'], {});
    editing.set(DESIGN_FILE, ['nodes', caller.id, 'requires', port], provider.provides[0]);
    if (caller.kind === 'router' && caller.provides.length === 0) editing.set(DESIGN_FILE, ['nodes', caller.id, 'provides'], [provider.provides[0]!]);
  }
  if (!isList(editing.at(DESIGN_FILE, ['wires']))) editing.set(DESIGN_FILE, ['wires'], []);
  const before = caller.kind === 'router' ? undefined : view.wires.find((wire) => wire.from.node === caller.id && wire.from.port === port);
  if (before) editing.set(DESIGN_FILE, ['wires', before.index, 'to'], ends.to);
  else editing.splice(DESIGN_FILE, ['wires'], (editing.at(DESIGN_FILE, ['wires']) as readonly Json[]).length, 0, { from: `${caller.id}.${port}`, to: ends.to });
  return editing.finish(`wire ${caller.id}.${port} to ${ends.to}`) ?? 'that wire is there already';
}

function choosePort(view: DesignView, answers: Answers, { from, to }: WireEnds): string {
  const caller = view.nodes.get(from)!;
  const [protocol] = view.nodes.get(to)!.provides;
  const fixed = fixedPortOf(caller.kind);
  if (fixed !== undefined) return fixed;
  const isOpen = (port: string): boolean => !view.wires.some((wire) => wire.from.node === from && wire.from.port === port);
  const open = caller.requires.find((one) => answers(view.nodes.get(to)!.provides, one.protocol) && isOpen(one.port));
  if (open) return open.port;
  const stem = protocol!.charAt(0).toLowerCase() + protocol!.slice(1);
  return freeId(stem, (port) => caller.requires.some((one) => one.port === port)).replaceAll('-', '');
}

/** By places in `design.json`. */
export function deleteWires(document: ProjectDocument, indices: readonly number[]): Edit | undefined {
  const editing = new Editing(document);
  for (const index of [...new Set(indices)].toSorted((a, b) => b - a)) editing.splice(DESIGN_FILE, ['wires'], index, 1);
  return editing.finish(indices.length === 1 ? 'delete a wire' : `delete ${indices.length} wires`);
}

/** All guards of a wire, in the order in which a call meets them. */
export function setGuards(document: ProjectDocument, index: number, guards: readonly JsonObject[], { label = 'change the guards of a wire', group }: { readonly label?: string; readonly group?: string | undefined } = {}): Edit | undefined {
  const editing = new Editing(document);
  if (!isObject(editing.at(DESIGN_FILE, ['wires', index]))) return undefined;
  editing.set(DESIGN_FILE, ['wires', index, 'guards'], guards.length === 0 ? undefined : guards);
  return editing.finish(label, group);
}
