/** A schema as rows of a table: field, type, default, meaning. What a schema cannot say in a row becomes a table of its own. */
import { z } from 'zod';

export type Row = { readonly field: string; readonly type: string; readonly standard: string; readonly meaning: string };
export type Fields = z.ZodObject;

/** What stands around a schema: whether it may be missing, its default, its words. */
type Peeled = { readonly inner: z.ZodType; readonly isOptional: boolean; readonly standard: unknown; readonly meaning: string };

export function peel(schema: z.ZodType): Peeled {
  let at = schema;
  let isOptional = false;
  let standard: unknown;
  let meaning = schema.description ?? '';
  while (at instanceof z.ZodDefault || at instanceof z.ZodOptional || at instanceof z.ZodReadonly) {
    if (at instanceof z.ZodOptional) isOptional = true;
    if (at instanceof z.ZodDefault) standard = at.def.defaultValue;
    at = at.unwrap() as z.ZodType;
    meaning ||= at.description ?? '';
  }
  return { inner: at, isOptional, standard, meaning };
}

export function rowsOf(object: Fields): readonly Row[] {
  return Object.entries(object.shape as Readonly<Record<string, z.ZodType>>).map(([field, schema]) => {
    const { inner, isOptional, standard, meaning } = peel(schema);
    return { field, type: typeOf(inner), standard: standard === undefined ? (isOptional ? 'may be missing' : 'required') : code(JSON.stringify(standard)), meaning };
  });
}

const code = (text: string): string => `\`${text}\``;
const group = (value: number): string => value.toLocaleString('en-US');

/** In words, with bounds. */
export function typeOf(schema: z.ZodType): string {
  const { inner } = peel(schema);
  if (inner instanceof z.ZodLiteral) return [...inner.values].map((value) => code(JSON.stringify(value))).join(', ');
  if (inner instanceof z.ZodEnum) return inner.options.map((option) => code(JSON.stringify(option))).join(', ');
  if (inner instanceof z.ZodNumber) return inner.format?.includes('int') ? `whole number${bounds(inner)}` : `number${bounds(inner)}`;
  if (inner instanceof z.ZodString) return inner.maxLength === null ? 'text' : `text of at most ${group(inner.maxLength)} characters`;
  if (inner instanceof z.ZodBoolean) return '`true`, `false`';
  if (inner instanceof z.ZodArray) return `list: ${typeOf(inner.element as z.ZodType)}`;
  if (inner instanceof z.ZodRecord) return `object, each value: ${typeOf(inner.valueType as z.ZodType)}`;
  if (inner instanceof z.ZodNullable) return `${typeOf(inner.unwrap() as z.ZodType)} or \`null\``;
  if (inner instanceof z.ZodDiscriminatedUnion) return `object, by its \`${inner.def.discriminator}\``;
  if (inner instanceof z.ZodObject) return `object: ${Object.keys(inner.shape as object).map(code).join(', ')}`;
  if (inner instanceof z.ZodUnion) return (inner.options as readonly z.ZodType[]).map(typeOf).join('; or ');
  return 'JSON';
}

function bounds(schema: z.ZodNumber): string {
  const { minValue: least, maxValue: most } = schema;
  const hasLeast = least !== null && least > Number.MIN_SAFE_INTEGER;
  const hasMost = most !== null && most < Number.MAX_SAFE_INTEGER;
  if (hasLeast && hasMost) return ` from ${group(least)} to ${group(most)}`;
  return hasLeast ? ` from ${group(least)}` : hasMost ? ` up to ${group(most)}` : '';
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

export function table(rows: readonly Row[]): string {
  return ['| field | type | default | meaning |', '|---|---|---|---|', ...rows.map(({ field, type, standard, meaning }) => `| \`${field}\` | ${cell(type)} | ${cell(standard)} | ${cell(meaning)} |`), ''].join('\n');
}
