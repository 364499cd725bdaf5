import type { GuardOf } from '../../../shared/design/guard';
import type { Outcome } from '../breaker';

/** The whole history, and plain questions to it. A phase ends with each change of state; calls of an earlier phase say nothing. */
export class SlowBreaker {
  readonly #guard: GuardOf<'breaker'>;
  #kind: 'closed' | 'open' | 'halfOpen' = 'closed';
  #openedAtMs = 0;
  #phase = 0;
  #outcomes: { readonly atMs: number; readonly failed: boolean }[] = [];
  #probesBegun = 0;

  constructor(guard: GuardOf<'breaker'>) {
    this.#guard = guard;
  }

  /** The phase of the call, where it is let through. */
  begin(nowMs: number): number | undefined {
    if (this.#kind === 'open' && nowMs - this.#openedAtMs >= this.#guard.openMs) this.#change('halfOpen');
    else if (this.#kind === 'open') return undefined;
    if (this.#kind === 'halfOpen') {
      if (this.#probesBegun === this.#guard.probes) return undefined;
      this.#probesBegun += 1;
    }
    return this.#phase;
  }

  end(phase: number, outcome: Outcome, nowMs: number): void {
    if (phase !== this.#phase) return;
    if (outcome === 'cancelled') {
      this.#probesBegun -= 1;
      return;
    }
    this.#outcomes.push({ atMs: nowMs, failed: outcome === 'failure' });
    if (this.#kind === 'halfOpen') {
      if (outcome === 'failure') this.#open(nowMs);
      else if (this.#outcomes.length === this.#guard.probes) this.#change('closed');
    } else if (outcome === 'failure' && this.#isTooMuch(nowMs)) this.#open(nowMs);
  }

  #open(nowMs: number): void {
    this.#openedAtMs = nowMs;
    this.#change('open');
  }

  #change(kind: 'closed' | 'open' | 'halfOpen'): void {
    this.#kind = kind;
    this.#phase += 1;
    this.#outcomes = [];
    this.#probesBegun = 0;
  }

  #isTooMuch(nowMs: number): boolean {
    const { failures = 5, failureRate, windowMs, windowCalls, minimumCalls } = this.#guard;
    const all = this.#outcomes;
    if (failureRate === undefined && windowMs === undefined) return all.length >= failures && all.slice(-failures).every(({ failed }) => failed);
    if (failureRate === undefined) return all.filter(({ atMs, failed }) => failed && atMs > nowMs - windowMs!).length >= failures;
    const tenth = (windowMs ?? 10_000) / 10;
    const looked = windowCalls === undefined ? all.filter(({ atMs }) => Math.floor(atMs / tenth) > Math.floor(nowMs / tenth) - 10) : all.slice(-windowCalls);
    const enough = windowCalls === undefined ? minimumCalls : Math.min(minimumCalls, windowCalls);
    return looked.length >= enough && looked.filter(({ failed }) => failed).length >= failureRate * looked.length;
  }
}
