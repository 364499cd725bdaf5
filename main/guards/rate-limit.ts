/**
 * A token bucket of `calls`, filled anew in `perMs`, kept as the moment at which it is full again (GCRA, ITU-T I.371 annex A): whole numbers,
 * so that nothing drifts. A call that waits has its token already, of the future.
 */
import type { GuardOf } from '../../shared/design/guard';

type RateLimit = GuardOf<'rateLimit'>;
/** When the bucket is full again, in `calls`-ths of a millisecond. */
export type RateLimitState = { readonly fullAt: number };

export const FULL_BUCKET: RateLimitState = { fullAt: 0 };

/** How much is missing from a full bucket: each call takes `perMs`. */
const missing = ({ calls }: RateLimit, { fullAt }: RateLimitState, nowMs: number): number => Math.max(0, fullAt - nowMs * calls);

/** How long a call that comes now has to wait, in ms: 0, more where it may wait, or nothing where it is refused. */
export function waitFor(guard: RateLimit, state: RateLimitState, nowMs: number): number | undefined {
  const { calls, perMs, queue } = guard;
  const beyond = missing(guard, state, nowMs) - (calls - 1) * perMs;
  if (beyond <= 0) return 0;
  return beyond > queue * perMs ? undefined : Math.ceil(beyond / calls);
}

export const afterTaking = (guard: RateLimit, state: RateLimitState, nowMs: number): RateLimitState => ({ fullAt: nowMs * guard.calls + missing(guard, state, nowMs) + guard.perMs });
/** One that waited gives up: its token is there for others. */
export const afterGivingBack = (guard: RateLimit, { fullAt }: RateLimitState): RateLimitState => ({ fullAt: fullAt - guard.perMs });

/** Calls that have a token of the future. */
export function waitingFor(guard: RateLimit, state: RateLimitState, nowMs: number): number {
  return Math.max(0, Math.ceil(missing(guard, state, nowMs) / guard.perMs) - guard.calls);
}
