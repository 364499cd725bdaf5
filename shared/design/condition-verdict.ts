/** What a schema says of conditions on its values: whether a path leads anywhere, and whether a condition can hold at all. Never guesses: where it cannot tell, it can. */
import type { Json } from '../json/json';
import { fitsSchema } from '../schema/fits-schema';
import type { ValueSchema, ValueType } from '../schema/value-schema';
import { testHolds, valueAtPath, type Condition, type Test } from './condition';

/** What may stand at a path. `isNamed`: every step is a field that the schema names, or one that it lets anything stand at. */
export type PathLook = { readonly schemas: readonly ValueSchema[]; readonly mayBeMissing: boolean; readonly isNamed: boolean };

const NOTHING: PathLook = { schemas: [], mayBeMissing: true, isNamed: false };

export function lookAtPath(schema: ValueSchema, path: string): PathLook {
  return path.split('.').reduce<PathLook>(
    (look, step) => {
      const next = look.schemas.map((one) => stepInto(one, step));
      if (next.length === 0) return NOTHING;
      return { schemas: next.flatMap(({ schemas }) => schemas), mayBeMissing: look.mayBeMissing || next.some(({ mayBeMissing }) => mayBeMissing), isNamed: look.isNamed && next.some(({ isNamed }) => isNamed) };
    },
    { schemas: [schema], mayBeMissing: false, isNamed: true },
  );
}

function stepInto(schema: ValueSchema, step: string): PathLook {
  const values = schema.const !== undefined ? [schema.const] : schema.enum;
  if (values) return stepIntoValues(values, step);
  if (schema.anyOf && schema.properties === undefined) {
    const looks = schema.anyOf.map((one) => stepInto(one, step));
    return { schemas: looks.flatMap(({ schemas }) => schemas), mayBeMissing: looks.some(({ mayBeMissing }) => mayBeMissing), isNamed: looks.some(({ isNamed }) => isNamed) };
  }
  const field = allows(schema, 'object') ? stepIntoObject(schema, step) : NOTHING;
  const item = allows(schema, 'array') && /^\d{1,9}$/.test(step) ? stepIntoList(schema, Number(step)) : NOTHING;
  const isObjectOnly = schema.type === 'object';
  return { schemas: [...field.schemas, ...item.schemas], mayBeMissing: isObjectOnly ? field.mayBeMissing : true, isNamed: field.isNamed || item.isNamed };
}

function stepIntoValues(values: readonly Json[], step: string): PathLook {
  const found = values.map((value) => valueAtPath(value, step));
  const there = found.flatMap((value) => (value === undefined ? [] : [{ const: value }]));
  return { schemas: there, mayBeMissing: there.length < found.length, isNamed: there.length > 0 };
}

function stepIntoObject({ properties, required, additionalProperties }: ValueSchema, step: string): PathLook {
  if (properties && Object.hasOwn(properties, step)) return { schemas: [properties[step]!], mayBeMissing: required?.includes(step) !== true, isNamed: true };
  if (additionalProperties === false) return NOTHING;
  if (typeof additionalProperties === 'object') return { schemas: [additionalProperties], mayBeMissing: true, isNamed: true };
  return { schemas: [{}], mayBeMissing: true, isNamed: properties === undefined };
}

function stepIntoList({ items, maxItems }: ValueSchema, index: number): PathLook {
  if (maxItems !== undefined && index >= maxItems) return NOTHING;
  return { schemas: [items ?? {}], mayBeMissing: true, isNamed: true };
}

const allows = ({ type }: ValueSchema, wanted: ValueType): boolean => type === undefined || (typeof type === 'string' ? type === wanted : type.includes(wanted));
const allowsNumber = (schema: ValueSchema): boolean => allows(schema, 'number') || allows(schema, 'integer');

/** Whether some value of the schema fits the condition; `true` where that cannot be told. */
export function canHold(condition: Condition, schema: ValueSchema): boolean {
  if ('and' in condition) return condition.and.every((one) => canHold(one, schema)) && !contradicts(condition.and);
  if ('or' in condition) return condition.or.some((one) => canHold(one, schema));
  if ('not' in condition) return !mustHold(condition.not, schema);
  const { schemas, mayBeMissing } = lookAtPath(schema, condition.path);
  if ('exists' in condition) return condition.exists ? schemas.length > 0 : mayBeMissing;
  return schemas.some((one) => canFit(condition, one));
}

/** Whether every value of the schema fits; `false` where that cannot be told. */
function mustHold(condition: Condition, schema: ValueSchema): boolean {
  if ('and' in condition) return condition.and.every((one) => mustHold(one, schema));
  if ('or' in condition) return condition.or.some((one) => mustHold(one, schema));
  if ('not' in condition) return !canHold(condition.not, schema);
  if (!('exists' in condition)) return false;
  const { schemas, mayBeMissing } = lookAtPath(schema, condition.path);
  return condition.exists ? !mayBeMissing && schemas.length > 0 : schemas.length === 0;
}

/** One test wants a value that another of the same path refuses. */
function contradicts(parts: readonly Condition[]): boolean {
  const tests = parts.filter((one): one is Test => 'path' in one);
  return tests.some((one) => 'equals' in one && tests.some((other) => other.path === one.path && !testHolds(other, one.equals)));
}

function canFit(test: Exclude<Test, { exists: boolean }>, schema: ValueSchema): boolean {
  const values = schema.const !== undefined ? [schema.const] : schema.enum;
  if (values) return values.some((value) => testHolds(test, value));
  if (schema.anyOf && !schema.anyOf.some((one) => canFit(test, one))) return false;
  if ('equals' in test) return fitsSchema(schema, test.equals);
  if ('in' in test) return test.in.some((value) => fitsSchema(schema, value));
  if ('contains' in test) return canContain(test.contains, schema);
  return 'greater' in test ? canExceed(test.greater, schema) : canBeBelow(test.less, schema);
}

function canContain(part: Json, schema: ValueSchema): boolean {
  if (typeof part === 'string' && allows(schema, 'string')) return true;
  return allows(schema, 'array') && (schema.items === undefined || fitsSchema(schema.items, part));
}

function canExceed(bound: number | string, schema: ValueSchema): boolean {
  if (typeof bound === 'string') return allows(schema, 'string');
  return allowsNumber(schema) && (schema.maximum === undefined || schema.maximum > bound) && (schema.exclusiveMaximum === undefined || schema.exclusiveMaximum > bound);
}

function canBeBelow(bound: number | string, schema: ValueSchema): boolean {
  if (typeof bound === 'string') return allows(schema, 'string');
  return allowsNumber(schema) && (schema.minimum === undefined || schema.minimum < bound) && (schema.exclusiveMinimum === undefined || schema.exclusiveMinimum < bound);
}
