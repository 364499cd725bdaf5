/** Whether a failed call is made again, and when. */
import type { GuardOf } from '../../shared/design/guard';
import { CALL_FAILURES, PASSING_FAILURES, UNBEGUN_FAILURES, type CallError } from '../../shared/run/call-failure';

type Retry = GuardOf<'retry'>;

export type FailedAttempt = {
  readonly error: CallError;
  /** How often the call has been made, this time included. */
  readonly attempts: number;
  /** As the operation says. */
  readonly isIdempotent: boolean;
  readonly nowMs: number;
  /** When nobody waits any more: a pause that ends later is not begun. */
  readonly deadlineMs: number;
  readonly isWithinBudget: boolean;
  /** At least 0, below 1. */
  readonly random: number;
};
/** `afterMs`: the pause before the next attempt. */
export type RetryDecision = { readonly kind: 'again'; readonly afterMs: number } | { readonly kind: 'giveUp'; readonly why: 'notListed' | 'notIdempotent' | 'attempts' | 'budget' | 'askedPause' | 'deadline' };

const DECLARED = (code: string): boolean => !CALL_FAILURES.some((one) => one === code);

/** Whether a guard is about this failure: as its `on` says, or else about all that may pass. */
export const isListed = (on: readonly string[] | undefined, code: string): boolean => (on === undefined ? PASSING_FAILURES.has(code) : on.includes(code));

export function decideRetry(guard: Retry, failed: FailedAttempt): RetryDecision {
  const { error, attempts, isIdempotent, nowMs, deadlineMs, isWithinBudget } = failed;
  if (!isListed(guard.on, error.code)) return { kind: 'giveUp', why: 'notListed' };
  // A call that may have been handled is made again only where twice is as good as once; an error that the provider declares says what it did.
  if (!(guard.idempotent ?? isIdempotent) && !UNBEGUN_FAILURES.has(error.code) && !DECLARED(error.code)) return { kind: 'giveUp', why: 'notIdempotent' };
  if (attempts >= guard.attempts) return { kind: 'giveUp', why: 'attempts' };
  if (!isWithinBudget) return { kind: 'giveUp', why: 'budget' };
  const askedMs = askedPauseMs(error);
  if (askedMs > guard.maxBackoffMs) return { kind: 'giveUp', why: 'askedPause' };
  const afterMs = Math.max(pauseOf(guard, failed), askedMs);
  return nowMs + afterMs >= deadlineMs ? { kind: 'giveUp', why: 'deadline' } : { kind: 'again', afterMs };
}

/** Exponential, at most `maxBackoffMs`, with full jitter (AWS Architecture Blog, 2015). */
function pauseOf(guard: Retry, { attempts, random }: FailedAttempt): number {
  const lengthMs = Math.min(guard.maxBackoffMs, guard.backoffMs * guard.factor ** (attempts - 1));
  return Math.ceil(guard.jitter === 'full' ? lengthMs * random : lengthMs);
}

/** `data: {retryAfterMs}` of a declared error, as models answer where they are asked too often. */
function askedPauseMs({ data }: CallError): number {
  const asked = data !== null && typeof data === 'object' && !Array.isArray(data) ? (data as { readonly retryAfterMs?: unknown }).retryAfterMs : undefined;
  return typeof asked === 'number' && Number.isFinite(asked) && asked > 0 ? Math.ceil(asked) : 0;
}
