import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { readPlainJson } from './plain-json';
import { MAX_JSON_DEPTH, readPlaces, readStrictJson } from './strict-json';

const read = (text: string) => readPlainJson(text, MAX_JSON_DEPTH);

describe('JSON that JSON.parse is trusted with', () => {
  it.each([
    ['a key twice', '{"a":1,"a":2}'],
    ['a key twice, deep inside', '[{"x":{"a":{"b":1},"a":3}}]'],
    ['a key twice, once with an escape', '{"a":1,"\\u0061":2}'],
    ['a key twice, whose colon an escaped one would make up for', '{"a":"\\u003a","a":"\\u003a"}'],
    ['the same with a capital', '{"a":"\\u003A","a":"\\u003A"}'],
    ['a key that reaches a prototype', '{"a":{"__proto__":1}}'],
    ['such a key with an escape', '{"\\u005f_proto__":1}'],
    ['a number beyond all', '[1e999]'],
    ['nesting beyond the bound', '['.repeat(MAX_JSON_DEPTH + 1) + ']'.repeat(MAX_JSON_DEPTH + 1)],
    ['no JSON', '{"a":1,}'],
    ['nothing', ''],
  ])('is none with %s', (_, text) => {
    expect(read(text)).toBeUndefined();
  });

  it.each([
    ['colons in texts and keys', '{"a:b":"c: d","e":[":",{"f":"http://g:1"}]}'],
    ['nesting up to the bound', '['.repeat(MAX_JSON_DEPTH) + ']'.repeat(MAX_JSON_DEPTH)],
    ['white space around colons', '{"a" :\t1,\n"b":\r\n2}'],
  ])('is one with %s', (_, text) => {
    expect(read(text)).toEqual(JSON.parse(text));
  });

  // Few letters, so that keys often stand twice and texts are often no JSON.
  const pieces = fc.constantFrom('{', '}', '[', ']', '"a"', '"b"', '"a:"', '"\\u003a"', '"\\u0061"', '"__proto__"', ':', ',', '1', '1e999', ' ', 'null');
  test.prop([fc.array(pieces, { maxLength: 24 }).map((list) => list.join(''))], { numRuns: 3000 })('is what the reader of places finds without fault', (text) => {
    const [plain, places] = [read(text), readPlaces(text)];
    if (plain !== undefined) expect({ value: plain, faults: [] }).toEqual(places);
    expect(readStrictJson(text)).toEqual(places);
  });

  const objects = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'a:', '"'), fc.oneof(fc.string(), fc.integer(), fc.json().map((text) => JSON.parse(text) as unknown))), { maxLength: 6 });
  test.prop([objects])('is never one where a key stands twice', (entries) => {
    const text = `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`;
    expect(readStrictJson(text)).toEqual(readPlaces(text));
    if (new Set(entries.map(([key]) => key)).size < entries.length) expect(read(text)).toBeUndefined();
  });
});
