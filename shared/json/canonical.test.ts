import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical';

const anyJson = fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' });

/** The same data with the keys of every object in another order. */
function reversed(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  return Array.isArray(value) ? value.map(reversed) : Object.fromEntries(Object.entries(value).reverse().map(([key, inner]) => [key, reversed(inner)]));
}

describe('canonical JSON', () => {
  test.prop([anyJson])('says the data, whole', (value) => {
    expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
  });
  test.prop([anyJson])('is the same for the same data in another order', (value) => {
    expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
  });

  it.each<[unknown, string]>([
    [{ b: 1, a: [2, { d: null, c: 'é\n' }] }, '{"a":[2,{"c":"é\\n","d":null}],"b":1}'],
    [{ 9: 0, 10: 0, B: 0, a: 0, é: 0 }, '{"10":0,"9":0,"B":0,"a":0,"é":0}'],
    [JSON.parse('{"b":1,"__proto__":{"x":2}}'), '{"__proto__":{"x":2},"b":1}'],
    [{ a: undefined, b: [undefined, -0, 1e21] }, '{"b":[null,0,1e+21]}'],
    ['\ud800', '"\\ud800"'],
    [{}, '{}'],
    [undefined, 'null'],
  ])('of %j is %s', (value, text) => expect(canonicalJson(value)).toBe(text));
});
