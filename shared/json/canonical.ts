/**
 * JSON text with the keys of every object in code-unit order and no white space: equal data, equal bytes.
 * Used wherever bytes are hashed (program, journal, effect requests). Entries that are `undefined` are left out, as in JSON.
 */
export function canonicalJson(value: unknown): string {
  return canonicalText(value) ?? 'null';
}

/** Written as it is walked: an object made anew with its keys in order would move those that look like numbers to its front. */
function canonicalText(value: unknown): string | undefined {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
  let text = '{';
  for (const key of Object.keys(value).sort()) {
    const inner = canonicalText((value as { readonly [key: string]: unknown })[key]);
    if (inner !== undefined) text += `${text.length > 1 ? ',' : ''}${JSON.stringify(key)}:${inner}`;
  }
  return `${text}}`;
}
