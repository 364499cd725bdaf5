import { describe, expect, it } from 'vitest';
import type { Expectation } from '../../shared/design/scenario-plan';
import { judge, worstOf } from './judge';
import { Ledger } from './ledger';

const failure = { code: 'callee_exit', message: 'it ended' };
/** Three inputs: one handled, one failed, one never answered. Two restarts. The screen showed 1, then 2; one line was written twice. */
function makeLedger(): Ledger {
  const ledger = new Ledger();
  const [handled, failed] = [ledger.acknowledge(), ledger.acknowledge(), ledger.acknowledge()];
  ledger.settle({ id: handled, attempts: 1, ok: true, output: null });
  ledger.settle({ id: failed, attempts: 1, ok: false, error: failure });
  ledger.restarts = 2;
  for (const [key, value] of [['1/screen/1', 1], ['1/screen/2', 2]] as const) ledger.makeEffect({ key, node: 'screen', kind: 'console', request: { port: 'show', value } });
  return ledger;
}

describe('expectations of a run with one input of three lost, one failed, two restarts', () => {
  it.each<[Expectation, boolean, string]>([
    [{ name: 'x', kind: 'nothingLost' }, true, 'fail'],
    [{ name: 'x', kind: 'nothingLost' }, false, 'unknown'],
    [{ name: 'x', kind: 'atMostOnce' }, true, 'pass'],
    [{ name: 'x', kind: 'failedAtMost', count: 1 }, true, 'pass'],
    [{ name: 'x', kind: 'failedAtMost', count: 0 }, true, 'fail'],
    [{ name: 'x', kind: 'restartsAtMost', count: 2 }, true, 'pass'],
    [{ name: 'x', kind: 'restartsAtMost', count: 1 }, true, 'fail'],
    [{ name: 'x', kind: 'lastOutput', node: 'screen', value: 2 }, true, 'pass'],
    [{ name: 'x', kind: 'lastOutput', node: 'screen', value: 1 }, true, 'fail'],
    [{ name: 'x', kind: 'lastOutput', node: 'other', value: 1 }, true, 'fail'],
    [{ name: 'x', kind: 'lastOutput', node: 'other', value: 1 }, false, 'unknown'],
  ])('%j, over: %s, is judged %s', (expectation, isOver, verdict) => {
    expect(judge(expectation, makeLedger(), isOver).verdict).toBe(verdict);
  });
});

it('an effect written twice for one input under two keys is a duplicate; the same key twice is not made twice', () => {
  const ledger = new Ledger();
  const effect = { node: 'file', kind: 'file.append', request: { path: 'a', text: '1\n' } } as const;
  expect([ledger.makeEffect({ key: '1/file/1', ...effect }), ledger.makeEffect({ key: '1/file/1', ...effect })]).toEqual([true, false]);
  expect(judge({ name: 'once', kind: 'atMostOnce' }, ledger, true).verdict).toBe('pass');
  ledger.makeEffect({ key: '1/file/2', ...effect });
  expect(judge({ name: 'once', kind: 'atMostOnce' }, ledger, true).verdict).toBe('fail');
});

it.each([
  [[], 'pass'],
  [['pass', 'unknown'], 'unknown'],
  [['unknown', 'fail', 'pass'], 'fail'],
] as const)('the worst of %j is %s', (verdicts, worst) => expect(worstOf(verdicts)).toBe(worst));
