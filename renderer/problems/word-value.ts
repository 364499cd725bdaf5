import type { Json } from '../../shared/json/json';

const LONGEST = 60;

/** A value in a sentence: short, and `nothing` where there is none. */
export function wordValue(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
