import type { Json } from './json';

/**
 * JSON text with the keys of every object in code-unit order and no white space: equal data, equal bytes.
 * Used wherever bytes are hashed (program, journal, effect requests). Entries that are `undefined` are left out, as in JSON.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sortKeys(value as Json));
}

function sortKeys(value: Json): Json {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map(sortKeys);
  const object = value as { readonly [key: string]: Json };
  // A null prototype, so that no key of the data can mean anything to this process.
  const sorted = Object.create(null) as { [key: string]: Json };
  for (const key of Object.keys(object).sort()) sorted[key] = sortKeys(object[key]!);
  return sorted;
}
