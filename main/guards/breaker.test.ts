/** Breakers beside a slow model, which keeps all that ever happened and looks through it each time, and beside cockatiel. */
import { test } from '@fast-check/vitest';
import { circuitBreaker, ConsecutiveBreaker, CountBreaker, handleAll, type IBreaker } from 'cockatiel';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { breakerGuard, type GuardOf } from '../../shared/design/guard';
import { admits, afterAdmission, afterOutcome, closedBreaker, type BreakerState, type Outcome } from './breaker';
import { SlowBreaker } from './testing/slow-breaker';

type Breaker = GuardOf<'breaker'>;
type Step = { readonly do: 'begin' } | { readonly do: 'end'; readonly which: number; readonly outcome: Outcome } | { readonly do: 'pass'; readonly ms: number };

const breakers: fc.Arbitrary<Breaker> = fc
  .record(
    {
      kind: fc.constant('breaker' as const),
      failures: fc.integer({ min: 1, max: 4 }),
      failureRate: fc.constantFrom(0.2, 0.5, 1),
      windowMs: fc.constantFrom(50, 100, 1000),
      windowCalls: fc.integer({ min: 1, max: 8 }),
      minimumCalls: fc.integer({ min: 1, max: 5 }),
      openMs: fc.constantFrom(10, 100),
      probes: fc.integer({ min: 1, max: 3 }),
    },
    { requiredKeys: ['kind', 'openMs'] },
  )
  // One of the two, as the check demands.
  .map(({ failures, failureRate, windowCalls, ...rest }) => breakerGuard.parse({ ...rest, ...(failureRate === undefined ? { failures } : { failureRate, windowCalls }) }));
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.constant({ do: 'begin' } as const) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('end' as const), which: fc.nat(4), outcome: fc.constantFrom<Outcome>('success', 'failure', 'failure', 'cancelled') }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(1, 9, 10, 40, 100, 2000) }) },
  ),
  { maxLength: 80, size: 'max' },
);

/** Which calls are let through, in order. */
function admittedBy(guard: Breaker, all: readonly Step[]): { readonly quick: readonly boolean[]; readonly slow: readonly boolean[] } {
  const slow = new SlowBreaker(guard);
  let state: BreakerState = closedBreaker(guard);
  const open: { readonly era: number; readonly phase: number }[] = [];
  const said = { quick: [] as boolean[], slow: [] as boolean[] };
  let nowMs = 0;
  for (const step of all) {
    if (step.do === 'pass') nowMs += step.ms;
    else if (step.do === 'begin') {
      const phase = slow.begin(nowMs);
      const isAdmitted = admits(guard, state, nowMs);
      said.quick.push(isAdmitted);
      said.slow.push(phase !== undefined);
      if (isAdmitted) state = afterAdmission(state);
      if (isAdmitted && phase !== undefined) open.push({ era: state.era, phase });
    } else {
      const [ended] = open.splice(Math.min(step.which, open.length - 1), 1);
      if (!ended) continue;
      state = afterOutcome(guard, state, { era: ended.era, outcome: step.outcome, nowMs });
      slow.end(ended.phase, step.outcome, nowMs);
    }
  }
  return said;
}

describe('a breaker beside a slow model', () => {
  test.prop([breakers, steps], { seed: 51126, numRuns: 3000 })('lets the same calls through', (guard, all) => {
    const { quick, slow } = admittedBy(guard, all);
    expect(quick).toEqual(slow);
  });

  it('bites: the steps open breakers of every kind, and close them again', () => {
    const refusals = new Map<string, number>();
    for (const [guard, all] of fc.sample(fc.tuple(breakers, steps), { seed: 51126, numRuns: 1000 })) {
      const kind = `${guard.failureRate === undefined ? 'count' : 'rate'} ${guard.windowMs === undefined ? '' : 'ms'}`;
      const { quick } = admittedBy(guard, all);
      // Refused, and let through later on.
      if (quick.slice(quick.indexOf(false)).includes(true) && quick.includes(false)) refusals.set(kind, (refusals.get(kind) ?? 0) + 1);
    }
    expect([...refusals.keys()].toSorted()).toEqual(['count ', 'count ms', 'rate ', 'rate ms']);
    expect(Math.min(...refusals.values())).toBeGreaterThan(5);
  });
});

type Sequential = { readonly ok: boolean; readonly passMs: number };

/** One call after the other. Answers for each whether it reached the provider; `until` the first refusal is over where asked. */
async function beside(guard: Breaker, breaker: IBreaker, calls: readonly Sequential[]): Promise<{ readonly ours: readonly boolean[]; readonly theirs: readonly boolean[] }> {
  const policy = circuitBreaker(handleAll, { halfOpenAfter: guard.openMs, breaker });
  let state: BreakerState = closedBreaker(guard);
  const [ours, theirs]: [boolean[], boolean[]] = [[], []];
  for (const { ok, passMs } of calls) {
    vi.setSystemTime(Date.now() + passMs);
    const nowMs = Date.now();
    const isAdmitted = admits(guard, state, nowMs);
    ours.push(isAdmitted);
    if (isAdmitted) {
      state = afterAdmission(state);
      state = afterOutcome(guard, state, { era: state.era, outcome: ok ? 'success' : 'failure', nowMs });
    }
    let hasReached = false;
    await policy
      .execute(() => {
        hasReached = true;
        if (!ok) throw new Error('planned');
      })
      .catch(() => undefined);
    theirs.push(hasReached);
  }
  return { ours, theirs };
}

describe('a breaker beside cockatiel', () => {
  beforeEach(() => vi.useFakeTimers({ now: 1_000_000, toFake: ['Date'] }));
  afterEach(() => vi.useRealTimers());

  const sequence = fc.array(fc.record({ ok: fc.boolean(), passMs: fc.constantFrom(0, 1, 5, 10, 20) }), { maxLength: 60, size: 'max' });

  test.prop([fc.integer({ min: 1, max: 4 }), sequence], { seed: 51127, numRuns: 500 })('opens, probes and closes at the same calls, counting failures in a row', async (failures, calls) => {
    const guard = breakerGuard.parse({ kind: 'breaker', failures, openMs: 10 });
    const { ours, theirs } = await beside(guard, new ConsecutiveBreaker(failures), calls);
    expect(ours).toEqual(theirs);
  });

  // Cockatiel opens above the share and we at it, so shares are such that it is never met; after a probe it counts on with what it had.
  test.prop([fc.constantFrom(0.31, 0.47, 0.73), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), sequence], { seed: 51128, numRuns: 500 })(
    'opens at the same call, counting a share of the last calls',
    async (failureRate, windowCalls, least, calls) => {
      const minimumCalls = Math.min(least, windowCalls);
      const guard = breakerGuard.parse({ kind: 'breaker', failureRate, windowCalls, minimumCalls, openMs: 1000 });
      const { ours, theirs } = await beside(guard, new CountBreaker({ threshold: failureRate, size: windowCalls, minimumNumberOfCalls: minimumCalls }), calls);
      // `openMs` is longer than the sequence mostly is: compared until it may probe.
      const opened = theirs.indexOf(false);
      const upTo = opened < 0 ? calls.length : opened + 1;
      expect(ours.slice(0, upTo)).toEqual(theirs.slice(0, upTo));
    },
  );
});
