import { test } from '@fast-check/vitest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyFilter, scrubKey, scrubKeyIn } from './scrub-key';

const KEY = 'sk-canary-aa11bb22';
const base64 = Buffer.from(KEY).toString('base64');

function parts(texts: readonly string[], key: string | undefined = KEY, isWhole = true): readonly string[] {
  const told: string[] = [];
  const filter = new KeyFilter(key, (text) => told.push(text));
  for (const text of texts) filter.add(text);
  if (isWhole) filter.end();
  return told;
}

describe('a key', () => {
  it('is taken out of a text that comes in parts, wherever it is divided', () => {
    for (const form of [KEY, base64]) {
      const text = `the key is ${form}, and ${form}`;
      for (let at = 0; at <= text.length; at += 1) expect(parts([text.slice(0, at), text.slice(at)]).join('')).toBe(scrubKey(text, KEY));
      expect(parts([...text]).join('')).toBe(scrubKey(text, KEY));
    }
  });

  it('that broke off in the middle is not handed on', () => {
    expect(parts(['it is ', KEY.slice(0, -1)], KEY, false)).toEqual(['it is ']);
  });

  it('holds up nothing else', () => {
    expect(parts(['so', 'me s', 'k-ill'])).toEqual(['so', 'me ', 'sk-ill']);
    expect(parts(['a', '', 'b'], undefined)).toEqual(['a', 'b']);
  });

  it('is taken out of values, and of the names of their fields', () => {
    expect(scrubKeyIn({ [KEY]: [1, null, `x${base64}`], y: { z: KEY } }, KEY)).toEqual({ '[key]': [1, null, 'x[key]'], y: { z: '[key]' } });
    const value = { a: 'nothing' };
    expect(scrubKeyIn(value, KEY)).toBe(value);
  });

  const other = 'sk-canary/0123+456?=';
  const encoded = Buffer.from(other).toString('base64');
  const piece = fc.oneof(fc.constantFrom(other, other.slice(0, 7), other.slice(0, 19), encodeURIComponent(other), encoded, encoded.replace(/=+$/, ''), Buffer.from(other).toString('hex'), 'c2', 'sk-sk-', ' '), fc.string({ maxLength: 5 }));
  test.prop([fc.array(piece, { maxLength: 12 }), fc.array(fc.nat(500), { maxLength: 30 })], { seed: 27, numRuns: 1000 })('among what looks like it, is taken out of parts as of the whole (seed 27)', (pieces, cuts) => {
    const text = pieces.join('');
    const places = [...cuts.map((cut) => cut % (text.length + 1)), 0, text.length].toSorted((a, b) => a - b);
    expect(parts(places.slice(1).map((place, index) => text.slice(places[index], place)), other).join('')).toBe(scrubKey(text, other));
  });
});
