/** How processes end: what they held is given back, and everyone who waits for them or is linked to them hears of it. */
import { isOrderlyExit, type ExitReason } from '../../shared/run/exit-reason';
import type { CallError } from '../../shared/run/call-failure';
import { callError } from './behaviour';
import type { Ending, Host } from './host';
import type { Process } from './process';
import { OUTSIDE } from './signal';
import type { ExitSignal, Pid, Signal } from './signal';

export class Deaths implements Ending {
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  end(process: Process, reason: ExitReason): void {
    if (process.status === 'dead') return;
    const { journal, starts, delivery, ports, root } = this.#host;
    const wasStarting = process.status === 'starting';
    if (wasStarting) this.forgetParent(process);
    this.bury(process, reason);
    if (process.isAnnounced) journal.record({ type: 'process.exited', node: process.name, pid: process.pid, reason });
    else journal.record({ type: 'process.startFailed', node: process.name, reason });
    if (wasStarting) starts.answer(process.parent ?? OUTSIDE, { kind: 'spawned', ref: process.spawnRef, outcome: 'failed', reason });
    const exit: ExitSignal = { kind: 'exit', from: process.pid, reason };
    for (const pid of process.links) delivery.send(pid, exit);
    for (const hostLife of new Set(process.pendingSpawns?.values())) delivery.send(`${hostLife}.0`, { kind: 'parentGone', from: process.pid, reason });
    for (const { pid, ref } of process.watchers ?? []) delivery.send(pid, { kind: 'down', ref, from: process.pid, reason });
    if (process.pid === root && !wasStarting) ports.rootExited(reason);
  }

  crashByOperator(name: string, reason: ExitReason): void {
    this.#host.journal.recordInput({ type: 'operator', action: `crash ${reason}`, target: name });
    const process = this.#host.names.get(name);
    if (process) this.end(process, reason === 'kill' ? 'killed' : reason);
  }

  /** Children that have not reported yet are linked to their parent, and it not to them. */
  orphan(parent: Pid, reason: ExitReason): void {
    for (const process of [...this.#host.processes.values()]) {
      if (process.parent === parent && process.links.has(parent)) this.#host.delivery.toProcess(process, { kind: 'exit', from: parent, reason });
    }
  }

  /** A child that ends while it starts is no exit to its parent: the answer to the start says it. */
  forgetParent(process: Process): void {
    if (!process.parent) return;
    process.links.delete(process.parent);
    this.#host.processes.get(process.parent)?.links.delete(process.pid);
  }

  bury(process: Process, reason: ExitReason): void {
    const { processes, names, timers, calls, delivery, starts, guards, streams } = this.#host;
    process.status = 'dead';
    processes.delete(process.pid);
    if (names.get(process.name) === process) names.delete(process.name);
    starts.buried(process);
    for (const timer of process.timers ?? []) timers.cancel(timer);
    guards?.bury(process);
    streams.bury(process);
    for (const ref of [...(process.openCalls ?? [])]) calls.abandon(process, ref);
    for (const [ref, pid] of process.monitors ?? []) delivery.send(pid, { kind: 'demonitor', from: process.pid, ref });
    const error = callError('callee_exit', `${process.name} ended: ${isOrderlyExit(reason) ? reason : reason.slice(0, 200)}`, process.name);
    for (const call of process.unanswered ?? []) delivery.refuse(call, error);
    if (process.request) this.#buryWaiting(process, process.request, error);
    for (const signal of process.mailbox.drain()) this.#buryWaiting(process, signal, error);
    // Accepted casts die with the mailbox; those that still waited for room are refused.
    for (const cast of process.blocked ?? []) delivery.refuseCast(cast, process.name, error);
    process.behaviour.dispose();
  }

  #buryWaiting(process: Process, signal: Signal, error: CallError): void {
    const { journal, delivery } = this.#host;
    if (signal.kind === 'call') delivery.refuse(signal, error);
    else if (signal.kind === 'cast') journal.countDrop(process.name, 'process_exited');
    else if (signal.kind === 'request') delivery.send(signal.from, { kind: 'response', ref: signal.ref, body: { error: 'sup_down' } });
  }
}
