import { expect, it } from 'vitest';
import { wordSpend, wordUsd } from './spend-words';

it.each([[0, '$0'], [0.000_05, '< $0.0001'], [0.001_234, '$0.0012'], [0.05, '$0.05'], [0.123_4, '$0.12'], [12.5, '$12.50']])('%f USD: %s', (usd, words) => expect(wordUsd(usd)).toBe(words));

it('says what was asked, and only what there is to say beside it', () => {
  const sums = { calls: 12, failed: 0, recorded: 0, inputTokens: 3400, outputTokens: 900, usd: 0.1, unpriced: 0, repeated: 0 };
  expect(wordSpend(sums)).toBe('12 calls, 3\u2009400 tokens in, 900 out');
  expect(wordSpend({ ...sums, estimated: 1 })).toContain('900 out, 1 broken off and estimated');
  expect(wordSpend({ ...sums, calls: 1, failed: 1, recorded: 2, unpriced: 3 })).toBe('1 call, 3\u2009400 tokens in, 900 out, 1 failed, 2 recorded, 3 without a price');
});
