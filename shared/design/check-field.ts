/** Whether a value fits one field, told in the words of the compiler, while the person still types. */
import { z } from 'zod';
import type { Json, JsonObject } from '../json/json';
import { valueAt, withValueAt } from '../json/value-at';
import type { JsonPath } from './edits/edit';
import { findRule, stepValue, unwrapSchema } from './field-rule';
import { nodeSchemas } from './nodes/node';
import { isNodeKind } from './nodes/words';

/** What is wrong at the path once the value stands there, or nothing. Faults elsewhere in the whole are not told here. */
export function refuseValue(schema: z.ZodType, whole: JsonObject, path: JsonPath, value: Json | undefined): string | undefined {
  const next = withValueAt(whole, path, value) ?? {};
  const parsed = schema.safeParse(next);
  if (parsed.success) return undefined;
  const issue = parsed.error.issues.find((one) => path.every((step, index) => one.path[index] === step));
  if (!issue) return undefined;
  const got = valueAt(next, issue.path as JsonPath);
  const name = String(issue.path.at(-1) ?? path.at(-1) ?? 'the value');
  return `${name} is ${got === undefined ? 'missing' : JSON.stringify(got)}; ${findRule(schema, issue.path, next, got).because}.`;
}

/** The same for a node as it stands in `design.json`; nodes of unknown kinds take anything. */
export function refuseNodeField(raw: JsonObject, path: JsonPath, value: Json | undefined): string | undefined {
  const kind = raw['kind'];
  return typeof kind === 'string' && isNodeKind(kind) ? refuseValue(nodeSchemas[kind], raw, path, value) : undefined;
}

/** The default of a field by its path, where its schema has one. */
export function findStandard(schema: z.ZodType, path: readonly string[], raw: Json): Json | undefined {
  let at: z.ZodType | undefined = schema;
  let value: Json | undefined = raw;
  for (const step of path) {
    const inner: z.ZodType = unwrapSchema(at, value);
    value = stepValue(value, step);
    if (inner instanceof z.ZodObject) at = (inner.shape as Readonly<Record<string, z.ZodType>>)[step];
    else if (inner instanceof z.ZodArray) at = inner.element as z.ZodType;
    else if (inner instanceof z.ZodRecord) at = inner.valueType as z.ZodType;
    else return undefined;
    if (at === undefined) return undefined;
  }
  while (at instanceof z.ZodOptional || at instanceof z.ZodReadonly) at = at.unwrap() as z.ZodType;
  return at instanceof z.ZodDefault ? (at.def.defaultValue as Json) : undefined;
}
