/** What a closed breaker remembers of past calls, and whether it is too much. One of four kinds, as the guard says. */
import type { GuardOf } from '../../shared/design/guard';

type Breaker = GuardOf<'breaker'>;
type Bucket = { readonly startMs: number; readonly calls: number; readonly failures: number };

export type BreakerWindow =
  | { readonly kind: 'inARow'; readonly failures: number }
  /** Times of the failures within `windowMs`, oldest first; never more than the guard's `failures`. */
  | { readonly kind: 'recent'; readonly failedAtMs: readonly number[] }
  /** Numbers of the failed ones among the last `windowCalls` calls. */
  | { readonly kind: 'lastCalls'; readonly calls: number; readonly failed: readonly number[] }
  /** Tenths of `windowMs`, oldest first. */
  | { readonly kind: 'lastMs'; readonly buckets: readonly Bucket[] };

export const FAILURES_IN_A_ROW = 5;
export const RATE_WINDOW_MS = 10_000;
const BUCKETS = 10;

export function emptyWindow({ failureRate, windowMs, windowCalls }: Breaker): BreakerWindow {
  if (failureRate === undefined) return windowMs === undefined ? { kind: 'inARow', failures: 0 } : { kind: 'recent', failedAtMs: [] };
  return windowCalls === undefined ? { kind: 'lastMs', buckets: [] } : { kind: 'lastCalls', calls: 0, failed: [] };
}

/** The same object where nothing changes, as after most successes. */
export function withOutcome(guard: Breaker, window: BreakerWindow, outcome: { readonly isFailure: boolean; readonly nowMs: number }): BreakerWindow {
  const { isFailure, nowMs } = outcome;
  switch (window.kind) {
    case 'inARow':
      if (isFailure) return { kind: 'inARow', failures: window.failures + 1 };
      return window.failures === 0 ? window : { kind: 'inARow', failures: 0 };
    case 'recent':
      if (!isFailure) return window;
      return { kind: 'recent', failedAtMs: [...window.failedAtMs.filter((atMs) => atMs > nowMs - guard.windowMs!), nowMs].slice(-(guard.failures ?? FAILURES_IN_A_ROW)) };
    case 'lastCalls': {
      const calls = window.calls + 1;
      const oldest = calls - guard.windowCalls!;
      const kept = window.failed.length > 0 && window.failed[0]! <= oldest ? window.failed.filter((number) => number > oldest) : window.failed;
      return { kind: 'lastCalls', calls, failed: isFailure ? [...kept, calls] : kept };
    }
    case 'lastMs':
      return { kind: 'lastMs', buckets: addToBuckets(window.buckets, guard.windowMs ?? RATE_WINDOW_MS, outcome) };
  }
}

function addToBuckets(buckets: readonly Bucket[], windowMs: number, { isFailure, nowMs }: { readonly isFailure: boolean; readonly nowMs: number }): readonly Bucket[] {
  const widthMs = windowMs / BUCKETS;
  const startMs = Math.floor(nowMs / widthMs) * widthMs;
  const last = buckets.at(-1);
  const failures = isFailure ? 1 : 0;
  if (last?.startMs === startMs) return buckets.with(-1, { startMs, calls: last.calls + 1, failures: last.failures + failures });
  return [...buckets.filter((bucket) => bucket.startMs > startMs - windowMs), { startMs, calls: 1, failures }];
}

/** Failures that count at a moment: those that have left the window are not asked for until the next call. */
export function countFailures(guard: Breaker, window: BreakerWindow, nowMs: number): number {
  switch (window.kind) {
    case 'inARow':
      return window.failures;
    case 'recent':
      return window.failedAtMs.filter((atMs) => atMs > nowMs - guard.windowMs!).length;
    case 'lastCalls':
      return window.failed.length;
    case 'lastMs':
      return window.buckets.filter(({ startMs }) => startMs > nowMs - (guard.windowMs ?? RATE_WINDOW_MS)).reduce((sum, { failures }) => sum + failures, 0);
  }
}

/** Asked after a failure: whether the breaker opens. */
export function isTripped(guard: Breaker, window: BreakerWindow): boolean {
  switch (window.kind) {
    case 'inARow':
      return window.failures >= (guard.failures ?? FAILURES_IN_A_ROW);
    case 'recent':
      return window.failedAtMs.length >= (guard.failures ?? FAILURES_IN_A_ROW);
    case 'lastCalls': {
      const calls = Math.min(window.calls, guard.windowCalls!);
      return calls >= Math.min(guard.minimumCalls, guard.windowCalls!) && window.failed.length >= guard.failureRate! * calls;
    }
    case 'lastMs': {
      const calls = window.buckets.reduce((sum, bucket) => sum + bucket.calls, 0);
      return calls >= guard.minimumCalls && window.buckets.reduce((sum, bucket) => sum + bucket.failures, 0) >= guard.failureRate! * calls;
    }
  }
}
