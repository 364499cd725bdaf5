/** The live run of the open project, as the core tells it: state, telemetry, newest records, outputs. */
import { create } from 'zustand';
import type { AgentTelemetry, RunState, RunStatus, Telemetry, WireTelemetry } from '../../shared/api/run';
import type { JournalRecord } from '../../shared/journal/record';
import type { Json } from '../../shared/json/json';
import { api } from '../api/studio';
import { notify } from './notices';
import { projectNow } from './document';
import { openDialog } from './dialogs';
import { mocksToSend } from './mocks';
import { showBottom } from './viewport';
import { followGuards, NO_GUARDS, type LiveGuard, type LiveGuards } from '../words/guard-state';

/** What the panels hold; older records are read from the run's journal. */
const MOST_RECORDS = 5000;
const MOST_OUTPUTS = 1000;

export type RunOutput = { readonly node: string; readonly port: string; readonly value: Json; readonly atMs: number };
export type LiveRun = {
  readonly state?: RunState;
  readonly telemetry?: Telemetry;
  readonly agents: ReadonlyMap<string, AgentTelemetry>;
  /** Dynamic children that are there now, by their template. */
  readonly copies: ReadonlyMap<string, number>;
  readonly wires: ReadonlyMap<string, WireTelemetry>;
  readonly guards: LiveGuards;
  readonly records: readonly JournalRecord[];
  readonly skipped: number;
  readonly outputs: readonly RunOutput[];
  readonly capabilitiesAsked: boolean;
};

const NOTHING: LiveRun = { agents: new Map(), copies: new Map(), wires: new Map(), guards: NO_GUARDS, records: [], skipped: 0, outputs: [], capabilitiesAsked: false };
export const useRun = create<LiveRun>(() => NOTHING);

/** Asks what the run may do where that was not confirmed yet, and starts it. */
export async function startRun(): Promise<void> {
  const project = projectNow();
  if (project === undefined) return;
  const asked = await api.request('run.capabilities', { project });
  if (!asked.ok) return notify({ kind: 'error', text: asked.error.message, detail: asked.error.fix });
  if (!asked.value.isConfirmed) return openDialog({ kind: 'allow', andThen: 'run' });
  await startConfirmed(asked.value.hash);
}

export async function startConfirmed(confirmed: string): Promise<void> {
  const project = projectNow();
  if (project === undefined) return;
  useRun.setState(NOTHING, true);
  showBottom('run');
  const answer = await api.request('run.start', { project, confirmed, ...mocksToSend() });
  if (answer.ok) useRun.setState({ state: answer.value });
  else notify({ kind: 'error', text: answer.error.message, detail: answer.error.fix });
}

async function tell(work: Promise<{ readonly ok: true } | { readonly ok: false; readonly error: { readonly message: string; readonly fix: string } }>): Promise<void> {
  const answer = await work;
  if (!answer.ok) notify({ kind: 'error', text: answer.error.message, detail: answer.error.fix });
}

export function stopRun(): void {
  const run = runNow();
  if (run !== undefined) void tell(api.request('run.stop', { run }));
}

export function crashNode(node: string): void {
  const run = runNow();
  if (run !== undefined) void tell(api.request('run.operate', { run, command: { action: 'crash', node } }));
}

export function killHost(host: string): void {
  const run = runNow();
  if (run !== undefined) void tell(api.request('run.operate', { run, command: { action: 'killHost', host } }));
}

/** Holds a breaker open or closed, or lets it work by itself again. `guard`: its place on the wire. */
export function forceGuard(wire: string, guard: number, force: 'open' | 'closed' | 'auto'): void {
  const run = runNow();
  if (run !== undefined) void tell(api.request('run.operate', { run, command: { action: 'guard', wire, guard, force } }));
}

