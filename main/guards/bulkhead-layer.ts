import type { GuardOf } from '../../shared/design/guard';
import type { GuardSample } from '../../shared/run/engine-protocol';
import { callError } from '../kernel/behaviour';
import type { CallResult } from '../kernel/signal';
import { admissionTo, afterEnd, afterStart, afterWait, afterWaited, EMPTY_BULKHEAD, type BulkheadState } from './bulkhead';
import type { Entry, Layer, Passing } from './layer';

const NONE = 0;
const RUNS = 1;
const WAITS = 2;

export type BulkheadLayerOptions = { readonly guard: GuardOf<'bulkhead'>; readonly wire: string; readonly provider: string; /** Its place is free: the call goes on inwards. */ readonly resume: (call: Passing, place: number) => void };

/** The ticket says whether the call holds a place, or waits for one. */
export class BulkheadLayer implements Layer {
  readonly #options: BulkheadLayerOptions;
  #state: BulkheadState = EMPTY_BULKHEAD;
  /** In the order of arrival; those that gave up leave when they are met. */
  #queue: Passing[] = [];
  #head = 0;
  #passed = 0;
  #refused = 0;

  constructor(options: BulkheadLayerOptions) {
    this.#options = options;
  }

  enter(call: Passing, place: number): Entry {
    const { guard, wire, provider } = this.#options;
    const admission = admissionTo(guard, this.#state);
    if (admission === 'refuse') {
      this.#refused += 1;
      return { ok: false, error: callError('overloaded', `the bulkhead on ${wire} is full: ${guard.concurrency} calls are under way${guard.queue > 0 ? ` and ${guard.queue} wait` : ''}`, provider) };
    }
    this.#passed += 1;
    if (admission === 'run') {
      this.#state = afterStart(this.#state);
      call.tickets[place] = RUNS;
      return 'on';
    }
    this.#state = afterWait(this.#state);
    call.tickets[place] = WAITS;
    this.#queue.push(call);
    return 'wait';
  }

  leave(call: Passing, place: number, result: CallResult): CallResult {
    this.cancel(call, place);
    return result;
  }

  cancel(call: Passing, place: number): void {
    const ticket = call.tickets[place];
    call.tickets[place] = NONE;
    if (ticket === RUNS) this.#state = afterEnd(this.#state);
    else if (ticket === WAITS) this.#state = afterWaited(this.#state, false);
    this.#startNext(place);
  }

  #startNext(place: number): void {
    while (this.#state.running < this.#options.guard.concurrency && this.#state.waiting > 0) {
      const next = this.#take();
      if (next?.tickets[place] !== WAITS) continue;
      this.#state = afterWaited(this.#state, true);
      next.tickets[place] = RUNS;
      this.#options.resume(next, place);
    }
  }

  #take(): Passing | undefined {
    const next = this.#queue[this.#head++];
    // A queue of any length is copied once an entry at most.
    if (this.#head >= 64 && this.#head * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
    return next;
  }

  sample(): Omit<GuardSample, 'wire' | 'guard'> {
    return { kind: 'bulkhead', passed: this.#passed, refused: this.#refused, acted: 0, ...this.#state };
  }
}
