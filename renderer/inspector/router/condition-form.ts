/** One test of a condition as a row of fields, and back. Pure. */
import type { Condition, Test, TestName } from '../../../shared/design/condition';
import { isList } from '../../../shared/design/document';
import { isObject } from '../../../shared/json/is-object';
import type { Json } from '../../../shared/json/json';
import type { ValueSchema } from '../../../shared/schema/value-schema';

/** `exists` is two words here, since it needs no value. */
export type TestWord = Exclude<TestName, 'exists'> | 'there' | 'not there';
export const TEST_WORDS: Readonly<Record<TestWord, string>> = { equals: 'is', in: 'is one of', contains: 'contains', greater: 'is above', less: 'is below', there: 'is there', 'not there': 'is not there' };
export type TestRow = { readonly path: string; readonly word: TestWord; /** As it is typed. */ readonly value: string };

/** A text that reads as JSON is that value; all else is itself. */
export function readValue(typed: string): Json {
  try {
    return JSON.parse(typed) as Json;
  } catch {
    return typed;
  }
}

/** As it is typed: what would be read as something else stands in quotes. */
export const writeValue = (value: Json): string => (typeof value === 'string' && readValue(value) === value && value !== '' ? value : JSON.stringify(value));

const readList = (typed: string): readonly Json[] => {
  const whole = readValue(typed);
  return isList(whole) ? whole : typed.split(',').map((part) => part.trim()).filter((part) => part !== '').map(readValue);
};
const writeList = (values: readonly Json[]): string => {
  const written = values.map(writeValue);
  return written.some((one) => one.includes(',')) || values.some((one) => one !== null && typeof one === 'object') ? JSON.stringify(values) : written.join(', ');
};

/** The row of a condition that is one test; nothing for one that is put together, or none at all. */
export function rowOf(condition: Json | undefined): TestRow | undefined {
  if (!isObject(condition) || typeof condition['path'] !== 'string') return undefined;
  const { path } = condition;
  const row = (word: TestWord, value: string): TestRow => ({ path, word, value });
  const [name, ...more] = Object.keys(condition).filter((key) => key !== 'path');
  const value = name === undefined ? undefined : condition[name];
  if (more.length > 0 || value === undefined) return undefined;
  if (name === 'exists') return row(value === false ? 'not there' : 'there', '');
  if (name === 'in') return isList(value) ? row('in', writeList(value)) : undefined;
  return name === 'equals' || name === 'contains' || name === 'greater' || name === 'less' ? row(name, writeValue(value)) : undefined;
}

/** The test that a row says; `refuse` of the schema has the last word on it. */
export function testOf({ path, word, value }: TestRow): Condition {
  if (word === 'there' || word === 'not there') return { path, exists: word === 'there' };
  if (word === 'in') return { path, in: readList(value) };
  return { path, [word]: readValue(value) } as Test;
}

/** Paths into inputs that schemas name, those of the first level first; for suggestions. */
export function listPaths(schemas: readonly ValueSchema[], depth = 3): readonly string[] {
  const found = new Set<string>();
  const visit = (schema: ValueSchema, above: string, left: number): void => {
    const fields = Object.entries(schema.properties ?? {});
    for (const [name] of fields) found.add(`${above}${name}`);
    if (left > 1) for (const [name, inner] of fields) visit(inner, `${above}${name}.`, left - 1);
  };
  for (const schema of schemas) visit(schema, '', depth);
  return [...found].toSorted((a, b) => a.split('.').length - b.split('.').length);
}
