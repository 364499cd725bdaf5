/**
 * Takes items that the core has acknowledged, at most `inFlight` at a time, and delivers each as a call. A failed item is
 * tried again `retries` times with a growing pause, then settled as failed: a dead letter. After the last one, `endOperation`.
 */
import type { Json } from '../../shared/json/json';
import type { ProgramSource } from '../../shared/program/program';
import type { Behaviour, Self } from '../kernel/behaviour';
import type { CallResult, Signal } from '../kernel/signal';
import { wiresOf } from './wires';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2000;

/** An item under way, or the end, which is delivered in the same way. */
type Delivery = { readonly id: number | 'end'; readonly value: Json; readonly operation: string; readonly attempt: number };

export class Source implements Behaviour {
  readonly receives = 'queued';
  readonly trapsExits = false;
  readonly #node: ProgramSource;
  readonly #calls = new Map<number, Delivery>();
  readonly #pauses = new Map<number, Delivery>();
  #items: number | undefined;

  constructor(node: ProgramSource) {
    this.#node = node;
  }

  start(self: Self): void {
    self.started();
    self.pull(this.#node.inFlight);
  }

  receive(self: Self, signal: Signal): void {
    switch (signal.kind) {
      case 'item':
        return this.#deliver(self, { id: signal.id, value: signal.value, operation: this.#node.operation, attempt: 1 });
      case 'itemsEnd':
        this.#items = signal.items;
        return this.#endIfSettled(self);
      case 'reply':
        return this.#answered(self, signal.ref, signal.result);
      case 'timer':
        return this.#tryAgain(self, signal.timer);
      default:
        return;
    }
  }

  #deliver(self: Self, delivery: Delivery): void {
    const wire = wiresOf(self.program, self.node.id, 'out')[0];
    if (!wire) return self.exit('crash: nothing is wired to out');
    const { operation, value: input, id, attempt } = delivery;
    // A source that begins anew delivers again what others may still be at work on: not the same attempt.
    const origin = { input: id === 'end' ? `end-${self.name}` : String(id), attempt: `${self.incarnation}.${attempt}` };
    this.#calls.set(self.call({ wire, operation, input, origin }), delivery);
  }

  #answered(self: Self, ref: number, result: CallResult): void {
    const delivery = this.#calls.get(ref);
    if (!delivery) return;
    this.#calls.delete(ref);
    if (!result.ok && delivery.attempt <= this.#node.retries) return this.#pause(self, delivery);
    if (delivery.id === 'end') {
      // Not a dead letter: the whole result hangs on it, so the supervisor decides.
      if (!result.ok) self.exit(`crash: ${delivery.operation} failed after the last item: ${result.error.code}: ${result.error.message}`);
      return;
    }
    self.settle({ id: delivery.id, attempts: delivery.attempt }, result);
    self.pull(1);
    this.#endIfSettled(self);
  }

  #pause(self: Self, delivery: Delivery): void {
    const ms = Math.min(FIRST_PAUSE_MS * 2 ** (delivery.attempt - 1), LONGEST_PAUSE_MS);
    this.#pauses.set(self.setTimer(ms, null), delivery);
  }

  #tryAgain(self: Self, timer: number): void {
    const delivery = this.#pauses.get(timer);
    this.#pauses.delete(timer);
    if (delivery) this.#deliver(self, { ...delivery, attempt: delivery.attempt + 1 });
  }

  #endIfSettled(self: Self): void {
    const { endOperation } = this.#node;
    if (this.#items === undefined || endOperation === undefined || this.#calls.size > 0 || this.#pauses.size > 0) return;
    const value = { items: this.#items };
    this.#items = undefined;
    this.#deliver(self, { id: 'end', value, operation: endOperation, attempt: 1 });
  }

  dispose(): void {
    this.#calls.clear();
    this.#pauses.clear();
  }
}
