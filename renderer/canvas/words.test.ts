import { expect, it } from 'vitest';
import { meter, wordCount, wordMs, wordRate } from './words';

it.each([[0, '0/s'], [0.04, '0/s'], [0.41, '0.4/s'], [4, '4/s'], [38.4, '38/s'], [247, '250/s'], [1234, '1.2 k/s'], [38_400, '38 k/s'], [2_000_000, '2 M/s']])('a rate of %s is written %s', (rate, words) => {
  expect(wordRate(rate)).toBe(words);
});

it.each([[2000, '2 s'], [1500, '1.5 s'], [200, '200 ms'], [1234, '1\u2009234 ms']])('%s ms are written %s', (ms, words) => {
  expect(wordMs(ms)).toBe(words);
});

it('thousands have thin gaps', () => expect(wordCount(1_234_567)).toBe('1\u2009234\u2009567'));

it.each([[0, 32, 0, 'calm'], [1, 1000, 1, 'calm'], [3, 32, 1, 'calm'], [22, 32, 6, 'filling'], [28, 32, 7, 'full'], [32, 32, 8, 'full'], [40, 32, 8, 'full']] as const)('%s of %s fill %s cells and are %s', (depth, bound, cells, level) => {
  expect(meter(depth, bound)).toEqual({ cells, level });
});
