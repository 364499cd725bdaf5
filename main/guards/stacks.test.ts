/** Guards in any order and any number, beside a slow model of them; and what holds whatever happens. */
import { test } from '@fast-check/vitest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guardSchemas, type Guard, type GuardKind } from '../../shared/design/guard';
import { bad, good, GuardedWorld } from './testing/guarded-world';
import { SlowWire, type Scripted, type Seen } from './testing/slow-wire';

const parsed = (kind: GuardKind, fields: object): Guard => guardSchemas[kind].parse({ kind, ...fields });

const guards: fc.Arbitrary<Guard> = fc.oneof(
  fc.record({ ms: fc.constantFrom(97, 499, 2003) }).map((fields) => parsed('timeout', fields)),
  // Of ten calls no more than twenty are retries, for which this budget is enough: it is looked at by itself.
  fc.record({ attempts: fc.integer({ min: 2, max: 3 }), backoffMs: fc.constantFrom(7, 53), factor: fc.constantFrom(1, 2), idempotent: fc.boolean() }).map((fields) => parsed('retry', { ...fields, jitter: 'none', budget: 1 })),
  fc.record({ failures: fc.integer({ min: 1, max: 3 }), openMs: fc.constantFrom(101, 997), probes: fc.integer({ min: 1, max: 2 }) }).map((fields) => parsed('breaker', fields)),
  fc.record({ concurrency: fc.integer({ min: 1, max: 3 }), queue: fc.integer({ min: 0, max: 3 }) }).map((fields) => parsed('bulkhead', fields)),
  fc.record({ calls: fc.integer({ min: 1, max: 3 }), queue: fc.integer({ min: 0, max: 2 }) }).map(({ calls, queue }) => parsed('rateLimit', { calls, perMs: calls * 211, queue })),
  fc.constant(parsed('fallback', { answers: { say: 'instead' } })),
);
/** No policy twice: two of a kind would only hide each other. */
const stacks = fc.uniqueArray(guards, { maxLength: 6, selector: ({ kind }) => kind, size: 'max' });

const CODES = ['yes', 'yes', 'yes', 'overloaded', 'noproc', 'callee_exit', 'NotFound'];
const CALLS = 10;
const ATTEMPTS = 6;
/** With parts of a millisecond that no float rounds, so that nothing of two calls happens at one moment: the order would be a matter of taste. */
const finely = (mostMs: number): fc.Arbitrary<number> => fc.integer({ min: 1, max: mostMs * 2 ** 20 }).map((parts) => parts / 2 ** 20);
const scripts: fc.Arbitrary<readonly Scripted[]> = fc.array(fc.oneof({ weight: 9, arbitrary: fc.record({ afterMs: finely(700), code: fc.constantFrom(...CODES) }) }, { weight: 1, arbitrary: fc.constant('never' as const) }), {
  minLength: CALLS * ATTEMPTS,
  maxLength: CALLS * ATTEMPTS,
});
const pauses = fc.array(finely(400), { minLength: CALLS, maxLength: CALLS });
const LONG_MS = 120_000;

const scriptOf = (all: readonly Scripted[]) => (call: number, attempt: number): Scripted => all[call * ATTEMPTS + attempt - 1] ?? 'never';

/** The layers under the same script: an answer is given when its time has come. */
function quick(stack: readonly Guard[], all: readonly Scripted[], times: readonly number[], isIdempotent: boolean): readonly Seen[] {
  const world = new GuardedWorld(stack, { isIdempotent });
  const due: { readonly atMs: number; readonly at: number; readonly code: string }[] = [];
  const refs: number[] = [];
  const asked = new Map<number, string[]>();
  let looked = 0;
  const look = (): void => {
    for (; looked < world.asked.length; looked += 1) {
      const { atMs, call } = world.asked[looked]!;
      const number = Number((call.input as { readonly text: string }).text);
      const list = asked.get(number)!;
      list.push(String(atMs));
      const scripted = scriptOf(all)(number, list.length);
      if (scripted !== 'never') due.push({ atMs: atMs + scripted.afterMs, at: looked, code: scripted.code });
    }
  };
  const pass = (ms: number): void => {
    const untilMs = world.hosts.nowMs + ms;
    for (;;) {
      due.sort((a, b) => a.atMs - b.atMs);
      const nextMs = Math.min(world.nextTimerAtMs, due[0]?.atMs ?? Infinity);
      if (nextMs > untilMs) break;
      // As in the slow model, an answer that comes at the moment of a timer was under way before it was set, or after.
      const answers = due[0]?.atMs === nextMs && nextMs < world.nextTimerAtMs ? due.shift() : undefined;
      world.pass(nextMs - world.hosts.nowMs);
      const late = answers ?? (due[0]?.atMs === nextMs ? due.shift() : undefined);
      if (late) world.answerTo(world.asked[late.at]!, late.code === 'yes' ? good() : bad(late.code));
      look();
    }
    world.pass(untilMs - world.hosts.nowMs);
    look();
  };
  for (const [number, ms] of times.entries()) {
    pass(ms);
    asked.set(number, []);
    refs.push(world.ask({ text: String(number) }));
    look();
  }
  pass(LONG_MS);
  return refs.map((ref, call) => {
    const answer = world.answered.find((one) => one.ref === ref);
    const code = answer && (answer.result.ok ? JSON.stringify(answer.result.output).replaceAll('"', '') : answer.result.error.code);
    return { call, asked: asked.get(call)!, answer: answer && `${answer.atMs} ${code}` };
  });
}

