import { test } from '@fast-check/vitest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scrubKey, ScrubbedText } from './scrub-key';

const KEY = 'sk-canary/0123+456?=';
const base64 = Buffer.from(KEY, 'utf8').toString('base64');
const piece = fc.oneof(fc.constantFrom(KEY, KEY.slice(0, 7), KEY.slice(0, 19), encodeURIComponent(KEY), base64, base64.replace(/=+$/, ''), Buffer.from(KEY, 'utf8').toString('hex'), 'c2', 'sk-sk-', ' '), fc.string({ maxLength: 5 }));

const inParts = (text: string, cuts: readonly number[], key: string | undefined): string => {
  const scrubbed = new ScrubbedText(key);
  const places = [...cuts.map((cut) => cut % (text.length + 1)), 0, text.length].toSorted((a, b) => a - b);
  return places.slice(1).map((place, index) => scrubbed.add(text.slice(places[index], place))).join('') + scrubbed.end();
};

describe('a key in text that comes in parts', () => {
  test.prop([fc.array(piece, { maxLength: 12 }), fc.array(fc.nat(500), { maxLength: 30 })], { seed: 27, numRuns: 1000 })('is taken out as of the whole, wherever it is cut (seed 27)', (pieces, cuts) => {
    const text = pieces.join('');
    expect(inParts(text, cuts, KEY)).toBe(scrubKey(text, KEY));
  });

  it('holds nothing back but what may be its beginning', () => {
    const scrubbed = new ScrubbedText(KEY);
    expect([scrubbed.add('hello s'), scrubbed.add('ay sk-'), scrubbed.add('canary? no'), scrubbed.add(KEY.slice(0, 10)), scrubbed.add(`${KEY.slice(10)}!`), scrubbed.end()]).toEqual(['hello ', 'say ', 'sk-canary? no', '', '[key]!', '']);
  });

  it('lets all through where there is none', () => expect(inParts('some text', [3, 5], undefined)).toBe('some text'));
});
