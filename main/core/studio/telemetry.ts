/**
 * From the counters of hosts to what the screen shows. Hosts count anew with each life, and processes with each incarnation; here the
 * counts go on, and become rates. Pure: (state, sample) -> state, state -> telemetry.
 */
import type { AgentTelemetry, Telemetry, WireTelemetry } from '../../../shared/api/run';
import type { Mock } from '../../../shared/run/mock';
import type { RecordedState } from '../../../shared/journal/state-at';
import type { Program, ProgramNode } from '../../../shared/program/program';
import type { HostSample, ProcessSample } from '../../../shared/run/engine-protocol';
import { nodeStatusOf } from './node-status';

/** A rate is that of this time, or a little more. */
const RATE_OVER_MS = 1000;

/** `key` names who counts; when it changes, what was counted before is kept in `base`. */
type Count = { readonly key: string; readonly base: number; readonly last: number };
type Counts = ReadonlyMap<string, Count>;
type Totals = { readonly atMs: number; readonly handled: Counts; readonly sent: Counts; readonly failed: Counts };

export type Sample = { readonly atMs: number; readonly hosts: readonly HostSample[] };
/** `totals`: oldest first, the last of this sample, the first at least `RATE_OVER_MS` older where there is one. */
export type TelemetryState = { readonly totals: readonly Totals[]; readonly hosts: readonly HostSample[] };

const NOTHING: Counts = new Map();
export const NO_TELEMETRY: TelemetryState = { totals: [], hosts: [] };

export function takeSample(state: TelemetryState, { atMs, hosts }: Sample): TelemetryState {
  const before = state.totals.at(-1) ?? { atMs, handled: NOTHING, sent: NOTHING, failed: NOTHING };
  const next: Totals = {
    atMs,
    handled: goOn(before.handled, hosts.flatMap(({ host, life, processes }) => processes.map(({ name, incarnation, handled }) => [name, `${host}#${life}/${incarnation}`, handled] as const))),
    sent: goOn(before.sent, hosts.flatMap(({ host, life, wires }) => wires.map(({ from, to, sent }) => [wireKey(from, to), `${host}#${life}`, sent] as const))),
    failed: goOn(before.failed, hosts.flatMap(({ host, life, wires }) => wires.map(({ from, to, failed }) => [wireKey(from, to), `${host}#${life}`, failed] as const))),
  };
  const totals = [...state.totals, next];
  // One that is old enough is kept, and all after it.
  const oldest = totals.findLastIndex((one) => one.atMs <= atMs - RATE_OVER_MS);
  return { totals: totals.slice(Math.max(0, oldest)), hosts };
}

const wireKey = (from: string, to: string): string => `${from} ${to}`;

function goOn(before: Counts, counted: readonly (readonly [name: string, key: string, count: number])[]): Counts {
  const next = new Map(before);
  for (const [name, key, count] of counted) {
    const known = before.get(name);
    const base = known === undefined ? 0 : known.key === key ? known.base : known.base + known.last;
    next.set(name, { key, base, last: count });
  }
  return next;
}

const totalOf = (counts: Counts | undefined, name: string): number => {
  const count = counts?.get(name);
  return count ? count.base + count.last : 0;
};

/** A second of the run has as many; two digits are enough for a screen. */
function rateOf({ totals }: TelemetryState, field: 'handled' | 'sent', name: string): number {
  const [first, last] = [totals[0], totals.at(-1)];
  if (!first || !last || last.atMs <= first.atMs) return 0;
  const perSecond = ((totalOf(last[field], name) - totalOf(first[field], name)) * 1000) / (last.atMs - first.atMs);
  return Number(perSecond.toPrecision(2));
}

export function telemetryOf(run: string, program: Program, recorded: RecordedState, state: TelemetryState): Telemetry {
  const last = state.totals.at(-1);
  const samples = new Map(state.hosts.flatMap(({ processes }) => processes.map((process) => [process.name, process] as const)));
  const dynamic = [...samples.values()].filter(({ name }) => !Object.hasOwn(program.nodes, name));
  const agentOf = (name: string, node: ProgramNode): AgentTelemetry => describeAgent({ name, node, mock: program.mocks?.[node.id], sample: samples.get(name), recorded, state });
  return {
    run,
    atMs: last?.atMs ?? 0,
    agents: [
      ...Object.values(program.nodes).map((node) => agentOf(node.id, node)),
      ...dynamic.flatMap(({ name, node }) => (Object.hasOwn(program.nodes, node) ? [agentOf(name, program.nodes[node]!)] : [])),
    ],
    wires: describeWires(program, state),
    guards: state.hosts.flatMap(({ guards }) => guards),
    hosts: state.hosts.map(({ host, life, isUp }) => ({ host, life, isUp })),
  };
}

type AgentFacts = { readonly name: string; readonly node: ProgramNode; readonly mock: Mock | undefined; readonly sample: ProcessSample | undefined; readonly recorded: RecordedState; readonly state: TelemetryState };

function describeAgent({ name, node, mock, sample, recorded, state }: AgentFacts): AgentTelemetry {
  const known = Object.hasOwn(recorded.processes, name) ? recorded.processes[name] : undefined;
  // JSON has no Infinity: a supervisor's mailbox has no bound, and holds no messages of the design.
  const bound = node.kind === 'supervisor' ? 0 : node.mailbox;
  const [before, now] = [state.totals.at(-2), state.totals.at(-1)];
  const handled = totalOf(now?.handled, name);
  return {
    node: name,
    kind: node.kind,
    status: nodeStatusOf({ recorded: known, sample, bound: node.kind === 'supervisor' ? Infinity : bound, hasHandled: node.kind === 'supervisor' || handled > totalOf(before?.handled, name) }),
    host: node.host,
    mailbox: sample?.mailbox ?? 0,
    bound,
    handled,
    rate: rateOf(state, 'handled', name),
    restarts: known?.restarts ?? 0,
    incarnation: sample?.incarnation ?? known?.incarnation ?? 0,
    ...(mock ? { mocked: mock.kind } : {}),
    ...(name === node.id ? {} : { template: node.id }),
    ...(node.kind === 'supervisor' ? { window: { used: sample?.restarts ?? 0, max: node.maxRestarts, seconds: node.maxSeconds } } : {}),
  };
}

/** Wires of the design, several between the same two nodes as one; what was never used is there with 0. */
function describeWires({ wires }: Program, state: TelemetryState): readonly WireTelemetry[] {
  const last = state.totals.at(-1);
  const pairs = new Map(wires.map(({ from, to }) => [wireKey(from.node, to), { from: from.node, to }]));
  return [...pairs].map(([key, pair]) => ({ ...pair, sent: totalOf(last?.sent, key), rate: rateOf(state, 'sent', key), failed: totalOf(last?.failed, key) }));
}
