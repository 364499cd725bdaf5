import { describe, expect, it } from 'vitest';
import type { GuardSample } from '../../shared/run/engine-protocol';
import { followGuards, NO_GUARDS, wordCounts, wordLive } from './guard-state';

const sample = (more: Partial<GuardSample> = {}): GuardSample => ({ wire: 'a.p b', guard: 0, kind: 'retry', passed: 1, refused: 0, acted: 0, ...more });
const at = (guards: ReturnType<typeof followGuards>, place = 0) => guards.get('a.p b')?.get(place);

describe('guards of a run', () => {
  it('count together over the hosts of copies, and show the breaker that lets least through', () => {
    const joined = followGuards(NO_GUARDS, [sample({ kind: 'breaker', state: 'closed', passed: 3 }), sample({ kind: 'breaker', state: 'open', passed: 1, refused: 4 })], 0);
    expect(at(joined)).toMatchObject({ passed: 4, refused: 4, state: 'open' });
    expect(at(followGuards(NO_GUARDS, [sample({ running: 2 }), sample({ running: 1, waiting: 5 })], 0))).toMatchObject({ running: 3, waiting: 5 });
  });

  it('have a rate of what they did, over a second, that ends when they do nothing more', () => {
    let guards = followGuards(NO_GUARDS, [sample({ acted: 10 })], 0);
    guards = followGuards(guards, [sample({ acted: 12 })], 250);
    expect(at(guards)?.rate).toBe(0);
    guards = followGuards(guards, [sample({ acted: 16 })], 1000);
    expect(at(guards)?.rate).toBe(6);
    guards = followGuards(guards, [sample({ acted: 16 })], 1500);
    expect(at(guards)?.rate).toBe(6);
    guards = followGuards(guards, [sample({ acted: 16 })], 2000);
    expect(at(guards)?.rate).toBe(0);
    const still = followGuards(guards, [sample({ acted: 16 })], 9000);
    expect(at(still)).toBe(at(guards));
    expect(still.get('a.p b')).toBe(guards.get('a.p b'));
  });

  it('begin anew with their host', () => {
    const before = followGuards(NO_GUARDS, [sample({ acted: 10 })], 0);
    expect(at(followGuards(before, [sample({ acted: 1 })], 5000))).toMatchObject({ acted: 1, rate: 0 });
  });

  it.each([
    [sample({ kind: 'breaker', state: 'open' }), '5', 'open 5/5', true],
    [sample({ kind: 'breaker', state: 'open' }), '50 %', 'open', true],
    [sample({ kind: 'breaker', state: 'closed' }), '5', 'closed', false],
    [sample({ kind: 'breaker', state: 'closed', failures: 0 }), '5', 'closed', false],
    [sample({ kind: 'breaker', state: 'closed', failures: 1 }), '5', 'closed 1/5', true],
    [sample({ kind: 'breaker', state: 'closed', failures: 7 }), '25 %', 'closed, 7 failed', true],
    [sample({ kind: 'breaker', state: 'halfOpen' }), '5', 'half open', true],
    [sample({ kind: 'breaker', state: 'forcedOpen' }), '5', 'held open', true],
    [sample({ kind: 'bulkhead', running: 3, waiting: 0 }), '8', '3/8', false],
    [sample({ kind: 'bulkhead', running: 8, waiting: 2 }), '8', '8/8 +2', true],
    [sample({ kind: 'rateLimit', waiting: 4 }), '40/s', '40/s +4', true],
    [sample(), '3', '3', false],
  ])('%j set to %s says %s', (guard, set, text, isLoud) => expect(wordLive(guard, set)).toEqual({ text, isLoud }));

  it('of copies on several hosts, the breaker that is nearest to its bound is shown', () =>
    expect(at(followGuards(NO_GUARDS, [sample({ kind: 'breaker', state: 'closed', failures: 1 }), sample({ kind: 'breaker', state: 'closed', failures: 3 })], 0))).toMatchObject({ failures: 3 }));

  it('tell what they did', () => {
    expect(wordCounts(sample({ passed: 1200, refused: 3, acted: 1 }))).toBe('1\u2009200 passed, 3 refused, 1 retry');
    expect(wordCounts(sample({ kind: 'bulkhead', passed: 5, running: 2, waiting: 1 }))).toBe('5 passed, 2 under way, 1 waiting');
  });
});
