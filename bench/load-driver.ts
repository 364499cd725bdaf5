/** The process that makes the load on a host of the bench. It measures in its own thread, and answers the core's request when it is done. */
import { assert } from '../shared/assert';
import type { Json } from '../shared/json/json';
import type { Behaviour, Self } from '../main/kernel/behaviour';
import type { ProgramWire } from '../shared/program/program';
import type { Signal } from '../main/kernel/signal';
import { inputOf } from './program';

export const DRIVER = 'driver';
export const PEER = 'peer';

/** `oneWay`: casts, in two halves of a window that each end in a call. `calls`: so many at once; `untilLost`: until one fails. */
export type Load = { readonly load: 'oneWay' | 'calls' | 'untilLost'; readonly count: number; readonly atOnce: number };
/** `p50Us`, `p99Us`: from a call to its answer. `failed`: calls that came to another end. */
export type LoadAnswer = { readonly ms: number; readonly p50Us: number; readonly p99Us: number; readonly failed: number; readonly answered: number };

const WIRE: ProgramWire = { from: { node: DRIVER, port: 'out' }, to: PEER, protocol: 'Echo', guards: [{ kind: 'timeout', ms: 60_000 }] };

export class LoadDriver implements Behaviour {
  readonly receives = 'queued';
  readonly trapsExits = false;
  #load: Load | undefined;
  #requestRef = 0;
  #beginMs = 0;
  #sent = 0;
  #failed = 0;
  readonly #begun = new Map<number, number>();
  #took: number[] = [];

  start(self: Self): void {
    self.started();
  }

  receive(self: Self, signal: Signal): void {
    if (signal.kind === 'request') this.#begin(self, signal.ref, signal.body);
    else if (signal.kind === 'reply') this.#answered(self, signal.ref, signal.result.ok);
  }

  #begin(self: Self, ref: number, body: Json): void {
    const load = body as Load;
    this.#load = load;
    this.#requestRef = ref;
    this.#beginMs = performance.now();
    this.#sent = this.#failed = 0;
    this.#took = [];
    const openings = load.load === 'oneWay' ? 2 : load.atOnce;
    for (let one = 0; one < openings; one += 1) this.#more(self, load);
  }

  #more(self: Self, { load, count, atOnce }: Load): void {
    if (this.#sent >= count || (load === 'untilLost' && this.#failed > 0)) return;
    if (load === 'oneWay') for (let one = 1; one < atOnce / 2; one += 1) self.cast({ wire: WIRE, operation: 'note', input: inputOf(this.#sent++), awaited: false });
    const ref = self.call({ wire: WIRE, operation: 'say', input: inputOf(this.#sent++) });
    this.#begun.set(ref, performance.now());
  }

  #answered(self: Self, ref: number, isGood: boolean): void {
    const load = this.#load;
    assert(load, 'an answer without a load');
    const nowMs = performance.now();
    this.#took.push(nowMs - this.#begun.get(ref)!);
    this.#begun.delete(ref);
    if (!isGood) this.#failed += 1;
    this.#more(self, load);
    if (this.#begun.size > 0) return;
    const sorted = Float64Array.from(this.#took).sort();
    const at = (part: number): number => (sorted[Math.floor(sorted.length * part)] ?? 0) * 1000;
    const answer: LoadAnswer = { ms: nowMs - this.#beginMs, p50Us: at(0.5), p99Us: at(0.99), failed: this.#failed, answered: this.#took.length - this.#failed };
    self.send('outside', { kind: 'response', ref: this.#requestRef, body: answer });
  }

  dispose(): void {}
}