/** Brings the run to what is drawn; where that reaches more than was allowed, the person is asked first. */
export async function applyEdits(): Promise<void> {
  const [run, project] = [runNow(), projectNow()];
  if (run === undefined || project === undefined) return;
  const asked = await api.request('run.capabilities', { project });
  if (!asked.ok) return notify({ kind: 'error', text: asked.error.message, detail: asked.error.fix });
  if (!asked.value.isConfirmed) return openDialog({ kind: 'allow', andThen: 'apply' });
  await applyConfirmed(asked.value.hash);
}

export async function applyConfirmed(confirmed: string): Promise<void> {
  const run = runNow();
  if (run === undefined) return;
  const answer = await api.request('run.apply', { run, confirmed });
  if (!answer.ok) return notify({ kind: 'error', text: answer.error.message, detail: answer.error.fix });
  const { restarted, why } = answer.value;
  if (restarted.length === 0) return notify({ kind: 'done', text: 'Nothing that runs has changed.' });
  notify({ kind: 'done', text: `Restarted with the edits: ${restarted.join(', ')}`, ...(why === undefined ? {} : { detail: why }) });
}

/** After opening a project or a lost connection: a run may be going on. */
export async function findRun(): Promise<void> {
  const project = projectNow();
  useRun.setState(NOTHING, true);
  if (project === undefined) return;
  const state = await api.request('run.current', { project });
  if (state && projectNow() === project) useRun.setState({ state });
}

export function listenToRun(): void {
  const isOurs = (run: string): boolean => useRun.getState().state?.run === run;
  api.subscribe('run.state', (state) => {
    if (state.project === projectNow()) useRun.setState({ state });
  });
  api.subscribe('run.telemetry', (telemetry) => {
    if (!isOurs(telemetry.run)) return;
    const guards = followGuards(useRun.getState().guards, telemetry.guards, telemetry.atMs);
    useRun.setState({ telemetry, guards, agents: new Map(telemetry.agents.map((agent) => [agent.node, agent])), copies: countCopies(telemetry.agents), wires: new Map(telemetry.wires.map((wire) => [`${wire.from} ${wire.to}`, wire])) });
  });
  api.subscribe('run.records', ({ run, records, skipped }) => {
    if (isOurs(run)) useRun.setState((now) => ({ records: [...now.records, ...records].slice(-MOST_RECORDS), skipped: now.skipped + skipped }));
  });
  api.subscribe('run.output', ({ run, ...output }) => {
    if (isOurs(run)) useRun.setState((now) => ({ outputs: [...now.outputs, output].slice(-MOST_OUTPUTS) }));
  });
}

function countCopies(agents: readonly AgentTelemetry[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { template } of agents) if (template !== undefined) counts.set(template, (counts.get(template) ?? 0) + 1);
  return counts;
}

export const selectRunStatus = (state: LiveRun): RunStatus => state.state?.status ?? 'stopped';
export const selectIsLive = (state: LiveRun): boolean => state.state !== undefined && state.state.status !== 'stopped' && state.state.status !== 'failed';
export const selectAgent = (node: string) => (state: LiveRun): AgentTelemetry | undefined => state.agents.get(node);
/** Whether something stands in for a node in the run that is there. */
export const selectIsMocked = (node: string) => ({ state }: LiveRun): boolean => state?.mocked.includes(node) === true;
export const selectCopies = (node: string) => (state: LiveRun): number => state.copies.get(node) ?? 0;
export const selectWire = (from: string, to: string) => (state: LiveRun): WireTelemetry | undefined => state.wires.get(`${from} ${to}`);

/** What a run tells of a guard as it is drawn; nothing where the run has another one at its place. */
export const selectGuard = (wire: string, place: number, kind: string) => ({ guards }: LiveRun): LiveGuard | undefined => {
  const live = guards.get(wire)?.get(place);
  return live?.kind === kind ? live : undefined;
};

export function runNow(): string | undefined {
  const now = useRun.getState();
  return selectIsLive(now) ? now.state?.run : undefined;
}
