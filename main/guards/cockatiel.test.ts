/** Bulkhead, retry, timeout and fallback beside cockatiel, where both mean the same. The breaker's are in `breaker.test.ts`. */
import { test } from '@fast-check/vitest';
import { bulkhead, fallback, handleAll, handleWhen, IterableBackoff, retry, timeout, TimeoutStrategy, wrap } from 'cockatiel';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, vi } from 'vitest';
import { guardSchemas, type Guard, type GuardKind } from '../../shared/design/guard';
import { bad, good, GuardedWorld } from './testing/guarded-world';

const guard = (kind: GuardKind, fields: object): Guard => guardSchemas[kind].parse({ kind, ...fields });
const soon = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

describe('beside cockatiel', () => {
  const steps = fc.array(fc.oneof(fc.constant('begin' as const), fc.nat(5)), { maxLength: 60, size: 'max' });

  test.prop([fc.integer({ min: 1, max: 3 }), fc.nat(3), steps], { seed: 51131, numRuns: 300 })('a bulkhead runs, queues and refuses the same calls', async (concurrency, queue, all) => {
    const world = new GuardedWorld([guard('bulkhead', { concurrency, queue })]);
    const policy = bulkhead(concurrency, queue);
    const ends: (() => void)[] = [];
    let [theirsRefused, theirsRun] = [0, 0];
    for (const step of all) {
      if (step === 'begin') {
        world.ask();
        void policy.execute(() => new Promise<void>((resolve) => (theirsRun += 1, ends.push(resolve)))).catch(() => (theirsRefused += 1));
      } else if (world.open.length > 0) {
        world.answer(good(), step % world.open.length);
        ends.splice(step % ends.length, 1)[0]?.();
      }
      await soon();
      expect({ run: world.asked.length, refused: world.answered.filter(({ result }) => !result.ok).length }).toEqual({ run: theirsRun, refused: theirsRefused });
    }
  });

  describe('in time', () => {
    beforeEach(() => vi.useFakeTimers());
    afterEach(() => vi.useRealTimers());

    const outcomes = fc.array(fc.record({ code: fc.constantFrom('yes', 'overloaded', 'NotFound'), afterMs: fc.integer({ min: 1, max: 90 }) }), { minLength: 5, maxLength: 5 });

    test.prop([outcomes, fc.integer({ min: 2, max: 4 }), fc.constantFrom(31, 57), fc.boolean()], { seed: 51132, numRuns: 300 })('fallback, retry and timeout ask as often, at the same times, and end the same', async (all, attempts, ms, hasFallback) => {
      const guards = [...(hasFallback ? [guard('fallback', { answers: { say: 'instead' } })] : []), guard('retry', { attempts, backoffMs: 10, factor: 3, jitter: 'none', idempotent: true, budget: 1 }), guard('timeout', { ms })];
      const world = new GuardedWorld(guards);
      const ours: number[] = [];
      world.ask();
      for (const [attempt, { code, afterMs }] of all.entries()) {
        while (world.asked.length <= attempt && world.answered.length === 0) world.pass(1);
        const asked = world.asked[attempt];
        if (!asked) break;
        ours.push(asked.atMs);
        world.pass(Math.min(afterMs, ms));
        if (afterMs < ms) world.answerTo(asked, code === 'yes' ? good() : bad(code));
      }

      const theirs: number[] = [];
      const passing = handleWhen((error) => error.message !== 'NotFound');
      const policies = [...(hasFallback ? [fallback(passing, 'instead')] : []), retry(passing, { maxAttempts: attempts - 1, backoff: new IterableBackoff([10, 30, 90]) }), timeout(ms, TimeoutStrategy.Aggressive)];
      const beganMs = Date.now();
      let end: string | undefined;
      void wrap(...policies)
        .execute(async () => {
          const { code, afterMs } = all[theirs.length]!;
          theirs.push(Date.now() - beganMs);
          await new Promise((resolve) => setTimeout(resolve, afterMs));
          if (code !== 'yes') throw new Error(code);
          return 'yes';
        })
        .then((answer) => (end = answer), (error: Error) => (end = error.message));
      await vi.advanceTimersByTimeAsync(5000);

      expect(ours).toEqual(theirs);
      const { result } = world.answered[0]!;
      expect(result.ok ? result.output : result.error.code).toBe(end?.startsWith('Operation timed out') ? 'timeout' : end);
    });
  });

  test.prop([fc.integer({ min: 1, max: 5 })], { seed: 51133, numRuns: 5 })('a retry of all that fails ends with the last failure', async (attempts) => {
    let asked = 0;
    const end = await retry(handleAll, { maxAttempts: attempts, backoff: new IterableBackoff([0]) }).execute(() => {
      asked += 1;
      throw new Error(String(asked));
    }).catch((error: Error) => error.message);
    const world = new GuardedWorld([guard('retry', { attempts: attempts + 1, backoffMs: 1, jitter: 'none' })], { provider: (count) => ({ ok: false, error: { code: 'noproc', message: String(count + 1) } }) });
    world.ask();
    world.pass(60_000);
    expect(world.answered[0]?.result).toMatchObject({ ok: false, error: { message: end } });
  });
});
