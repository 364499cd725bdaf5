/**
 * What was running at a place of a journal, from its records alone: the timeline's answer to "how did it stand here?". Pure; a state
 * is never changed, the next one shares what stayed the same. Processes are known by name: a node, or a dynamic child.
 */
import { isOrderlyExit } from '../run/exit-reason';
import type { Restart } from '../program/program';
import type { JournalRecord, RunEndReason } from './record';

/**
 * `ended`: exited in order, or stopped with its supervisor. `crashed`: exited with anything else, its host lost, or its start failed;
 * nobody has begun to start it again. `restarting`: its supervisor, or one above, has begun to.
 */
export type RecordedStatus = 'running' | 'crashed' | 'restarting' | 'gave up' | 'ended';

export type ProcessState = {
  readonly status: RecordedStatus;
  readonly pid: string;
  readonly incarnation: number;
  readonly starts: number;
  /** Starts after the first. */
  readonly restarts: number;
  /** Why it exited the last time; absent before. */
  readonly reason?: string;
  /** Messages sent to it and not taken yet; only in a journal with `--trace`. */
  readonly mailbox?: number;
};
export type HostState = { readonly life: number; readonly isUp: boolean };

export type RecordedState = {
  /** Of the last record taken in; 0 before the first. */
  readonly seq: number;
  readonly atMs: number;
  readonly processes: { readonly [name: string]: ProcessState };
  readonly hosts: { readonly [host: string]: HostState };
  /** Scopes of restarts under way: who will be started again, by name. */
  readonly awaited: { readonly [name: string]: true };
  readonly isTraced: boolean;
  readonly ended?: RunEndReason;
};

/**
 * Where the program is at hand (its `nodes` are one): what falls with a restarted supervisor is then `restarting` too, and a temporary
 * child, which no restart brings back, is not.
 */
export type Tree = { readonly [node: string]: { readonly parent?: string; readonly restart?: Restart } };

export const EMPTY_STATE: RecordedState = { seq: 0, atMs: 0, processes: {}, hosts: {}, awaited: {}, isTraced: false };

/** The state after one more record. Records come in the order of `seq`. */
export function applyRecord(state: RecordedState, record: JournalRecord, tree: Tree = {}): RecordedState {
  return { ...change(state, record, tree), seq: record.seq, atMs: record.atMs };
}

function change(state: RecordedState, record: JournalRecord, tree: Tree): RecordedState {
  switch (record.type) {
    case 'host.started':
      return { ...state, hosts: { ...state.hosts, [record.host]: { life: record.life, isUp: true } } };
    case 'host.lost':
      return loseHost(state, record.reason, record.life, tree);
    case 'process.started':
      return start(state, record);
    case 'process.startFailed':
      return withProcess(state, record.node, { status: 'crashed', reason: record.reason });
    case 'process.exited':
      return exit(state, record, tree);
    case 'supervisor.restarting':
      return awaitAll(state, record.scope, tree);
    case 'supervisor.gaveUp':
      return withProcess(state, record.node, { status: 'gave up' });
    case 'run.ended':
      return { ...state, ended: record.reason };
    case 'message.sent':
      return queue({ ...state, isTraced: true }, record.to, 1);
    case 'message.handled':
      return queue({ ...state, isTraced: true }, record.node, -1);
    case 'input.received':
      return record.protocol === undefined ? state : queue(state, record.node, 1);
    case 'message.dropped':
      return queue(state, record.node, -record.count);
    default:
      return state;
  }
}

const findIn = (tree: Tree, name: string): Tree[string] | undefined => (Object.hasOwn(tree, name) ? tree[name] : undefined);
const findProcess = (state: RecordedState, name: string): ProcessState | undefined => (Object.hasOwn(state.processes, name) ? state.processes[name] : undefined);

/** A name that has never been seen gets a state without a process: its first start may fail. */
function withProcess(state: RecordedState, name: string, fields: Partial<ProcessState>): RecordedState {
  const known = findProcess(state, name) ?? { status: 'ended', pid: '', incarnation: 0, starts: 0, restarts: 0 };
  return { ...state, processes: { ...state.processes, [name]: { ...known, ...fields } } };
}

