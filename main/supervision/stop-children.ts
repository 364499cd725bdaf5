/** How a supervisor stops children: strictly one after the other, or all at once under one time limit (dynamic supervisors). */
import type { Self } from '../kernel/behaviour';
import type { ExitSignal, Pid, Signal } from '../kernel/signal';
import type { Shutdown } from '../../shared/program/program';
import { STOPPED, type ChildRecord } from './child-record';

/** A wait: yields which signals it is for (all, where absent), is resumed with the first of them. */
export type Wait<T> = Generator<((signal: Signal) => boolean) | undefined, T, Signal>;

export function* stopChild(self: Self, child: ChildRecord): Wait<void> {
  if (child.state.kind === 'running') yield* awaitExits(self, new Set([child.state.pid]), child.spec.shutdown);
  child.state = STOPPED;
}

/** In reverse start order, waiting for each. */
export function* stopInReverse(self: Self, children: readonly ChildRecord[]): Wait<void> {
  for (const child of children.toReversed()) yield* stopChild(self, child);
}

/** A dynamic supervisor asks all at once; their common limit is the template's. */
export function* stopTogether(self: Self, children: readonly ChildRecord[]): Wait<void> {
  const pids = children.flatMap(({ state }) => (state.kind === 'running' ? [state.pid] : []));
  if (pids.length > 0) yield* awaitExits(self, new Set(pids), children[0]!.spec.shutdown);
  for (const child of children) child.state = STOPPED;
}

function* awaitExits(self: Self, pids: Set<Pid>, shutdown: Shutdown): Wait<void> {
  for (const pid of pids) {
    if (shutdown === 'brutal_kill') self.kill(pid);
    else self.requestExit(pid, 'shutdown');
  }
  const timer = typeof shutdown === 'number' ? self.setTimer(shutdown, null) : undefined;
  while (pids.size > 0) {
    const signal = yield (one) => (one.kind === 'timer' && one.timer === timer) || (isExit(one) && pids.has(one.from));
    if (isExit(signal)) pids.delete(signal.from);
    else for (const pid of pids) self.kill(pid);
  }
  if (timer !== undefined) self.cancelTimer(timer);
}

/** The end of a linked process; not a request, which somebody else might forge with a child's pid. */
export const isExit = (signal: Signal): signal is ExitSignal => signal.kind === 'exit' && signal.request === undefined;
