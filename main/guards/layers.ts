/** The layers of time, of repetition and of substitutes; breaker, bulkhead and rate limit have files of their own. */
import type { GuardOf } from '../../shared/design/guard';
import type { GuardSample } from '../../shared/run/engine-protocol';
import type { CallResult } from '../kernel/signal';
import type { Cancelled, Entry, Layer, Passing, TimeLimit } from './layer';
import { afterCall, afterRetry, allowsRetry, budgetAt, freshBudget, type RetryBudget } from './retry-budget';
import { decideRetry, isListed } from './retry';

/** The ticket of a call is its deadline at this place, in ms; whoever leads the call watches it. */
export class TimeoutLayer implements TimeLimit {
  readonly ms: number;
  #passed = 0;
  #acted = 0;

  constructor({ ms }: GuardOf<'timeout'>) {
    this.ms = ms;
  }

  enter(call: Passing, place: number): Entry {
    this.#passed += 1;
    call.tickets[place] = call.nowMs + this.ms;
    return 'on';
  }

  leave(_: Passing, __: number, result: CallResult): CallResult {
    return result;
  }

  cancel(): void {
    // A deadline holds nothing.
  }

  timedOut(): void {
    this.#acted += 1;
  }

  sample(): Omit<GuardSample, 'wire' | 'guard'> {
    return { kind: 'timeout', passed: this.#passed, refused: 0, acted: this.#acted };
  }
}

/** The ticket counts attempts. */
export class RetryLayer implements Layer {
  readonly #guard: GuardOf<'retry'>;
  #budget: RetryBudget;
  #passed = 0;
  #acted = 0;

  constructor(guard: GuardOf<'retry'>, nowMs: number) {
    this.#guard = guard;
    this.#budget = freshBudget(nowMs);
  }

  enter(call: Passing, place: number): Entry {
    this.#passed += 1;
    this.#budget = afterCall(budgetAt(this.#budget, call.nowMs));
    call.tickets[place] = 1;
    return 'on';
  }

  leave(call: Passing, place: number, result: CallResult): CallResult | undefined {
    if (result.ok || call.hasItems) return result;
    const { nowMs, isIdempotent, random } = call;
    this.#budget = budgetAt(this.#budget, nowMs);
    const decision = decideRetry(this.#guard, {
      error: result.error,
      attempts: call.tickets[place]!,
      isIdempotent,
      nowMs,
      deadlineMs: call.deadlineOutside(place),
      isWithinBudget: allowsRetry(this.#budget, this.#guard.budget, nowMs),
      random,
    });
    if (decision.kind === 'giveUp') return result;
    this.#acted += 1;
    this.#budget = afterRetry(this.#budget);
    call.tickets[place]! += 1;
    call.goOnAt(nowMs + decision.afterMs);
    return undefined;
  }

  cancel(_: Passing, __: number, ___: Cancelled): void {
    // An attempt that was made counts, whoever waits for it.
  }

  sample(): Omit<GuardSample, 'wire' | 'guard'> {
    return { kind: 'retry', passed: this.#passed, refused: 0, acted: this.#acted };
  }
}

const FRESH = 0;
const USED = 1;

/** The ticket says whether the substitute has been asked. */
export class FallbackLayer implements Layer {
  readonly #guard: GuardOf<'fallback'>;
  #passed = 0;
  #acted = 0;

  constructor(guard: GuardOf<'fallback'>) {
    this.#guard = guard;
  }

  enter(call: Passing, place: number): Entry {
    this.#passed += 1;
    call.tickets[place] = FRESH;
    return 'on';
  }

  leave(call: Passing, place: number, result: CallResult): CallResult | undefined {
    const { to, answers = {}, on } = this.#guard;
    if (result.ok || call.hasItems || call.tickets[place] === USED || !isListed(on, result.error.code)) return result;
    if (to === undefined) {
      if (!Object.hasOwn(answers, call.operation)) return result;
      this.#acted += 1;
      return { ok: true, output: answers[call.operation]! };
    }
    call.tickets[place] = USED;
    this.#acted += 1;
    call.ask(to);
    return undefined;
  }

  cancel(): void {
    // Nothing is held.
  }

  sample(): Omit<GuardSample, 'wire' | 'guard'> {
    return { kind: 'fallback', passed: this.#passed, refused: 0, acted: this.#acted };
  }
}
