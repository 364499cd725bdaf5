import { describe, expect, it } from 'vitest';
import { wordBytes } from './word-bytes';
import { wordDuration } from './word-duration';
import { wordRate } from './word-rate';
import { wordResult } from './word-result';

describe('words for numbers', () => {
  it.each([[0, '0/s'], [0.01, '<0.1/s'], [0.4, '0.4/s'], [9.96, '10/s'], [38.2, '38/s'], [214, '210/s'], [999.6, '1 k/s'], [1234, '1.2 k/s'], [45_600, '46 k/s']])('%d a second is %s', (rate, words) => expect(wordRate(rate)).toBe(words));
  it.each([[0, '0 s'], [59_999, '59 s'], [252_000, '4 min 12 s'], [11_100_000, '3 h 5 min']])('%d ms have lasted %s', (ms, words) => expect(wordDuration(ms)).toBe(words));
  it.each([[0, '0 B'], [999, '999 B'], [1400, '1.4 KB'], [14_300, '14 KB'], [3_140_000, '3.1 MB']])('%d bytes are %s', (bytes, words) => expect(wordBytes(bytes)).toBe(words));

  it('a result is counted in the order of what a person asks', () => {
    expect(wordResult({ inputs: 120, handled: 119, failed: 0, deadLetters: 1, hostsLost: 2, restarts: 1, dropped: 0, wallMs: 5 })).toBe('120 inputs, 119 answered, 0 failed, 1 dead letter, 2 hosts lost, 1 restart, 0 dropped messages');
    expect([wordResult(null), wordResult({}), wordResult([1])]).toEqual(['', '', '']);
  });
});
