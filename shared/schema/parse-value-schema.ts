import { z } from 'zod';
import type { Json } from '../json/json';
import type { ValueSchema } from './value-schema';

const json: z.ZodType<Json> = z.json();
const type = z.enum(['null', 'boolean', 'integer', 'number', 'string', 'array', 'object']);
const count = z.int().min(0);
const schema: z.ZodType<ValueSchema> = z.lazy(() =>
  z.strictObject({
    type: z.union([type, z.array(type).min(1)]),
    enum: z.array(json).min(1),
    const: json,
    properties: z.record(z.string(), schema),
    required: z.array(z.string()),
    additionalProperties: z.union([z.boolean(), schema]),
    items: schema,
    minItems: count,
    maxItems: count,
    minLength: count,
    maxLength: count,
    minimum: z.number(),
    maximum: z.number(),
    exclusiveMinimum: z.number(),
    exclusiveMaximum: z.number(),
    multipleOf: z.number().positive(),
    anyOf: z.array(schema).min(1),
  }).partial(),
);

/** A schema that comes as a value, not out of a protocol file: in the subset and without references. Nothing where it is none. */
export function parseValueSchema(value: Json): ValueSchema | undefined {
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}
