/** Fields that a schema does not know: kept in the files, told, and never run. */
import { z } from 'zod';
import type { Json } from '../json/json';
import { stepValue } from './field-rule';

/** What a schema knows at a place: fields of an object, one thing for all items, what the tag of a union says. Absent: whatever stands there is data. */
type Known =
  | { readonly kind: 'object'; readonly fields: ReadonlyMap<string, Known | undefined> }
  | { readonly kind: 'list' | 'record'; readonly item: Known }
  | { readonly kind: 'tagged'; readonly tag: string; readonly members: ReadonlyMap<Json, Known | undefined> };

/** Schemas are made once; a design has thousands of values. */
const knownBySchema = new WeakMap<z.ZodType, { readonly known: Known | undefined }>();

function knownOf(schema: z.ZodType): Known | undefined {
  const before = knownBySchema.get(schema);
  if (before) return before.known;
  const known = derive(schema);
  knownBySchema.set(schema, { known });
  return known;
}

function derive(schema: z.ZodType): Known | undefined {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional || schema instanceof z.ZodReadonly) return knownOf(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodArray) return all('list', schema.element as z.ZodType);
  if (schema instanceof z.ZodRecord) return all('record', schema.valueType as z.ZodType);
  if (schema instanceof z.ZodObject) return { kind: 'object', fields: new Map(Object.entries(schema.shape as Readonly<Record<string, z.ZodType>>).map(([name, field]) => [name, knownOf(field)])) };
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return undefined;
  const tag = schema.def.discriminator;
  return { kind: 'tagged', tag, members: new Map((schema.options as readonly z.ZodType[]).flatMap((option) => valuesOf(option, tag).map((value) => [value, knownOf(option)] as const))) };
}

function all(kind: 'list' | 'record', items: z.ZodType): Known | undefined {
  const item = knownOf(items);
  return item && { kind, item };
}

function valuesOf(option: z.ZodType, tag: string): readonly Json[] {
  const literal = option instanceof z.ZodObject ? (option.shape as Readonly<Record<string, z.ZodType>>)[tag] : undefined;
  return literal instanceof z.ZodLiteral ? ([...literal.values] as readonly Json[]) : [];
}

/** Paths of the fields that a schema does not know, in the order in which they stand. */
export function listUnknownFields(schema: z.ZodType, raw: Json): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [];
  gather(knownOf(schema), raw, [], found);
  return found;
}

/** `way`: steps to the value; one list for all, since nearly always nothing is found. */
function gather(known: Known | undefined, raw: Json, way: string[], found: (readonly string[])[]): void {
  if (!known || raw === null || typeof raw !== 'object') return;
  if (known.kind === 'tagged') {
    const tag = stepValue(raw, known.tag);
    return gather(tag === undefined ? undefined : known.members.get(tag), raw, way, found);
  }
  // Of another kind than the schema wants: that is told already.
  if (Array.isArray(raw) !== (known.kind === 'list')) return;
  for (const step of Object.keys(raw)) {
    way.push(step);
    if (known.kind === 'object' && !known.fields.has(step)) found.push([...way]);
    else gather(known.kind === 'object' ? known.fields.get(step) : known.item, (raw as { readonly [key: string]: Json })[step]!, way, found);
    way.pop();
  }
}
