/** A simulated run that is looked at: its whole journal, and the moment that canvas, panels and Timeline show. */
import { create } from 'zustand';
import type { Simulation } from '../../shared/api/run';
import type { JournalRecord } from '../../shared/journal/record';
import { api } from '../api/studio';
import { projectNow } from './document';
import { mocksToSend } from './mocks';
import { notify } from './notices';
import { showBottom } from './viewport';

const PAGE = 5000;

export type SimulationView = {
  readonly status: 'none' | 'running' | 'open';
  readonly simulation?: Simulation;
  readonly records: readonly JournalRecord[];
  /** How many records have happened at the shown moment. */
  readonly cursor: number;
  readonly scenario: string | undefined;
  readonly seed: number;
};

export const useSimulation = create<SimulationView>(() => ({ status: 'none', records: [], cursor: 0, scenario: undefined, seed: 1 }));

/** `stopBefore`: the Timeline opens one virtual second before the first fault of this kind. */
export type SimulateOptions = { readonly scenario?: string; readonly seed?: number; readonly stopBefore?: 'killHost' };

export async function simulate({ scenario, seed = useSimulation.getState().seed, stopBefore }: SimulateOptions = {}): Promise<void> {
  const project = projectNow();
  if (project === undefined) return;
  await closeSimulation();
  useSimulation.setState({ status: 'running', scenario, seed });
  const answer = await api.request('simulation.start', { project, seed, ...mocksToSend(), ...(scenario === undefined ? {} : { scenario }) });
  if (!answer.ok) {
    useSimulation.setState({ status: 'none' });
    notify({ kind: 'error', text: answer.error.message, detail: answer.diagnostics?.[0]?.message ?? answer.error.fix });
    return;
  }
  const records = await readAll(answer.value.simulation, answer.value.records);
  useSimulation.setState({ status: 'open', simulation: answer.value, records, cursor: stopBefore === undefined ? records.length : cursorBefore(records, stopBefore) });
  showBottom('timeline');
}

async function readAll(simulation: string, count: number): Promise<readonly JournalRecord[]> {
  const records: JournalRecord[] = [];
  while (records.length < count) {
    const page = await api.request('simulation.journal', { simulation, from: records.length + 1, count: PAGE });
    if (!page.ok || page.value.records.length === 0) break;
    records.push(...page.value.records);
  }
  return records;
}

const SECOND_MS = 1000;

/** The moment one virtual second before the first such fault; the beginning where it comes sooner than that. */
export function cursorBefore(records: readonly JournalRecord[], kind: string): number {
  const fault = records.find((record) => record.type === 'fault.injected' && record.kind === kind);
  if (!fault) return records.length;
  return records.filter((record) => record.atMs <= fault.atMs - SECOND_MS).length;
}

export const moveCursor = (cursor: number): void => useSimulation.setState(({ records }) => ({ cursor: Math.max(0, Math.min(records.length, Math.round(cursor))) }));
export const stepCursor = (by: number): void => moveCursor(useSimulation.getState().cursor + by);

export async function closeSimulation(): Promise<void> {
  const { simulation } = useSimulation.getState();
  useSimulation.setState({ status: 'none', records: [], cursor: 0 });
  useSimulation.setState((state) => ({ status: state.status, records: state.records, cursor: state.cursor, scenario: state.scenario, seed: state.seed }), true);
  if (simulation) await api.request('simulation.close', { simulation: simulation.simulation });
}

export const selectIsSimulated = (state: SimulationView): boolean => state.status !== 'none';
