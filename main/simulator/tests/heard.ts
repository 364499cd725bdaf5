/** Who of a case did not answer itself, as the report says it. */
import type { AnswerOrigin, TestResult } from '../../../shared/tests/test-report';
import type { Noted } from './case-answers';

export function hearAll(heard: Set<string>, more: ReadonlySet<string>): void {
  for (const one of more) heard.add(one);
}

/** `heard`: `node from`. In the order of their names, since which case came first means nothing. */
export function wordHeard(heard: ReadonlySet<string>): Pick<TestResult, 'heard'> {
  if (heard.size === 0) return {};
  return {
    heard: [...heard].toSorted().map((one) => {
      const [node, from] = one.split(' ') as [string, AnswerOrigin];
      return { node, from };
    }),
  };
}

/** What was answered in each call of a counterexample. */
export function wordGiven(calls: readonly (readonly Noted[])[]): Pick<TestResult, 'answers'> {
  const answers = calls.flatMap((given, index) => given.map(({ node, from, answer }) => ({ call: index + 1, node, from, answer })));
  return answers.length === 0 ? {} : { answers };
}
