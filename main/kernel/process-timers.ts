/** Timers of processes, and the moment at which they and the deadlines of calls are due. */
import type { Json } from '../../shared/json/json';
import type { Host, Timing } from './host';
import type { Process } from './process';

export class ProcessTimers implements Timing {
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  set(process: Process, ms: number, payload: Json): number {
    const { timers, nowMs, delivery } = this.#host;
    const timer: number = timers.set({
      atMs: nowMs + ms,
      pid: process.pid,
      fire: () => {
        process.timers?.delete(timer);
        delivery.toProcess(process, { kind: 'timer', timer, payload });
      },
    });
    (process.timers ??= new Set()).add(timer);
    return timer;
  }

  cancel(process: Process, timer: number): void {
    if (process.timers?.delete(timer)) this.#host.timers.cancel(timer);
  }

  fireDue(): void {
    const { timers, nowMs, journal } = this.#host;
    for (let due = timers.takeDue(nowMs); due; due = timers.takeDue(nowMs)) {
      journal.recordInput({ type: 'timer.due', pid: due.pid, timer: due.id });
      due.fire();
    }
  }
}
