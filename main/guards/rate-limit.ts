/** A token bucket: `calls` at once, and so many again in `perMs`. A call that waits has its token already, of the future. */
import type { GuardOf } from '../../shared/design/guard';

type RateLimit = GuardOf<'rateLimit'>;
/** `tokens` below zero: so many of those to come are promised. */
export type RateLimitState = { readonly tokens: number; readonly atMs: number };

export const fullBucket = (guard: RateLimit, nowMs: number): RateLimitState => ({ tokens: guard.calls, atMs: nowMs });

export function refilled(guard: RateLimit, state: RateLimitState, nowMs: number): RateLimitState {
  if (nowMs <= state.atMs) return state;
  return { tokens: Math.min(guard.calls, state.tokens + ((nowMs - state.atMs) * guard.calls) / guard.perMs), atMs: nowMs };
}

/** How long a call that comes now has to wait, in ms: 0, more where it may wait, or nothing where it is refused. `state` is refilled. */
export function waitFor(guard: RateLimit, state: RateLimitState): number | undefined {
  if (state.tokens >= 1) return 0;
  if (state.tokens - 1 < -guard.queue) return undefined;
  return Math.ceil(((1 - state.tokens) * guard.perMs) / guard.calls);
}

export const afterTaking = ({ tokens, atMs }: RateLimitState): RateLimitState => ({ tokens: tokens - 1, atMs });
/** One that waited gives up: its token is there for others. */
export const afterGivingBack = ({ tokens, atMs }: RateLimitState): RateLimitState => ({ tokens: tokens + 1, atMs });
