import { describe, expect, it } from 'vitest';
import type { ProgramAdapter } from '../../shared/adapters/adapt';
import { guardSchemas, type Guard, type GuardKind, type GuardOf } from '../../shared/design/guard';
import { bad, good, GuardedWorld } from './testing/guarded-world';

/** With the defaults of its schema. */
const guard = <K extends GuardKind>(kind: K, fields: Partial<GuardOf<K>> = {}): Guard => guardSchemas[kind].parse({ kind, ...fields });
const timeout = (ms: number): Guard => guard('timeout', { ms });

describe('a guarded wire', () => {
  it('gives the answer through all guards', () => {
    const world = new GuardedWorld([guard('retry'), guard('breaker'), guard('bulkhead'), guard('rateLimit'), timeout(2000), guard('fallback', { answers: { say: 'no' } })]);
    const ref = world.ask();
    world.answer(good());
    expect(world.resultOf(ref)).toEqual(good());
    expect(world.timers).toBe(0);
  });

  it('has the 5000 ms of OTP for each attempt where no timeout guard stands', () => {
    const world = new GuardedWorld([guard('retry', { attempts: 2, backoffMs: 100, jitter: 'none', idempotent: true })]);
    const ref = world.ask();
    world.pass(5000);
    expect(world.codeOf(ref)).toBeUndefined();
    world.pass(100);
    expect(world.asked.map(({ atMs }) => atMs)).toEqual([0, 5100]);
    world.pass(5000);
    expect(world.codeOf(ref)).toBe('timeout');
  });

  it('never outlives the deadline of the message for which it is made', () => {
    const world = new GuardedWorld([guard('retry', { attempts: 20, idempotent: true }), timeout(1000)]);
    const ref = world.ask({ notAfterMs: 300 });
    world.pass(300);
    expect(world.codeOf(ref)).toBe('timeout');
    world.pass(20_000);
    expect(world.asked).toHaveLength(1);
  });

  it.each([
    ['a timeout around a retry bounds all attempts', [timeout(250), guard('retry', { attempts: 9, backoffMs: 100, jitter: 'none', factor: 1 })], 3, 250],
    ['a timeout inside a retry bounds each', [guard('retry', { attempts: 3, backoffMs: 100, jitter: 'none', factor: 1, idempotent: true }), timeout(250)], 3, 950],
  ] as const)('%s', (_, guards, asked, atMs) => {
    const world = new GuardedWorld(guards, { ...(guards[0].kind === 'timeout' ? { provider: () => bad('overloaded') } : {}) });
    const ref = world.ask();
    world.pass(20_000);
    expect(world.asked).toHaveLength(asked);
    expect(world.answered).toMatchObject([{ ref, atMs: guards[0].kind === 'timeout' ? 200 : atMs }]);
  });

  it('drops and counts an answer that comes after its timeout', () => {
    const world = new GuardedWorld([timeout(100), guard('bulkhead')]);
    const ref = world.ask();
    world.pass(100);
    world.answer(good());
    expect(world.codeOf(ref)).toBe('timeout');
    expect(world.answered).toHaveLength(1);
    expect(world.hosts.drops('main')).toMatchObject([{ node: 'caller', reason: 'late_reply', count: 1 }]);
  });

  it('gives everything back when its caller ends, and says that the calls were abandoned', () => {
    const world = new GuardedWorld([guard('bulkhead', { concurrency: 1, queue: 1 }), guard('retry')]);
    world.ask();
    world.ask();
    expect(world.sample(0)).toMatchObject({ running: 1, waiting: 1 });
    world.crash('caller');
    expect(world.sample(0)).toMatchObject({ running: 0, waiting: 0 });
    expect(world.timers).toBe(0);
    expect(world.hosts.records.get('main')!.filter(({ type }) => type === 'call.abandoned')).toHaveLength(2);
    expect(world.asked).toHaveLength(1);
  });

  it('tells the caller what became of a provider that crashed', () => {
    const world = new GuardedWorld([guard('breaker')]);
    const ref = world.ask();
    world.crash('provider');
    expect(world.codeOf(ref)).toBe('callee_exit');
    expect(world.codeOf(world.ask())).toBe('noproc');
  });
});

