import { describe, expect, it } from 'vitest';
import type { Program } from '../../shared/program/program';
import type { ForkChild } from './fork-child';
import { runTestsApart } from './test-process';

/** A process that says so much, and ends. */
const saying = (...said: readonly object[]): ForkChild => (_, { onMessage, onEnd }) => ({
  send: () => queueMicrotask(() => {
    for (const one of said) onMessage(one);
    onEnd('it was killed');
  }),
  kill: () => undefined,
});
const place = { node: 'desk', protocol: 'Triage' };
const ask = (...said: readonly object[]) => runTestsApart({ program: {} as Program, plan: {} as never, seed: 1, cases: 1, mostMs: 1, onNews: () => undefined }, 'nowhere', saying(...said));

describe('tests whose process ends without a result', () => {
  it.each<[readonly object[], string]>([
    [[], 'it was killed'],
    [[{ type: 'begin', ...place }], 'it was killed, in the tests of desk for Triage'],
    [[{ type: 'begin', ...place }, { type: 'test', ...place, test: { name: 'it holds', kind: 'property', verdict: 'pass', runs: 1 } }], 'it was killed, in the tests of desk for Triage, after "it holds"'],
  ])('after %j say where they were', async (said, words) => {
    expect(await ask(...said)).toMatchObject({ ok: false, error: { code: 'TST010', message: `the tests ended without a result: ${words}` } });
  });
});
