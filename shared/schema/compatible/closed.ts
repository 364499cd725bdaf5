/** Schemas that list their values (`const`, `enum`): lists may be long, so a value is looked for by its text. */
import { canonicalJson } from '../../json/canonical';
import type { Json } from '../../json/json';
import { fitsSchema } from '../fits-schema';
import type { ValueSchema } from '../value-schema';

type Closed = { readonly values: readonly Json[]; readonly texts: ReadonlySet<string> };
const known = new WeakMap<ValueSchema, { readonly closed: Closed | undefined; readonly rest: ValueSchema }>();

function partsOf(schema: ValueSchema): { readonly closed: Closed | undefined; readonly rest: ValueSchema } {
  const before = known.get(schema);
  if (before) return before;
  const { const: only, enum: several, ...rest } = schema;
  const parts = { closed: closedBy(only, several), rest };
  known.set(schema, parts);
  return parts;
}

function closedBy(only: Json | undefined, several: readonly Json[] | undefined): Closed | undefined {
  if (only === undefined && several === undefined) return undefined;
  const texts = new Map((several ?? [only!]).map((value) => [canonicalJson(value), value]));
  if (only !== undefined) for (const text of texts.keys()) if (text !== canonicalJson(only)) texts.delete(text);
  return { values: [...texts.values()], texts: new Set(texts.keys()) };
}

export const listClosed = (schema: ValueSchema): readonly Json[] | undefined => partsOf(schema).closed?.values;

/** What `fitsSchema` says. */
export function fitsClosed(schema: ValueSchema, value: Json): boolean {
  const { closed, rest } = partsOf(schema);
  return (!closed || closed.texts.has(canonicalJson(value))) && fitsSchema(rest, value);
}
