/**
 * What to say when a field of a design has a wrong value: the schema checks, the rule explains. A rule is registered on the very
 * schema object that stands in the shape, so the schema of a node is written once and says all of it.
 */
import { z } from 'zod';
import type { ErrorCode } from '../errors/catalog';
import type { Json } from '../json/json';

/** `because` ends the sentence "maxRestarts is -1; ...". */
export type FieldRule = { readonly code: ErrorCode; readonly because: string; readonly fix: string };
/** Some codes depend on the value: below zero or no whole number. */
export type FieldRuleFor = FieldRule | ((got: Json | undefined) => FieldRule);

const rules = new WeakMap<z.ZodType, FieldRuleFor>();

export function ruled<T extends z.ZodType>(schema: T, rule: FieldRuleFor): T {
  rules.set(schema, rule);
  return schema;
}

/** A shape or value that no rule of its own explains. */
const GENERAL: FieldRule = { code: 'PRJ013', because: 'this field takes another kind of value', fix: 'Give it a value of the kind that the format asks for.' };

/** The rule of the deepest field on the path that has one. */
export function findRule(schema: z.ZodType, path: readonly PropertyKey[], raw: Json, got: Json | undefined): FieldRule {
  let found: FieldRuleFor | undefined = rules.get(schema);
  let at: z.ZodType | undefined = schema;
  let value: Json | undefined = raw;
  for (const step of path) {
    at = at && stepInto(at, step, value);
    if (!at) break;
    value = stepValue(value, step);
    found = rules.get(at) ?? found;
  }
  const rule = found ?? GENERAL;
  return typeof rule === 'function' ? rule(got) : rule;
}

/** The schema that a value at `key` has to fit; for a union, that of the alternative which the value names. */
function stepInto(schema: z.ZodType, key: PropertyKey, value: Json | undefined): z.ZodType | undefined {
  const inner = unwrapSchema(schema, value);
  if (inner instanceof z.ZodObject) return (inner.shape as Readonly<Record<string, z.ZodType>>)[String(key)];
  if (inner instanceof z.ZodArray) return inner.element as z.ZodType;
  if (inner instanceof z.ZodRecord) return inner.valueType as z.ZodType;
  return undefined;
}

/** Takes defaults and options away, and chooses the member of a union by its tag. */
export function unwrapSchema(schema: z.ZodType, value: Json | undefined): z.ZodType {
  let at = schema;
  while (at instanceof z.ZodDefault || at instanceof z.ZodOptional || at instanceof z.ZodReadonly) at = at.unwrap() as z.ZodType;
  if (!(at instanceof z.ZodDiscriminatedUnion)) return at;
  const tag = at.def.discriminator;
  const member = (at.options as readonly z.ZodType[]).find((option) => {
    const literal = option instanceof z.ZodObject ? (option.shape as Readonly<Record<string, z.ZodType>>)[tag] : undefined;
    return literal instanceof z.ZodLiteral && literal.safeParse(stepValue(value, tag)).success;
  });
  return member ?? at;
}

export function stepValue(value: Json | undefined, step: PropertyKey): Json | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  if (Array.isArray(value)) return (value as readonly Json[])[Number(step)];
  const object = value as { readonly [key: string]: Json };
  return Object.hasOwn(object, String(step)) ? object[String(step)] : undefined;
}
