/** How a node stands: in the live run, at the cursor of a simulation, or nowhere since nothing runs. One place answers for all marks. */
import { useMemo } from 'react';
import { useRun, selectAgent, selectIsLive } from '../stores/run';
import { useSimulation, type SimulationView } from '../stores/simulation';
import type { NodeStatus } from '../../shared/api/run';
import { beginCheckpoints, extendCheckpoints, stateAt, type Checkpoints } from '../../shared/journal/checkpoints';
import type { JournalRecord } from '../../shared/journal/record';
import type { ProcessState, RecordedState, RecordedStatus } from '../../shared/journal/state-at';

export type NodeLook = {
  readonly world: 'none' | 'live' | 'simulated';
  readonly status: NodeStatus | undefined;
  readonly mailbox: number | undefined;
  readonly bound: number | undefined;
  readonly rate: number | undefined;
  readonly host: string | undefined;
  readonly restarts: number;
};

const NOTHING: NodeLook = { world: 'none', status: undefined, mailbox: undefined, bound: undefined, rate: undefined, host: undefined, restarts: 0 };

/** The recorded words as look.md's states; one that ended in order has nothing it should do. */
const WORDS: Readonly<Record<RecordedStatus, NodeStatus | undefined>> = { running: 'running', crashed: 'crashed', restarting: 'restarting', 'gave up': 'gave up', ended: 'idle' };

// The checkpoints of the journal that is looked at, made once; the state of the newest cursor is shared by all nodes.
let journal: { readonly records: readonly JournalRecord[]; readonly checkpoints: Checkpoints } | undefined;
let newest: { readonly records: readonly JournalRecord[]; readonly cursor: number; readonly state: RecordedState } | undefined;

export function stateAtCursor({ records, cursor }: Pick<SimulationView, 'records' | 'cursor'>): RecordedState {
  if (newest?.records === records && newest.cursor === cursor) return newest.state;
  if (journal?.records !== records) journal = { records, checkpoints: extendCheckpoints(beginCheckpoints(), records) };
  const { every, states } = journal.checkpoints;
  const from = Math.min(Math.floor(cursor / every), states.length - 1) * every;
  const state = stateAt(journal.checkpoints, records.slice(from, cursor), cursor);
  newest = { records, cursor, state };
  return state;
}

const selectProcess = (id: string) => (view: SimulationView): ProcessState | undefined => {
  if (view.status !== 'open') return undefined;
  const { processes } = stateAtCursor(view);
  return Object.hasOwn(processes, id) ? processes[id] : undefined;
};

export function useNodeLook(id: string): NodeLook {
  const isSimulated = useSimulation((view) => view.status === 'open');
  const process = useSimulation(selectProcess(id));
  const agent = useRun(selectAgent(id));
  const isLive = useRun(selectIsLive);
  if (isSimulated) return process ? { world: 'simulated', status: WORDS[process.status], mailbox: process.mailbox, bound: undefined, rate: undefined, host: process.pid.split('#')[0], restarts: process.restarts } : { ...NOTHING, world: 'simulated' };
  if (!agent) return NOTHING;
  return { world: isLive ? 'live' : 'none', status: agent.status, mailbox: agent.mailbox, bound: agent.bound, rate: agent.rate, host: agent.host, restarts: agent.restarts };
}

/** The states of all nodes at once, for what draws many. */
export function useStatusOf(): (id: string) => NodeStatus | undefined {
  const agents = useRun((run) => run.agents);
  const recorded = useSimulation((view) => (view.status === 'open' ? stateAtCursor(view) : undefined));
  return useMemo(() => {
    if (!recorded) return (id) => agents.get(id)?.status;
    return (id) => {
      const process = Object.hasOwn(recorded.processes, id) ? recorded.processes[id] : undefined;
      return process && WORDS[process.status];
    };
  }, [agents, recorded]);
}

export const useNodeStatus = (id: string): NodeStatus | undefined => useNodeLook(id).status;
/** Description of a node for assistive technology. */
export const wordStatus = (status: NodeStatus | undefined): string => status ?? 'not running';
