/**
 * A circuit breaker (Nygard, Release It!; resilience4j's words): closed it counts failures, open it refuses, half open it lets probes
 * through and closes once they have all succeeded.
 */
import type { GuardOf } from '../../shared/design/guard';
import { emptyWindow, isTripped, withOutcome, type BreakerWindow } from './breaker-window';

type Breaker = GuardOf<'breaker'>;

/** `era` grows with each change of kind: an outcome counts only in the era in which its call was let through. */
export type BreakerState = { readonly era: number } & (
  | { readonly kind: 'closed'; readonly window: BreakerWindow }
  | { readonly kind: 'open'; readonly untilMs: number }
  /** Of at most `probes` calls. */
  | { readonly kind: 'halfOpen'; readonly underWay: number; readonly succeeded: number }
  /** By a person; no call changes it. */
  | { readonly kind: 'forcedOpen' }
  | { readonly kind: 'forcedClosed' }
);
/** `cancelled`: nobody waits for the answer any more, which says nothing of the provider. */
export type Outcome = 'success' | 'failure' | 'cancelled';
export type Force = 'open' | 'closed' | 'auto';

export const closedBreaker = (guard: Breaker, era = 0): BreakerState => ({ era, kind: 'closed', window: emptyWindow(guard) });

export function admits(guard: Breaker, state: BreakerState, nowMs: number): boolean {
  switch (state.kind) {
    case 'closed':
    case 'forcedClosed':
      return true;
    case 'open':
      return nowMs >= state.untilMs;
    case 'halfOpen':
      return state.underWay + state.succeeded < guard.probes;
    case 'forcedOpen':
      return false;
  }
}

/** A call is let through: `admits` has said so. */
export function afterAdmission(state: BreakerState): BreakerState {
  if (state.kind === 'open') return { era: state.era + 1, kind: 'halfOpen', underWay: 1, succeeded: 0 };
  return state.kind === 'halfOpen' ? { ...state, underWay: state.underWay + 1 } : state;
}

/** `era`: of the state after the admission of the call that ends so. */
export function afterOutcome(guard: Breaker, state: BreakerState, ended: { readonly era: number; readonly outcome: Outcome; readonly nowMs: number }): BreakerState {
  const { era, outcome, nowMs } = ended;
  if (era !== state.era) return state;
  if (state.kind === 'halfOpen') return afterProbe(guard, state, outcome, nowMs);
  if (state.kind !== 'closed' || outcome === 'cancelled') return state;
  const window = withOutcome(guard, state.window, { isFailure: outcome === 'failure', nowMs });
  if (outcome === 'failure' && isTripped(guard, window)) return { era: era + 1, kind: 'open', untilMs: nowMs + guard.openMs };
  return window === state.window ? state : { era, kind: 'closed', window };
}

function afterProbe(guard: Breaker, state: Extract<BreakerState, { kind: 'halfOpen' }>, outcome: Outcome, nowMs: number): BreakerState {
  if (outcome === 'failure') return { era: state.era + 1, kind: 'open', untilMs: nowMs + guard.openMs };
  const underWay = state.underWay - 1;
  if (outcome === 'cancelled') return { ...state, underWay };
  const succeeded = state.succeeded + 1;
  return succeeded >= guard.probes ? closedBreaker(guard, state.era + 1) : { ...state, underWay, succeeded };
}

/** `auto` lets it work by itself again, from closed; where nobody has forced it, it changes nothing. */
export function forced(guard: Breaker, state: BreakerState, force: Force): BreakerState {
  const era = state.era + 1;
  if (force === 'open') return { era, kind: 'forcedOpen' };
  if (force === 'closed') return { era, kind: 'forcedClosed' };
  return state.kind === 'forcedOpen' || state.kind === 'forcedClosed' ? closedBreaker(guard, era) : state;
}
