import type { Json } from '../../json/json';

/** What came out for a part; `value` fits what may be sent there, and not what is accepted. */
export type Found = { readonly kind: 'accepts' } | { readonly kind: 'refuses'; readonly value: Json } | { readonly kind: 'unknown' };

export const ACCEPTS: Found = { kind: 'accepts' };
export const UNKNOWN: Found = { kind: 'unknown' };
export const refuse = (value: Json): Found => ({ kind: 'refuses', value });

/** Of parts that must all accept: the first that refuses speaks for all. */
export function all<T>(parts: readonly T[], ask: (part: T) => Found): Found {
  let found = ACCEPTS;
  for (const part of parts) {
    const one = ask(part);
    if (one.kind === 'refuses') return one;
    if (one.kind === 'unknown') found = UNKNOWN;
  }
  return found;
}