async function slow(stack: readonly Guard[], all: readonly Scripted[], times: readonly number[], isIdempotent: boolean): Promise<readonly Seen[]> {
  const wire = new SlowWire(stack, scriptOf(all), isIdempotent);
  for (const [number, ms] of times.entries()) {
    await wire.pass(ms);
    await wire.ask(number);
  }
  await wire.pass(LONG_MS);
  return wire.seen();
}

describe('any stack of guards', () => {
  test.prop([stacks, scripts, pauses, fc.boolean()], { seed: 51129, numRuns: 400, timeout: 60_000, endOnFailure: true })('asks and answers as the slow model does', async (stack, all, times, isIdempotent) => {
    expect(quick(stack, all, times, isIdempotent)).toEqual(await slow(stack, all, times, isIdempotent));
  }, 300_000);

  it('is put to the test: the stacks refuse, retry, time out and stand in', () => {
    const ends = new Map<string, number>();
    let retried = 0;
    for (const [stack, all, times, isIdempotent] of fc.sample(fc.tuple(stacks, scripts, pauses, fc.boolean()), { seed: 51129, numRuns: 100 })) {
      for (const { asked, answer } of quick(stack, all, times, isIdempotent)) {
        const end = answer?.split(' ')[1] ?? 'none';
        ends.set(end, (ends.get(end) ?? 0) + 1);
        if (asked.length > 1) retried += 1;
      }
    }
    for (const end of ['yes', 'overloaded', 'timeout', 'instead', 'NotFound', 'noproc']) expect(ends.get(end), end).toBeGreaterThan(10);
    expect(ends.has('none')).toBe(false);
    expect(retried).toBeGreaterThan(20);
  });
});

type Step = { readonly do: 'ask' | 'crashCaller' | 'crashProvider' } | { readonly do: 'answer'; readonly which: number; readonly code: string } | { readonly do: 'pass'; readonly ms: number } | { readonly do: 'force'; readonly force: 'open' | 'closed' | 'auto'; readonly guard: number };

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.constant({ do: 'ask' } as const) },
    { weight: 6, arbitrary: fc.record({ do: fc.constant('answer' as const), which: fc.nat(5), code: fc.constantFrom(...CODES) }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 600 }) }) },
    { weight: 1, arbitrary: fc.constantFrom({ do: 'crashCaller' } as const, { do: 'crashProvider' } as const) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('force' as const), force: fc.constantFrom('open' as const, 'closed' as const, 'auto' as const), guard: fc.nat(5) }) },
  ),
  { maxLength: 60, size: 'max' },
);

describe('whatever happens to a guarded wire', () => {
  test.prop([stacks, steps, fc.boolean()], { seed: 51130, numRuns: 1500 })('every call is answered once, bounds hold, and in the end nothing is held', (stack, all, isIdempotent) => {
    const world = new GuardedWorld(stack, { isIdempotent });
    /** Calls of the caller that lives. */
    let waiting = new Set<number>();
    const check = (): void => {
      for (const [place, { kind }] of stack.entries()) {
        const guard = stack[place]!;
        if (world.guardCount === 0 || kind !== 'bulkhead' || guard.kind !== 'bulkhead') continue;
        const { running = 0, waiting: held = 0 } = world.sample(place);
        expect(running).toBeLessThanOrEqual(guard.concurrency);
        expect(held).toBeLessThanOrEqual(guard.queue);
      }
    };
    for (const step of all) {
      if (step.do === 'ask') waiting.add(world.ask());
      else if (step.do === 'pass') world.pass(step.ms);
      else if (step.do === 'force') world.force(step.force, step.guard);
      else if (step.do === 'answer') {
        if (world.open.length > 0) world.answer(step.code === 'yes' ? good() : bad(step.code), step.which % world.open.length);
      } else {
        const name = step.do === 'crashCaller' ? 'caller' : 'provider';
        if (name === 'caller') waiting = new Set();
        world.crash(name);
        world.revive(name);
      }
      check();
    }
    world.pass(LONG_MS);
    const refs = world.answered.map(({ ref }) => ref);
    expect(new Set(refs).size).toBe(refs.length);
    for (const ref of waiting) expect(refs).toContain(ref);
    expect(world.timers).toBe(0);
    for (let place = 0; place < world.guardCount; place += 1) expect(world.sample(place)).not.toMatchObject({ running: expect.toSatisfy((count: number) => count > 0) as number });
  });
});
