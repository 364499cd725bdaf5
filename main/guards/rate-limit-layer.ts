import type { GuardOf } from '../../shared/design/guard';
import type { GuardSample } from '../../shared/run/engine-protocol';
import { callError } from '../kernel/behaviour';
import type { CallResult } from '../kernel/signal';
import type { Entry, Layer, Passing } from './layer';
import { afterGivingBack, afterTaking, FULL_BUCKET, waitFor, waitingFor, type RateLimitState } from './rate-limit';

export type RateLimitLayerOptions = { readonly guard: GuardOf<'rateLimit'>; readonly wire: string; readonly provider: string };

/** The ticket is the moment for which the call has its token, in ms. */
export class RateLimitLayer implements Layer {
  readonly #options: RateLimitLayerOptions;
  #state: RateLimitState = FULL_BUCKET;
  #passed = 0;
  #refused = 0;

  constructor(options: RateLimitLayerOptions) {
    this.#options = options;
  }

  enter(call: Passing, place: number): Entry {
    const { guard, wire, provider } = this.#options;
    const { nowMs } = call;
    const ms = waitFor(guard, this.#state, nowMs);
    if (ms === undefined) {
      this.#refused += 1;
      return { ok: false, error: callError('overloaded', `the rate limit on ${wire} lets ${guard.calls} calls through in ${guard.perMs} ms`, provider) };
    }
    this.#passed += 1;
    this.#state = afterTaking(guard, this.#state, nowMs);
    call.tickets[place] = nowMs + ms;
    if (ms === 0) return 'on';
    call.goOnAt(nowMs + ms);
    return 'wait';
  }

  leave(_: Passing, __: number, result: CallResult): CallResult {
    return result;
  }

  /** A token that has been used is used. */
  cancel(call: Passing, place: number): void {
    if (call.tickets[place]! > call.nowMs) this.#state = afterGivingBack(this.#options.guard, this.#state);
  }

  sample(nowMs: number): Omit<GuardSample, 'wire' | 'guard'> {
    return { kind: 'rateLimit', passed: this.#passed, refused: this.#refused, acted: 0, waiting: waitingFor(this.#options.guard, this.#state, nowMs) };
  }
}
