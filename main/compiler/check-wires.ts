/** Wires: both ends exist and speak the same protocol, every required port is wired once; and what sources and timers call is there. */
import { DESIGN_FILE } from '../../shared/design/project-files';
import type { ProcessNode } from '../../shared/design/nodes/node';
import { isDynamic, providedBy } from '../../shared/design/nodes/provided';
import { Allowance } from '../../shared/schema/compatible';
import { PORT_NAME, RESERVED_OPERATIONS } from '../../shared/ids';
import type { ProgramWire } from '../../shared/program/program';
import { checkAdapter } from './check-adapters';
import { checkCircles } from './check-circles';
import { checkGuards } from './check-guards';
import type { Problems } from './problems';
import { suggest } from './problems';
import type { ReadDesign, ReadWire } from './read-design';
import { answers, type Protocols, type ResolvedWire } from './resolved-wire';

type Parents = ReadonlyMap<string, string>;

/** `parents`: child to supervisor. `unread`: protocols that are there, and whose file is at fault. */
export function checkWires(design: ReadDesign, { parents, protocols, unread }: { readonly parents: Parents; readonly protocols: Protocols; readonly unread: ReadonlySet<string> }, problems: Problems): readonly ProgramWire[] {
  const allowance = new Allowance();
  const resolved = design.wires.flatMap((wire) => resolveWire(wire, { design, parents, protocols, unread, allowance }, problems));
  const wires = resolved.map(({ wire }) => wire);
  const context: Context = { design, protocols, unread, drawn: count(design.wires.map(({ from }) => from)), wired: count(wires.map(({ from }) => `${from.node}.${from.port}`)) };
  for (const [id, node] of design.nodes) if (node.kind !== 'supervisor') checkProcess(id, node, context, problems);
  checkCircles(resolved, protocols, problems);
  checkGuards(resolved, { design, protocols, unread }, problems);
  return wires;
}

