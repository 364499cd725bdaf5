import type { GuardOf } from '../../shared/design/guard';
import type { GuardSample } from '../../shared/run/engine-protocol';
import { callError } from '../kernel/behaviour';
import type { CallResult } from '../kernel/signal';
import { admits, afterAdmission, afterOutcome, closedBreaker, forced, type BreakerState, type Force, type Outcome } from './breaker';
import { countFailures } from './breaker-window';
import type { Cancelled, Entry, Layer, Passing } from './layer';
import { isListed } from './retry';

export type BreakerLayerOptions = { readonly guard: GuardOf<'breaker'>; readonly wire: string; readonly provider: string; readonly onChange: (from: BreakerState['kind'], to: BreakerState['kind']) => void };

/** The ticket of a call is the era in which it was let through. */
export class BreakerLayer implements Layer {
  readonly #options: BreakerLayerOptions;
  #state: BreakerState;
  #passed = 0;
  #refused = 0;

  constructor(options: BreakerLayerOptions) {
    this.#options = options;
    this.#state = closedBreaker(options.guard);
  }

  enter(call: Passing, place: number): Entry {
    const { guard, wire, provider } = this.#options;
    const state = this.#state;
    if (!admits(guard, state, call.nowMs)) {
      this.#refused += 1;
      return { ok: false, error: callError('overloaded', `the breaker on ${wire} ${wordState(state, call.nowMs)}`, provider) };
    }
    this.#passed += 1;
    this.#become(afterAdmission(state));
    call.tickets[place] = this.#state.era;
    return 'on';
  }

  /** An error that is none of the listed ones is an answer: the provider lives. */
  leave(call: Passing, place: number, result: CallResult): CallResult {
    this.#end(call, place, !result.ok && isListed(this.#options.guard.on, result.error.code) ? 'failure' : 'success');
    return result;
  }

  cancel(call: Passing, place: number, why: Cancelled): void {
    this.#end(call, place, why === 'late' && isListed(this.#options.guard.on, 'timeout') ? 'failure' : 'cancelled');
  }

  #end(call: Passing, place: number, outcome: Outcome): void {
    this.#become(afterOutcome(this.#options.guard, this.#state, { era: call.tickets[place]!, outcome, nowMs: call.nowMs }));
  }

  force(force: Force): void {
    this.#become(forced(this.#options.guard, this.#state, force));
  }

  #become(state: BreakerState): void {
    const from = this.#state.kind;
    this.#state = state;
    if (state.kind !== from) this.#options.onChange(from, state.kind);
  }

  sample(nowMs: number): Omit<GuardSample, 'wire' | 'guard'> {
    const state = this.#state;
    const failures = state.kind === 'closed' ? { failures: countFailures(this.#options.guard, state.window, nowMs) } : {};
    return { kind: 'breaker', passed: this.#passed, refused: this.#refused, acted: 0, state: state.kind, ...failures };
  }
}

function wordState(state: BreakerState, nowMs: number): string {
  if (state.kind === 'open') return `is open for another ${state.untilMs - nowMs} ms`;
  return state.kind === 'forcedOpen' ? 'is held open by a person' : 'is half open, and waits for what its probes say';
}
