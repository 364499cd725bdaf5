import * as fc from 'fast-check';
import type { ValueSchema } from '../../../shared/schema/value-schema';
import { withEdges } from './with-edges';

/** Longest text that is made without need, and at the bound of a schema, in characters. */
const MOST_FREE = 16;
const MOST_AT_BOUND = 40_000;
/** Text that is more than letters: what programs that count, cut, split or print have stumbled over. */
const ODD = ['', ' ', '\n', '0', '"', '\\', '<b>', '{{input.text}}', '\u0000', 'é', 'e\u0301', 'ß', '👩‍👩‍👧', '\u202eabc', '\ufeff', 'İ', '한국어', '../..', "'; --"] as const;
const UNITS = fc.oneof({ arbitrary: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }), weight: 3 }, { arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), weight: 1 });

/** Texts within the bounds, counted in characters: short ones, odd ones, those at the bounds. Nothing where none fits. */
export function textsOf({ minLength = 0, maxLength = Infinity }: ValueSchema): fc.Arbitrary<string> | undefined {
  if (minLength > maxLength || minLength > MOST_AT_BOUND) return undefined;
  const inner = fc.string({ unit: UNITS, minLength, maxLength: Math.min(maxLength, minLength + MOST_FREE), size: 'max' });
  const odd = ODD.map((text) => fill(text, minLength)).filter((text) => countOf(text) <= maxLength);
  const full = maxLength <= MOST_AT_BOUND ? ['a', '💎'].map((unit) => unit.repeat(maxLength)) : [];
  const values = [...new Set([...odd, ...full, 'a'.repeat(minLength)])];
  return withEdges(inner, { values, simpler: (text) => shorter(text, minLength) });
}

const countOf = (text: string): number => [...text].length;
const fill = (text: string, least: number): string => text + 'a'.repeat(Math.max(0, least - countOf(text)));

/** Nothing but letters, then less of it: halves, and one character less. */
function shorter(text: string, least: number): readonly string[] {
  const characters = [...text];
  const { length } = characters;
  const lengths = [...new Set([least, Math.max(least, Math.floor(length / 2)), Math.max(least, length - 1)])].filter((one) => one < length);
  const letters = /^a*$/.test(text) ? [] : [...lengths, length].map((one) => 'a'.repeat(one));
  return [...letters, ...lengths.map((one) => characters.slice(0, one).join(''))];
}
