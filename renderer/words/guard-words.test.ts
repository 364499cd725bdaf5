import { describe, expect, it } from 'vitest';
import { guardSchemas } from '../../shared/design/guard';
import { GUARD_STANDARDS, wordGuardValue } from './guard-words';

describe('what a guard’s chip says', () => {
  it.each([
    [{ kind: 'timeout', ms: 2000 }, '2 s'],
    [{ kind: 'timeout', ms: 250 }, '250 ms'],
    [{ kind: 'retry' }, '3'],
    [{ kind: 'retry', attempts: 5 }, '5'],
    [{ kind: 'breaker' }, '5'],
    [{ kind: 'breaker', failures: 3 }, '3'],
    [{ kind: 'breaker', failureRate: 0.5 }, '50 %'],
    [{ kind: 'bulkhead', concurrency: 8 }, '8'],
    [{ kind: 'rateLimit', calls: 40 }, '40/s'],
    [{ kind: 'rateLimit', calls: 10, perMs: 60_000 }, '10 in 60 s'],
    [{ kind: 'fallback', to: 'canned' }, 'canned'],
    [{ kind: 'fallback', answers: { complete: 1 } }, ''],
    [{ kind: 'timeout', ms: -1 }, ''],
    [{ kind: 'later' }, ''],
    [{}, ''],
  ])('%j: %s', (guard, words) => expect(wordGuardValue(guard)).toBe(words));
});

it('the defaults of the words are those of the schemas', () => {
  const { attempts, concurrency, calls, perMs } = GUARD_STANDARDS;
  expect(guardSchemas.retry.parse({ kind: 'retry' })).toMatchObject({ attempts });
  expect(guardSchemas.bulkhead.parse({ kind: 'bulkhead' })).toMatchObject({ concurrency });
  expect(guardSchemas.rateLimit.parse({ kind: 'rateLimit' })).toMatchObject({ calls, perMs });
});
