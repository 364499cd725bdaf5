import type { ValueSchema } from '../schema/value-schema';

/** Whether a value of a schema may have something at a path; where it may not, the names that stand there instead. */
export type Found = { readonly ok: true } | { readonly ok: false; readonly step: string; readonly known: readonly string[] };

export function findVariable(schema: ValueSchema, [step, ...rest]: readonly string[]): Found {
  if (step === undefined) return { ok: true };
  if (schema.anyOf !== undefined) {
    const found = schema.anyOf.map((one) => findVariable(one, [step, ...rest]));
    return found.find(({ ok }) => ok) ?? found[0] ?? { ok: true };
  }
  const types = schema.type === undefined ? [] : typeof schema.type === 'string' ? [schema.type] : schema.type;
  const isList = types.includes('array') && /^\d+$/.test(step);
  if (isList) return findVariable(schema.items ?? {}, rest);
  const known = Object.keys(schema.properties ?? {});
  if (types.length > 0 && !types.includes('object')) return { ok: false, step, known };
  const inner = known.includes(step) ? schema.properties![step]! : undefined;
  if (inner) return findVariable(inner, rest);
  if (typeof schema.additionalProperties === 'object') return findVariable(schema.additionalProperties, rest);
  // An object that names its fields has those; one that names none may have any.
  return known.length > 0 || schema.additionalProperties === false ? { ok: false, step, known } : { ok: true };
}
