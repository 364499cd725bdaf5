import * as fc from 'fast-check';
import type { ValueSchema } from '../../../shared/schema/value-schema';

/** Longest text that is made without need, and at the bound of a schema. */
const MOST_FREE = 40;
const MOST_AT_BOUND = 40_000;
/** Text that is more than letters: what programs that count, cut, split or print have stumbled over. */
const ODD = [' ', '\n', '0', '"', '\\', '<b>', '{{input.text}}', '\u0000', 'é', 'e\u0301', 'ß', '👩‍👩‍👧', '\u202eabc', '\ufeff', 'İ', '한국어', '../..', "'; --"] as const;

/** Texts within the bounds, counted in characters: short ones, odd ones, those at the bounds. Nothing where none fits. */
export function textsOf({ minLength = 0, maxLength = Infinity }: ValueSchema): fc.Arbitrary<string> | undefined {
  if (minLength > maxLength || minLength > MOST_AT_BOUND) return undefined;
  const lengths = { minLength, maxLength: Math.min(maxLength, minLength + MOST_FREE) };
  const parts = [{ arbitrary: textOf(fc.string({ unit: 'binary-ascii', maxLength: 1, minLength: 1 }).map(readable), lengths), weight: 3 }, { arbitrary: textOf(fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), lengths), weight: 1 }];
  const odd = ODD.map((text) => fill(text, minLength)).filter((text) => countOf(text) <= maxLength);
  if (odd.length > 0) parts.push({ arbitrary: fc.constantFrom(...odd), weight: 2 });
  if (maxLength <= MOST_AT_BOUND) parts.push({ arbitrary: fc.constantFrom(...['a', '💎'].map((unit) => unit.repeat(maxLength))), weight: 1 });
  parts.push({ arbitrary: fc.constant('a'.repeat(minLength)), weight: 1 });
  return fc.oneof({ withCrossShrink: true }, ...parts);
}

const textOf = (unit: fc.Arbitrary<string>, lengths: { readonly minLength: number; readonly maxLength: number }): fc.Arbitrary<string> => fc.string({ unit, ...lengths, size: 'max' });

/** Control characters have a kind of their own; here they would only make a counterexample hard to read. */
const readable = (unit: string): string => (unit < ' ' || unit === '\u007f' ? 'a' : unit);
const countOf = (text: string): number => [...text].length;
const fill = (text: string, least: number): string => text + 'a'.repeat(Math.max(0, least - countOf(text)));