function start(state: RecordedState, { node, pid, incarnation }: Extract<JournalRecord, { type: 'process.started' }>): RecordedState {
  const before = findProcess(state, node)?.starts ?? 0;
  const { [node]: _, ...awaited } = state.awaited;
  const mailbox = state.isTraced ? { mailbox: 0 } : {};
  return withProcess({ ...state, awaited }, node, { status: 'running', pid, incarnation, starts: before + 1, restarts: before, ...mailbox });
}

function exit(state: RecordedState, { node, pid, reason }: Extract<JournalRecord, { type: 'process.exited' }>, tree: Tree): RecordedState {
  const known = findProcess(state, node);
  // Its successor may have been told of first: records of two hosts come in the order of their commits.
  if (known && known.pid !== pid) return state;
  const mailbox = state.isTraced ? { mailbox: 0 } : {};
  return withProcess(state, node, { status: known?.status === 'gave up' ? 'gave up' : statusAfter(state, node, reason, tree), reason, ...mailbox });
}

function statusAfter(state: RecordedState, name: string, reason: string, tree: Tree): RecordedStatus {
  if (isAwaited(state, name, tree)) return 'restarting';
  return isOrderlyExit(reason) ? 'ended' : 'crashed';
}

function isAwaited(state: RecordedState, name: string, tree: Tree): boolean {
  for (let at: string | undefined = name; at !== undefined; at = findIn(tree, at)?.parent) if (Object.hasOwn(state.awaited, at)) return true;
  return false;
}

/** A supervisor begins a restart: those of its scope that are down already are being started, the others will be once they are. */
function awaitAll(state: RecordedState, all: readonly string[], tree: Tree): RecordedState {
  const scope = all.filter((name) => findIn(tree, name)?.restart !== 'temporary');
  const awaited = { ...state.awaited, ...Object.fromEntries(scope.map((name) => [name, true as const])) };
  const down = scope.filter((name) => findProcess(state, name)?.status !== 'running');
  return down.reduce((next, name) => withProcess(next, name, { status: 'restarting' }), { ...state, awaited });
}

/** `reason` begins with who was lost: a host, `engine` with all its hosts, or `core` with everything. The same loss is told by many. */
function loseHost(state: RecordedState, reason: string, life: number, tree: Tree): RecordedState {
  const [host, why] = splitLoss(reason);
  if (host === 'engine' || host === 'core') return Object.entries(state.hosts).reduce((next, [name, { life: ofHost }]) => loseLife(next, name, ofHost, why, tree), state);
  return Object.hasOwn(state.hosts, host) && state.hosts[host]!.life === life ? loseLife(state, host, life, why, tree) : state;
}

function splitLoss(reason: string): readonly [string, string] {
  const colon = reason.indexOf(': ');
  return colon < 0 ? [reason, ''] : [reason.slice(0, colon), reason.slice(colon + 2)];
}

function loseLife(state: RecordedState, host: string, life: number, why: string, tree: Tree): RecordedState {
  if (!state.hosts[host]!.isUp) return state;
  const lost = { ...state, hosts: { ...state.hosts, [host]: { life, isUp: false } } };
  const gone = Object.entries(state.processes).filter(([, { pid, status }]) => status === 'running' && pid.startsWith(`${host}#${life}.`));
  const fields = { reason: `noconnection${why === '' ? '' : ` (${why})`}`, ...(state.isTraced ? { mailbox: 0 } : {}) };
  return gone.reduce((next, [name]) => withProcess(next, name, { status: statusAfter(next, name, 'noconnection', tree), ...fields }), lost);
}

function queue(state: RecordedState, name: string, more: number): RecordedState {
  const known = findProcess(state, name);
  if (!state.isTraced || known?.status !== 'running') return state;
  return withProcess(state, name, { mailbox: Math.max(0, (known.mailbox ?? 0) + more) });
}
