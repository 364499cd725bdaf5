import type { Json } from '../json/json';
import { sampleValue } from '../schema/sample-value';
import type { ValueSchema } from '../schema/value-schema';
import type { Root } from './template';

/**
 * A template to begin with: what must be built, with fields of the same name taken over from `root`, and otherwise constants that a person
 * writes over. A value that is no object is taken over as it is.
 */
export function proposeTemplate(from: ValueSchema, to: ValueSchema, root: Root): Json {
  const has = from.properties ?? {};
  const wants = to.properties ?? {};
  const names = [...new Set([...(to.required ?? []), ...Object.keys(wants).filter((name) => Object.hasOwn(has, name))])];
  if (names.length === 0) return { $: root };
  return Object.fromEntries<Json>(names.map((name) => [name, Object.hasOwn(has, name) ? takeOver(root, name) : literal(sampleValue(wants[name] ?? {}))]));
}

/** A name with a dot would be a longer path; there is no way to write it, so it is left to the person. */
const takeOver = (root: Root, name: string): Json => (name.includes('.') ? null : { $: `${root}.${name}` });

/** Constants stand as they are; one that holds a word of templates is marked. */
const literal = (value: Json): Json => (JSON.stringify(value).includes('"$') ? { $literal: value } : value);
