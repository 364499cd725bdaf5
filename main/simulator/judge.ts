import { assertNever } from '../../shared/assert';
import { equalJson } from '../../shared/schema/validate-value';
import type { Expectation, Verdict } from '../../shared/design/scenario-plan';
import type { Ledger } from './ledger';

export type Judged = { readonly name: string; readonly verdict: Verdict; readonly message: string };

/** One expectation against what happened. `isOver`: the run drained, so that nothing can still come. */
export function judge(expectation: Expectation, ledger: Ledger, isOver: boolean): Judged {
  const counts = ledger.counts();
  const { name } = expectation;
  const say = (holds: boolean, message: string): Judged => ({ name, verdict: holds ? 'pass' : 'fail', message });
  switch (expectation.kind) {
    case 'nothingLost':
      if (counts.lost > 0 && !isOver) return { name, verdict: 'unknown', message: `${counts.lost} inputs are still under way at the end of the time` };
      return say(counts.lost === 0, `${counts.lost} of ${counts.inputs} inputs were never answered`);
    case 'atMostOnce':
      return say(counts.duplicated === 0, `${counts.duplicated} effects were made twice`);
    case 'failedAtMost':
      return say(counts.failed <= expectation.count, `${counts.failed} inputs failed, at most ${expectation.count} may`);
    case 'restartsAtMost':
      return say(ledger.restarts <= expectation.count, `${ledger.restarts} restarts, at most ${expectation.count} may be`);
    case 'lastOutput': {
      const output = ledger.lastOutput(expectation.node);
      if (output === undefined) return isOver ? say(false, `${expectation.node} put out nothing`) : { name, verdict: 'unknown', message: `${expectation.node} has put out nothing yet` };
      return say(equalJson(output, expectation.value), `the last output of ${expectation.node} is ${JSON.stringify(output)}`);
    }
    default:
      return assertNever(expectation);
  }
}

/** The run's own verdict and those of its expectations in one: the worst of them. */
export const worstOf = (verdicts: readonly Verdict[]): Verdict => (verdicts.includes('fail') ? 'fail' : verdicts.includes('unknown') ? 'unknown' : 'pass');