function count(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function resolveWire(wire: ReadWire, { design, parents, ...known }: { readonly design: ReadDesign; readonly parents: Parents } & Known, problems: Problems): readonly ResolvedWire[] {
  const at = { file: DESIGN_FILE, field: `wires.${wire.index}` };
  const dot = wire.from.indexOf('.');
  const [node, port] = [wire.from.slice(0, dot), wire.from.slice(dot + 1)];
  const [from, to] = [design.nodes.get(node), design.nodes.get(wire.to)];
  if (dot < 1 || !from || from.kind === 'supervisor') {
    if (!design.notRun.has(node) && !design.unread.has(node)) problems.add({ code: 'WIR001', at, got: wire.from, message: `the wire begins at ${wire.from}, and ${dot < 1 ? 'that names no port' : `${node} ${from ? 'is a supervisor' : 'is no node'}`}`, fix: suggest(node, [...design.nodes.keys()], 'Begin it at "<node>.<port>".') });
    return [];
  }
  if (!Object.hasOwn(from.requires, port)) {
    problems.add({ code: 'WIR002', at, got: wire.from, message: `the wire begins at ${wire.from}, and ${node} requires nothing at a port ${port}`, fix: suggest(port, Object.keys(from.requires), `Add the port to "requires" of ${node}.`) });
    return [];
  }
  if (design.unread.has(wire.to)) return [];
  if (!to || (to.kind === 'supervisor' && !isDynamic(to))) {
    problems.add({ code: 'WIR003', at, got: wire.to, message: `the wire ends at ${wire.to}, which ${to ? 'is a supervisor' : design.notRun.has(wire.to) ? 'this version does not run' : 'is no node'}`, fix: suggest(wire.to, [...design.nodes.keys()], 'End it at an agent.') });
    return [];
  }
  const protocol = from.requires[port]!;
  if (!wire.adapter && !answers(known.protocols, providedBy(to), protocol)) {
    if (wire.isAdapterUnread) return [];
    problems.add({ code: 'WIR004', at, got: protocol, message: `${wire.from} requires ${protocol}, and ${wire.to} provides ${providedBy(to).join(', ') || 'nothing'}`, fix: `Wire it to a node that provides ${protocol}.` });
    return [];
  }
  const template = templateAbove(wire.to, design, parents);
  if (template !== undefined) {
    problems.add({ code: 'WIR012', at, got: wire.to, message: `${wire.to} is ${template.child === wire.to ? 'the template' : 'part of the template'} of ${template.supervisor}: copies of it run, each under a name of its own, and none under this one`, fix: `Let the copies call ${node}, or end the wire at ${template.supervisor}.` });
    return [];
  }
  if (to.restart === 'temporary') problems.add({ code: 'WIR006', at, got: wire.to, message: `${wire.to} is temporary: once it has ended, every call over this wire fails with noproc`, fix: 'Make it permanent or transient, or expect the failure.' });
  const resolved = { from: { node, port }, to: wire.to, protocol, guards: wire.guards };
  if (!wire.adapter) return [{ index: wire.index, wire: resolved }];
  const adapter = checkAdapter(wire.adapter, { index: wire.index, wire: resolved, isRouter: from.kind === 'router', provides: providedBy(to) }, known, problems);
  return [{ index: wire.index, wire: { ...resolved, ...(adapter ? { adapter } : {}) } }];
}

type Known = { readonly protocols: Protocols; readonly unread: ReadonlySet<string>; readonly allowance: Allowance };

/** The template of a dynamic supervisor that a node is, or is below. */
function templateAbove(id: string, design: ReadDesign, parents: Parents): { readonly supervisor: string; readonly child: string } | undefined {
  const seen = new Set<string>();
  for (let child = id; !seen.has(child); ) {
    seen.add(child);
    const supervisor = parents.get(child);
    if (supervisor === undefined) return undefined;
    if (isDynamic(design.nodes.get(supervisor)!)) return { supervisor, child };
    child = supervisor;
  }
  return undefined;
}

type Context = { readonly design: ReadDesign; readonly protocols: Protocols; readonly unread: ReadonlySet<string>; /** How many wires begin at `node.port`: as written, and as understood. */ readonly drawn: ReadonlyMap<string, number>; readonly wired: ReadonlyMap<string, number> };

function checkProcess(id: string, node: ProcessNode, context: Context, problems: Problems): void {
  const at = { file: DESIGN_FILE, node: id };
  const known = [...context.protocols.keys()];
  for (const name of node.provides) if (!context.protocols.has(name)) problems.add({ code: 'PRO013', at: { ...at, field: 'provides' }, got: name, message: `there is no protocol ${name}`, fix: suggest(name, known, `Define it in protocols/${name}.json.`) });
  for (const [port, name] of Object.entries(node.requires)) {
    const field = `requires.${port}`;
    if (!PORT_NAME.test(port) || RESERVED_OPERATIONS.has(port)) problems.add({ code: 'DES007', at: { ...at, field }, got: port, message: `${port} cannot be the name of a port`, fix: 'Use letters and digits, beginning with a small letter, and not init, terminate or default.' });
    if (!context.protocols.has(name)) problems.add({ code: 'PRO013', at: { ...at, field }, got: name, message: `there is no protocol ${name}`, fix: suggest(name, known, `Define it in protocols/${name}.json.`) });
    checkPort({ id, node, port }, context, problems);
  }
  if (node.kind === 'source' || node.kind === 'timer') checkOperation(id, node, context, problems);
  if (node.kind === 'agent') checkRules(id, node, context, problems);
  if ((node.kind === 'router' || node.kind === 'source' || node.kind === 'timer') && !Object.hasOwn(node.requires, 'out')) problems.add({ code: 'WIR008', at: { ...at, field: 'requires' }, message: `a ${node.kind} sends over its port "out", and ${id} requires nothing there`, fix: 'Write "requires": { "out": "<protocol>" }.' });
  if (node.kind === 'router') for (const name of node.provides) if (!answers(context.protocols, [node.requires['out'] ?? ''], name)) problems.add({ code: 'WIR009', at: { ...at, field: 'provides' }, got: name, message: `${id} provides ${name} and passes on ${node.requires['out'] ?? 'nothing'}: a router provides what it requires at "out"`, fix: node.requires['out'] === undefined ? 'Give it a port "out" first.' : `Write "provides": ["${node.requires['out']}"].` });
  if (node.kind === 'sink' && node.behaviour.type === 'file' && (node.behaviour.path.startsWith('/') || node.behaviour.path.split(/[\\/]/).includes('..') || node.behaviour.path === '')) problems.add({ code: 'DES011', at: { ...at, field: 'behaviour.path' }, got: node.behaviour.path, message: `${node.behaviour.path} is not under the run's output folder`, fix: 'Write a relative path without "..", like "answers.jsonl".' });
}

/** What is only cast to may have no rules: nobody waits for an answer. */
function checkRules(id: string, { behaviour, provides }: Extract<ProcessNode, { kind: 'agent' }>, { protocols }: Context, problems: Problems): void {
  if (behaviour.type !== 'scripted' || behaviour.rules.length > 0) return;
  const calls = provides.flatMap((name) => Object.entries(protocols.get(name)?.operations ?? {}).flatMap(([operation, { kind }]) => (kind === 'cast' ? [] : [`${name}.${operation}`])));
  if (calls.length === 0) return;
  const said = calls.length > MOST_SAID ? `${calls.slice(0, MOST_SAID).join(', ')} and ${calls.length - MOST_SAID} more` : calls.join(', ');
  problems.add({ code: 'DES015', at: { file: DESIGN_FILE, node: id, field: 'behaviour.rules' }, got: [], message: `${id} has no rule, so it answers nothing: every call of ${said} fails`, fix: 'Give it a rule: the first that fits answers.' });
}
const MOST_SAID = 4;

function checkPort({ id, node, port }: { readonly id: string; readonly node: ProcessNode; readonly port: string }, context: Context, problems: Problems): void {
  const { design } = context;
  const [drawn, wired] = [context.drawn.get(`${id}.${port}`) ?? 0, context.wired.get(`${id}.${port}`) ?? 0];
  const at = { file: DESIGN_FILE, node: id, field: `requires.${port}` };
  if (drawn === 0 && !design.hasUnreadWires) problems.add({ code: 'WIR005', at, got: port, message: `the port ${port} of ${id} is not wired`, fix: `Draw a wire from ${id}.${port} to a node that provides ${node.requires[port]!}.` });
  else if (wired > 1 && node.kind !== 'router') problems.add({ code: 'WIR010', at, got: wired, message: `the port ${port} of ${id} has ${wired} wires; only a router's may have more than one`, fix: 'Put a router in between, or take wires away.' });
}

function checkOperation(id: string, node: Extract<ProcessNode, { kind: 'source' | 'timer' }>, context: Context, problems: Problems): void {
  const name = node.requires['out'];
  const operations = (name === undefined ? undefined : context.protocols.get(name)?.operations) ?? {};
  const wanted = [['operation', node.operation] as const, ...(node.kind === 'source' && node.endOperation !== undefined ? [['endOperation', node.endOperation] as const] : [])];
  for (const [field, operation] of wanted) {
    const found = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
    const at = { file: DESIGN_FILE, node: id, field };
    // What is in a protocol that could not be read is not known.
    if (name !== undefined && context.unread.has(name)) continue;
    if (!found) problems.add({ code: 'PRO014', at, got: operation, message: `${name ?? 'nothing'} has no operation ${operation}`, fix: suggest(operation, Object.keys(operations), 'Name an operation of the protocol at "out".') });
    else if (node.kind === 'source' && found.kind !== 'call') problems.add({ code: 'PRO015', at, got: found.kind, message: `a source delivers by calls, and ${operation} is a ${found.kind}`, fix: 'Make it a call: its answer says that the item is done.' });
    else if (node.kind === 'timer' && found.kind === 'stream') problems.add({ code: 'PRO019', at, got: found.kind, message: `${operation} is a ${found.kind}, and a timer reads no answer`, fix: 'Make it a cast or a call, or let the timer tell an agent that reads the stream.' });
  }
}
