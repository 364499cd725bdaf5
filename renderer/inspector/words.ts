/** Words of the Inspector. Pure. */

const ENDINGS: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd', other: 'th' };
const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });

/** `2nd` */
export const wordOrdinal = (number: number): string => `${number}${ENDINGS[ordinals.select(number)] ?? 'th'}`;

/** `a`, `a and b`, `a, b and c` */
export function wordList(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)!}`;
}

/** `1 node`, `2 nodes` */
export const wordCount = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

const [SECOND_MS, MINUTE_MS] = [1000, 60_000];
/** A hundred years: beyond it the number says nothing. */
const LONGEST_MS = 100 * 365 * 24 * 60 * MINUTE_MS;
const short = (number: number): string => Number(number.toPrecision(3)).toLocaleString('en').replaceAll(',', ' ');

/** Milliseconds as a person says them: `250 ms`, `24 s`, `3 min`. */
export function wordLasting(ms: number): string {
  if (ms > LONGEST_MS) return 'longer than any run';
  if (ms < SECOND_MS) return `${short(ms)} ms`;
  return ms < 2 * MINUTE_MS ? `${short(ms / SECOND_MS)} s` : `${short(ms / MINUTE_MS)} min`;
}
