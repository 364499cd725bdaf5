/**
 * `JSON.parse` with a proof, for the many texts that have nothing wrong: it is native, and several times as fast as a reader that knows every
 * place. What cannot be proven here is no fault yet; `readStrictJson` then reads the text itself.
 */
import { POISONED_KEYS } from '../ids';
import type { Json } from './json';

/** The value, or nothing where some key may stand twice or may be poisoned, or a number or the nesting may be out of bounds. */
export function readPlainJson(text: string, mostDepth: number): Json | undefined {
  // Written so, a colon would count in the value and not in the text.
  if (text.includes('\\u003a') || text.includes('\\u003A')) return undefined;
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
  // Each key has one colon after it. `JSON.parse` drops the first of two equal keys, and its colon stays in the text.
  return countColons(value, mostDepth) === colonsIn(text) ? value : undefined;
}

/** Colons with which a value is written: one for each key, and those inside of texts. `NaN` where the value may not be taken. */
function countColons(value: Json, depthLeft: number): number {
  if (typeof value === 'string') return colonsIn(value);
  if (typeof value === 'number') return Number.isFinite(value) ? 0 : Number.NaN;
  if (value === null || typeof value !== 'object') return 0;
  if (depthLeft === 0) return Number.NaN;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) count += countColons(item, depthLeft - 1);
    return count;
  }
  const object = value as { readonly [key: string]: Json };
  for (const key of Object.keys(object)) {
    if (POISONED_KEYS.has(key)) return Number.NaN;
    count += 1 + colonsIn(key) + countColons(object[key]!, depthLeft - 1);
  }
  return count;
}

function colonsIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) count += 1;
  return count;
}
