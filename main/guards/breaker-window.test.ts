/** How many failures count against a closed breaker, as its chip shows it. */
import { expect, it } from 'vitest';
import { guardSchemas, type GuardOf } from '../../shared/design/guard';
import { countFailures, emptyWindow, withOutcome } from './breaker-window';

const breaker = (fields: object): GuardOf<'breaker'> => guardSchemas.breaker.parse({ kind: 'breaker', ...fields });
const after = (guard: GuardOf<'breaker'>, outcomes: readonly (readonly [nowMs: number, isFailure: boolean])[]) => outcomes.reduce((window, [nowMs, isFailure]) => withOutcome(guard, window, { isFailure, nowMs }), emptyWindow(guard));
const STEPS = [[0, true], [100, true], [200, false], [300, true]] as const;

it.each([
  ['in a row', { failures: 5 }, 300, 1],
  ['within a time', { failures: 5, windowMs: 1000 }, 300, 3],
  ['within a time that has passed for some', { failures: 5, windowMs: 1000 }, 1050, 2],
  ['of the last calls', { failureRate: 0.5, windowCalls: 2, minimumCalls: 2 }, 300, 1],
  ['as a share within a time', { failureRate: 0.9, windowMs: 1000, minimumCalls: 10 }, 300, 3],
  ['as a share within a time that has passed', { failureRate: 0.9, windowMs: 1000, minimumCalls: 10 }, 5000, 0],
])('%s', (_, fields, nowMs, failures) => {
  const guard = breaker(fields);
  expect(countFailures(guard, after(guard, STEPS), nowMs)).toBe(failures);
});
