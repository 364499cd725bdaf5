/** Mocks in words. Pure. */
import type { AnsweringMock, Mock, MockFault } from '../../shared/run/mock';
import { wordMs } from '../canvas/words';
import { wordShare } from './router-words';

const count = (number: number, one: string): string => `${number} ${one}${number === 1 ? '' : 's'}`;

function wordAnswers(mock: AnsweringMock): string {
  switch (mock.kind) {
    case 'scripted':
      return count(mock.rules.length, 'rule');
    case 'generated':
      return 'generated';
    case 'recorded':
      return count(mock.answers.length, 'recorded answer');
  }
}

/** `10 % RateLimited`, `all 200 ms later`, `5 % silence`. */
export function wordFault(fault: MockFault): string {
  const share = fault.rate === 1 ? 'all' : wordShare(fault.rate);
  switch (fault.kind) {
    case 'error':
      return `${share} ${fault.code}`;
    case 'delay':
      return `${share} ${wordMs(fault.ms)} later`;
    case 'garbage':
    case 'silence':
      return `${share} ${fault.kind}`;
  }
}

/** What stands in for a node, in a line: `2 rules`, `generated, 10 % RateLimited`. */
export function wordMock(mock: Mock): string {
  return mock.kind === 'faults' ? [wordAnswers(mock.answers), ...mock.faults.map(wordFault)].join(', ') : wordAnswers(mock);
}
