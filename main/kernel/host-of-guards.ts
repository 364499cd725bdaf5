import type { Json } from '../../shared/json/json';
import type { JournalEvent } from '../../shared/journal/record';
import type { ProgramWire } from '../../shared/program/program';
import type { CallRequest } from './behaviour';
import { findOperation, isStream } from './door';
import type { Attempt, GuardedHost } from './guarding';
import type { Host } from './host';
import type { Process } from './process';
import { mixSeed } from './seed';
import type { CallResult } from './signal';

/** A host as its guards see it. */
export class HostOfGuards implements GuardedHost {
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  get nowMs(): number {
    return this.#host.nowMs;
  }
  get wires(): readonly ProgramWire[] {
    return this.#host.program.wires;
  }

  nextRef(): number {
    return this.#host.nextRef();
  }
  setTimer(process: Process, atMs: number, fire: () => void): number {
    return this.#host.timers.set({ atMs, pid: process.pid, fire });
  }
  cancelTimer(timer: number): void {
    this.#host.timers.cancel(timer);
  }

  attempt(process: Process, attempt: Attempt): number {
    return this.#host.calls.attempt(process, attempt);
  }
  forget(process: Process, ref: number, hasFailed: boolean): void {
    this.#host.calls.drop(process, ref, hasFailed);
  }
  answer(process: Process, ref: number, result: CallResult): void {
    this.#host.delivery.urgent(process, { kind: 'reply', ref, result });
  }
  item(process: Process, ref: number, value: Json): void {
    this.#host.delivery.urgent(process, { kind: 'streamItem', ref, from: process.pid, value });
  }
  demand(process: Process, ref: number, items: number): void {
    this.#host.calls.demand(process, ref, items);
  }

  isStream({ wire, operation }: CallRequest): boolean {
    return isStream(this.#host.program, { protocol: wire.protocol, operation });
  }

  isIdempotent({ wire, operation }: CallRequest): boolean {
    return findOperation(this.#host.program, wire.protocol, operation)?.idempotent === true;
  }
  random(...words: readonly (string | number)[]): number {
    return mixSeed(this.#host.options.seed, ...words) / 2 ** 32;
  }
  record(event: JournalEvent): void {
    this.#host.journal.record(event);
  }
}