describe('retry', () => {
  it.each([
    ['noproc is tried again', 'noproc', false, 3],
    ['overloaded is tried again', 'overloaded', false, 3],
    ['callee_exit is not, where twice is not as good as once', 'callee_exit', false, 1],
    ['callee_exit is, where the operation is idempotent', 'callee_exit', true, 3],
    ['invalid never passes by itself', 'invalid', true, 1],
    ['a declared error is an answer', 'NotFound', true, 1],
  ] as const)('%s', (_, code, isIdempotent, attempts) => {
    const world = new GuardedWorld([guard('retry')], { isIdempotent, provider: () => bad(code) });
    const ref = world.ask();
    world.pass(20_000);
    expect(world.asked).toHaveLength(attempts);
    expect(world.codeOf(ref)).toBe(code);
  });

  it('tries a declared error again where it is told to', () => {
    const world = new GuardedWorld([guard('retry', { on: ['NotFound'] })], { provider: (asked) => (asked === 0 ? bad('NotFound') : good()) });
    const ref = world.ask();
    world.pass(1000);
    expect(world.codeOf(ref)).toBe('yes');
  });

  it('pauses ever longer, up to the longest', () => {
    const world = new GuardedWorld([guard('retry', { attempts: 6, backoffMs: 100, factor: 3, maxBackoffMs: 1000, jitter: 'none' })], { provider: () => bad('overloaded') });
    world.ask();
    world.pass(20_000);
    expect(world.asked.map(({ atMs }) => atMs)).toEqual([0, 100, 400, 1300, 2300, 3300]);
  });

  it('draws its pauses at random, the same for the same seed', () => {
    const times = (): readonly number[] => {
      const world = new GuardedWorld([guard('retry', { attempts: 9, backoffMs: 1000, factor: 1 })], { provider: () => bad('overloaded') });
      world.ask();
      world.pass(20_000);
      return world.asked.map(({ atMs }) => atMs);
    };
    const pauses = times().slice(1).map((atMs, index) => atMs - times()[index]!);
    expect(new Set(pauses).size).toBeGreaterThan(4);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(1000);
    expect(times()).toEqual(times());
  });

  it('waits as long as the provider asks for, and gives up at once where that is too long', () => {
    const askedFor = (retryAfterMs: number): readonly number[] => {
      const world = new GuardedWorld([guard('retry', { on: ['RateLimited'], jitter: 'none', maxBackoffMs: 5000 })], { provider: (asked) => (asked === 0 ? bad('RateLimited', { retryAfterMs }) : good()) });
      world.ask();
      world.pass(60_000);
      return world.asked.map(({ atMs }) => atMs);
    };
    expect(askedFor(3000)).toEqual([0, 3000]);
    expect(askedFor(6000)).toEqual([0]);
  });

  it('keeps to its budget in an outage: ten and a fifth of the calls of the last 10 s', () => {
    const world = new GuardedWorld([guard('retry', { attempts: 20, backoffMs: 1, maxBackoffMs: 1, jitter: 'none' })], { provider: () => bad('overloaded') });
    for (let count = 0; count < 50; count += 1) world.ask();
    world.pass(5000);
    expect(world.answered).toHaveLength(50);
    expect(world.asked.length).toBe(50 + 10 + 10);
    expect(world.sample(0)).toMatchObject({ passed: 50, acted: 20 });
  });
});

