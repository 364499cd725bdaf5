import type { Json } from '../json/json';
import type { ValueSchema } from './value-schema';

/** The simplest value that a form may begin with: it has the shape of the schema, and fits it where the bounds allow the simplest. */
export function sampleValue(schema: ValueSchema): Json {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0] ?? null;
  if (schema.anyOf !== undefined && schema.type === undefined) return schema.anyOf[0] ? sampleValue(schema.anyOf[0]) : null;
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  switch (type) {
    case 'string':
      return ''.padEnd(schema.minLength ?? 0, '-');
    case 'integer':
      return Math.ceil(leastNumber(schema, 1));
    case 'number':
      return leastNumber(schema, 0.5);
    case 'boolean':
      return false;
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sampleValue(schema.items ?? {}));
    case 'object':
      return Object.fromEntries((schema.required ?? []).map((name) => [name, sampleValue(schema.properties?.[name] ?? {})]));
    case 'null':
    case undefined:
      return null;
  }
}

function leastNumber({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }: ValueSchema, step: number): number {
  if (minimum !== undefined) return minimum;
  if (exclusiveMinimum !== undefined) return exclusiveMinimum + step;
  if (maximum !== undefined) return Math.min(0, maximum);
  return exclusiveMaximum !== undefined ? Math.min(0, exclusiveMaximum - step) : 0;
}
