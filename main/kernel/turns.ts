/** Whose turn it is, and one turn: a process takes the next of what waits for it and handles it to completion. */
import type { Host, Turning } from './host';
import type { Process } from './process';
import { ProcessSelf } from './process-self';
import { isOutside } from './signal';
import type { CallSignal, CastSignal, Signal } from './signal';

export class Turns implements Turning {
  readonly #host: Host;
  #ready: Process[] = [];
  #head = 0;

  constructor(host: Host) {
    this.#host = host;
  }

  schedule(process: Process): void {
    if (process.isScheduled || !process.isReady) return;
    process.isScheduled = true;
    this.#ready.push(process);
  }

  /** One turn of one process. Answers whether there was one to make. */
  step(): boolean {
    for (;;) {
      const process = this.#takeReady();
      if (!process) return false;
      process.isScheduled = false;
      if (!process.isReady) continue;
      this.#host.steps += 1;
      this.#turn(process);
      this.schedule(process);
      return true;
    }
  }

  #takeReady(): Process | undefined {
    if (this.#head === this.#ready.length) return undefined;
    const process = this.#ready[this.#head++];
    if (this.#head === this.#ready.length) {
      this.#ready = [];
      this.#head = 0;
    } else if (this.#head >= 1024 && this.#head * 2 > this.#ready.length) {
      // At least half of it, so that a queue of any length is copied once an entry at most.
      this.#ready = this.#ready.slice(this.#head);
      this.#head = 0;
    }
    return process;
  }

  #turn(process: Process): void {
    process.self ??= new ProcessSelf(this.#host, process);
    try {
      if (!process.hasBegun) {
        process.hasBegun = true;
        return process.behaviour.start(process.self);
      }
      const signal = this.#takeSignal(process);
      if (signal) process.behaviour.receive(process.self, signal);
    } catch (error) {
      // A behaviour of ours threw: let it crash, like any other process.
      this.#host.deaths.end(process, `crash: ${error instanceof Error ? `${error.name}: ${error.message}` : 'unknown'}`);
    }
  }

  #takeSignal(process: Process): Signal | undefined {
    if (process.behaviour.receives === 'selective') {
      const { matches } = process;
      const taken = matches ? process.mailbox.takeFirst(matches) : process.mailbox.shift();
      const signal = taken?.kind === 'call' || taken?.kind === 'cast' ? this.#takeMessage(process, taken) : taken;
      // Where nothing is given to it, it goes on waiting for the same.
      if (signal) process.matches = undefined;
      if (signal?.kind === 'request') process.request = signal;
      return signal;
    }
    const signal = process.urgent?.shift() ?? process.mailbox.shift();
    return signal?.kind === 'call' || signal?.kind === 'cast' ? this.#takeMessage(process, signal) : signal;
  }

  #takeMessage(process: Process, message: CallSignal | CastSignal): Signal | undefined {
    const { journal, nowMs, options } = this.#host;
    process.boundedCount -= 1;
    this.#admitBlocked(process);
    if (message.kind === 'call') {
      if (!isOutside(message.from) && message.deadlineMs <= nowMs) {
        // Its caller has had `timeout` already: work for nobody.
        journal.countDrop(process.name, 'expired');
        return undefined;
      }
      (process.unanswered ??= new Set()).add(message);
    }
    process.handled += 1;
    if (options.trace) journal.record({ type: 'message.handled', node: process.name, operation: `${message.protocol}.${message.operation}` });
    return message;
  }

  /** Awaited casts that found the mailbox full come in as there is room, in the order they came. */
  #admitBlocked(process: Process): void {
    const { blocked } = process;
    while (blocked !== undefined && blocked.length > 0 && process.boundedCount < process.bound) {
      const cast = blocked.shift()!;
      process.boundedCount += 1;
      process.mailbox.push(cast);
      this.#host.delivery.send(cast.from, { kind: 'accepted', ref: cast.ref! });
    }
  }
}