describe('a breaker', () => {
  it('opens after failures in a row, refuses at once, lets one probe through and closes', () => {
    const world = new GuardedWorld([guard('breaker', { failures: 3, openMs: 1000 })], { provider: (asked) => (asked < 3 ? bad('overloaded') : good()) });
    for (let count = 0; count < 5; count += 1) world.ask();
    expect(world.asked).toHaveLength(3);
    const last = world.answered.at(-1)!.result;
    expect(last).toMatchObject({ ok: false, error: { code: 'overloaded', message: 'the breaker on anyone.out provider is open for another 1000 ms' } });
    world.pass(999);
    world.ask();
    expect(world.asked).toHaveLength(3);
    world.pass(1);
    expect(world.codeOf(world.ask())).toBe('yes');
    expect(world.changes).toEqual(['closed>open', 'open>halfOpen', 'halfOpen>closed']);
    expect(world.sample()).toMatchObject({ kind: 'breaker', passed: 4, refused: 3, state: 'closed' });
  });

  it('lets no more than its probes through when half open, and one failure opens it again', () => {
    const world = new GuardedWorld([guard('breaker', { failures: 1, openMs: 100, probes: 2 })]);
    world.ask();
    world.answer(bad('noproc'));
    world.pass(100);
    for (let count = 0; count < 4; count += 1) world.ask();
    expect(world.open).toHaveLength(2);
    world.answer(good());
    world.answer(bad('noproc'));
    expect(world.changes).toEqual(['closed>open', 'open>halfOpen', 'halfOpen>open']);
  });

  it('takes an error that the operation declares for an answer, unless it is told otherwise', () => {
    const states = (on?: readonly string[]): string => {
      const world = new GuardedWorld([guard('breaker', { failures: 1, ...(on ? { on: [...on] } : {}) })], { provider: () => bad('NotFound') });
      world.ask();
      return world.sample().state!;
    };
    expect(states()).toBe('closed');
    expect(states(['NotFound'])).toBe('open');
  });

  it('hears of a provider that does not answer, also where the timeout stands outside of it', () => {
    const world = new GuardedWorld([timeout(100), guard('breaker', { failures: 1 })]);
    world.ask();
    world.pass(100);
    expect(world.sample(1).state).toBe('open');
  });

  it('is not moved by a probe whose caller ended: the next call is the probe', () => {
    const world = new GuardedWorld([guard('breaker', { failures: 1, openMs: 10 })]);
    world.ask();
    world.answer(bad('noproc'));
    world.pass(10);
    world.ask();
    world.crash('caller');
    expect(world.sample().state).toBe('halfOpen');
    world.hosts.spawn('main', 'caller');
    world.ask();
    world.answer(good(), 1);
    expect(world.sample().state).toBe('closed');
  });

  it('is held open or closed by a person, until it may work by itself again', () => {
    const world = new GuardedWorld([guard('breaker', { failures: 1 })], { provider: () => bad('noproc') });
    world.force('closed');
    for (let count = 0; count < 3; count += 1) world.ask();
    expect(world.asked).toHaveLength(3);
    world.force('open');
    expect(world.codeOf(world.ask())).toBe('overloaded');
    world.force('auto');
    world.ask();
    world.ask();
    expect(world.asked).toHaveLength(4);
    expect(world.changes).toEqual(['closed>forcedClosed', 'forcedClosed>forcedOpen', 'forcedOpen>closed', 'closed>open']);
  });
});

describe('a bulkhead', () => {
  it('lets so many through, lets so many wait in order, and refuses the rest', () => {
    const world = new GuardedWorld([guard('bulkhead', { concurrency: 2, queue: 2 })]);
    const refs = [world.ask(), world.ask(), world.ask(), world.ask(), world.ask()];
    expect(world.open).toHaveLength(2);
    expect(world.codeOf(refs[4]!)).toBe('overloaded');
    world.answer(good(1));
    world.answer(good(2), 1);
    expect(world.open).toHaveLength(2);
    world.answer(good(3));
    world.answer(good(4));
    expect(refs.map((ref) => world.codeOf(ref))).toEqual(['yes', 'yes', 'yes', 'yes', 'overloaded']);
    expect(world.sample()).toMatchObject({ running: 0, waiting: 0, passed: 4, refused: 1 });
  });

  it('gives the place of one that gave up waiting to the next', () => {
    const world = new GuardedWorld([timeout(100), guard('bulkhead', { concurrency: 1, queue: 5 })]);
    world.ask();
    const waiting = world.ask();
    world.pass(50);
    world.ask();
    world.pass(50);
    expect(world.codeOf(waiting)).toBe('timeout');
    expect(world.open).toHaveLength(2);
    expect(world.sample(1)).toMatchObject({ running: 1, waiting: 0 });
  });

  it('empties a long queue into an open breaker without a deep stack', () => {
    const world = new GuardedWorld([guard('bulkhead', { concurrency: 1, queue: 100_000 }), guard('breaker', { failures: 1, openMs: 1000 })]);
    for (let count = 0; count < 20_000; count += 1) world.ask();
    world.answer(bad('noproc'));
    expect(world.answered).toHaveLength(20_000);
  });
});

