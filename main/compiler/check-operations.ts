/**
 * Operations of the project's own protocols that nothing in the drawing can call. Told only where it is certain: each provider is wired, each
 * of its callers is a handler, and each handler's code is read. Whatever else may call (model agents, routers, sources, people, the outside)
 * may call anything.
 */
import { stepValue } from '../../shared/design/field-rule';
import { providedBy } from '../../shared/design/nodes/provided';
import type { Json } from '../../shared/json/json';
import { readStrictJson } from '../../shared/json/strict-json';
import type { ProgramWire } from '../../shared/program/program';
import type { HandlerModule } from './handler-module';
import { decodeStrictly, namesOfJson } from './load-project';
import { callsOver } from './port-calls';
import type { Problems } from './problems';
import { findInProject, readBounded } from './project-path';
import type { ReadDesign } from './read-design';
import type { Protocols } from './resolved-wire';

const SCENARIOS = 'scenarios';
const MOST_SCENARIO_BYTES = 2 * 1024 * 1024;

type Known = {
  readonly design: ReadDesign;
  readonly protocols: Protocols;
  /** Protocols with a file, as they stand in it. */
  readonly own: ReadonlyMap<string, Json>;
  readonly unread: ReadonlySet<string>;
  readonly wires: readonly ProgramWire[];
  /** By the path of their files. */
  readonly modules: ReadonlyMap<string, HandlerModule>;
};
/** The code of whoever is wired to a provider; absent where it is not told by code what goes over the wire. */
type Caller = { readonly port: string; readonly code?: Code | undefined };
type Code = HandlerModule['calls'];
type Unused = { readonly protocol: string; readonly operation: string; readonly providers: readonly string[] };

export function checkOperations(projectDir: string, known: Known, problems: Problems): void {
  const { design, unread } = known;
  if (unread.size > 0 || design.unread.size > 0 || design.notRun.size > 0 || design.hasUnreadWires) return;
  const unused = findUnused(known);
  if (unused.length === 0) return;
  // Read only now: most checks have nothing to tell.
  const named = namedByScenarios(projectDir);
  if (!named) return;
  for (const { protocol, operation, providers } of unused) {
    if (providers.some((id) => named.has(id))) continue;
    problems.add({ code: 'PRO020', at: { file: `protocols/${protocol}.json`, field: `operations.${operation}` }, got: operation, message: `nothing in the design calls ${operation} of ${protocol}, which ${providers.slice(0, 3).join(', ')} ${providers.length === 1 ? 'provides' : 'provide'}`, fix: 'Call it, take it out, or leave it for messages from outside.' });
  }
}

function findUnused(known: Known): readonly Unused[] {
  const providers = providersOf(known);
  const callers = callersOf(known);
  return [...known.own].flatMap(([protocol, raw]) => {
    const ids = providers.get(protocol) ?? [];
    const called = calledAt(ids, callers, known);
    return called ? Object.keys(stepValue(raw, 'operations') ?? {}).filter((operation) => !called.has(operation)).map((operation) => ({ protocol, operation, providers: ids })) : [];
  });
}

/** By protocol; whoever provides one provides all that it extends. */
function providersOf({ design, protocols }: Known): ReadonlyMap<string, readonly string[]> {
  const providers = new Map<string, string[]>();
  for (const [id, node] of design.nodes) {
    const names = providedBy(node);
    for (const name of new Set([...names, ...names.flatMap((one) => protocols.get(one)?.extends ?? [])])) push(providers, name, id);
  }
  return providers;
}

type Callers = ReadonlyMap<string, readonly Caller[]>;

/** By whom they call; a fallback is called by whoever has it on their wire. */
function callersOf(known: Known): Callers {
  const callers = new Map<string, Caller[]>();
  for (const { from, to, guards, adapter } of known.wires) {
    const code = adapter ? undefined : codeOf(from.node, known);
    // Code that does not speak of the port may not be written yet.
    const isSpokenOf = code?.some((calls) => callsOver(calls, from.port)?.size !== 0) === true;
    const caller: Caller = { port: from.port, code: isSpokenOf ? code : undefined };
    push(callers, to, caller);
    for (const guard of guards) if (guard.kind === 'fallback' && guard.to !== undefined) push(callers, guard.to, caller);
  }
  return callers;
}

/** Operations that are called at any of these nodes. Nothing where that may be any, or where nobody is there to be called. */
function calledAt(ids: readonly string[], callers: Callers, known: Known): ReadonlySet<string> | undefined {
  if (ids.length === 0) return undefined;
  const called = new Set<string>();
  for (const id of ids) {
    const of = callers.get(id);
    // Nothing is wired to it: it is there for messages from outside.
    if (!of) return undefined;
    const all = [...of.flatMap(({ port, code }) => code?.map((calls) => callsOver(calls, port)) ?? [undefined]), ...(codeOf(id, known) ?? []).map(({ toItself }) => toItself)];
    for (const one of all) {
      if (!one) return undefined;
      for (const operation of one) called.add(operation);
    }
  }
  return called;
}

function codeOf(id: string, { design, modules }: Known): Code | undefined {
  const node = design.nodes.get(id);
  return node?.kind === 'agent' && node.behaviour.type === 'code' ? modules.get(node.behaviour.file)?.calls : undefined;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

/** Nodes to which scenarios send, or for which they let mocks stand in. Nothing where one cannot be read: it may name any. */
function namedByScenarios(projectDir: string): ReadonlySet<string> | undefined {
  const named = new Set<string>();
  for (const name of namesOfJson(projectDir, SCENARIOS)) {
    const found = findInProject(projectDir, `${SCENARIOS}/${name}.json`);
    const read = found.ok ? readBounded(found.path, MOST_SCENARIO_BYTES) : undefined;
    const text = read === undefined || 'tooLarge' in read ? undefined : decodeStrictly(read.bytes);
    const { value, faults } = text === undefined ? { value: undefined, faults: [] } : readStrictJson(text);
    if (value === undefined || faults.length > 0) return undefined;
    const load = stepValue(value, 'load');
    for (const line of Array.isArray(load) ? (load as readonly Json[]) : []) {
      const to = stepValue(line, 'to');
      if (typeof to === 'string') named.add(to);
    }
    for (const node of Object.keys(stepValue(value, 'mocks') ?? {})) named.add(node);
  }
  return named;
}