describe('a rate limit', () => {
  it('lets a burst through, then a call for each token', () => {
    const world = new GuardedWorld([guard('rateLimit', { calls: 3, perMs: 300, queue: 2 })], { provider: () => good() });
    const refs = Array.from({ length: 6 }, () => world.ask());
    expect(world.codeOf(refs[5]!)).toBe('overloaded');
    world.pass(1000);
    expect(world.asked.map(({ atMs }) => atMs)).toEqual([0, 0, 0, 100, 200]);
  });

  it('gives the token of one that gave up to the next that comes', () => {
    const world = new GuardedWorld([timeout(50), guard('rateLimit', { calls: 1, perMs: 100, queue: 1 })], { provider: () => good() });
    world.ask();
    const late = world.ask();
    world.pass(50);
    expect(world.codeOf(late)).toBe('timeout');
    world.pass(50);
    world.ask();
    expect(world.asked.map(({ atMs }) => atMs)).toEqual([0, 100]);
  });
});

describe('a fallback', () => {
  it('asks another provider once', () => {
    const world = new GuardedWorld([guard('fallback', { to: 'spare' })]);
    const ref = world.ask();
    world.answer(bad('overloaded'));
    expect(world.open).toMatchObject([{ node: 'spare' }]);
    world.answer(good('spare says'));
    expect(world.resultOf(ref)).toEqual(good('spare says'));
    expect(world.sample()).toMatchObject({ kind: 'fallback', acted: 1 });
  });

  it('gives the failure of the substitute on', () => {
    const world = new GuardedWorld([guard('fallback', { to: 'spare' })], { provider: (asked) => bad(asked === 0 ? 'noproc' : 'NotFound') });
    expect(world.codeOf(world.ask())).toBe('NotFound');
  });

  it('answers with what is drawn, for the operations that have an answer', () => {
    const world = new GuardedWorld([guard('fallback', { answers: { say: { text: 'later' } } }), guard('breaker')], { provider: () => bad('noproc') });
    expect(world.resultOf(world.ask())).toEqual(good({ text: 'later' }));
    const other = new GuardedWorld([guard('fallback', { answers: { note: 1 } })], { provider: () => bad('noproc') });
    expect(other.codeOf(other.ask())).toBe('noproc');
  });

  it('leaves errors that the operation declares to the caller', () => {
    const world = new GuardedWorld([guard('fallback', { to: 'spare' })], { provider: () => bad('NotFound') });
    expect(world.codeOf(world.ask())).toBe('NotFound');
    expect(world.asked).toHaveLength(1);
  });
});

describe('an adapter on a wire', () => {
  const adapter: ProgramAdapter = {
    protocol: 'Echo',
    operations: { say: { to: 'say', input: { text: '{{input.text}}!' }, output: { heard: { $: 'output' }, asked: { $: 'input.text' } }, errors: { NotFound: 'Missing' }, answer: { type: 'object', properties: { heard: { type: 'string' } } } } },
  };

  it('gives the provider its own words, and the caller its own', () => {
    const world = new GuardedWorld([], { adapter });
    const ref = world.ask({ text: 'hi' });
    expect(world.asked[0]?.call.input).toEqual({ text: 'hi!' });
    world.answer(good('ho'));
    expect(world.resultOf(ref)).toEqual(good({ heard: 'ho', asked: 'hi' }));
  });

  it('names errors as the caller knows them, so that guards do too', () => {
    const world = new GuardedWorld([guard('retry', { on: ['Missing'], jitter: 'none' })], { adapter, provider: (asked) => (asked === 0 ? bad('NotFound') : good('ho')) });
    const ref = world.ask();
    world.pass(1000);
    expect(world.codeOf(ref)).toBe('yes');
  });

  it('makes an answer that is none of the protocol invalid', () => {
    const world = new GuardedWorld([], { adapter, provider: () => good(7) });
    expect(world.resultOf(world.ask())).toMatchObject({ ok: false, error: { code: 'invalid', message: 'the adapted answer of say: /heard: expected string, got 7' } });
  });

  it('is not asked for a substitute, which speaks the protocol of the port', () => {
    const world = new GuardedWorld([guard('fallback', { to: 'spare' })], { adapter });
    const ref = world.ask();
    world.answer(bad('noproc'));
    expect(world.open[0]).toMatchObject({ node: 'spare', call: { input: { text: 'hi' } } });
    world.answer(good('plain'));
    expect(world.resultOf(ref)).toEqual(good('plain'));
  });

  it('has the time limit of a plain call', () => {
    const world = new GuardedWorld([], { adapter });
    const ref = world.ask();
    world.pass(5000);
    expect(world.codeOf(ref)).toBe('timeout');
  });
});
