import { describe, expect, it } from 'vitest';
import { findMismatch } from './validate-value';
import { sampleValue } from './sample-value';
import type { ValueSchema } from './value-schema';

describe('a sample', () => {
  it.each<ValueSchema>([
    { type: 'string', minLength: 3 },
    { type: 'integer', minimum: 2.5 },
    { type: 'integer', exclusiveMinimum: 4 },
    { type: 'number', exclusiveMaximum: -1 },
    { type: 'number', maximum: -3 },
    { type: ['null', 'string'] },
    { enum: ['a', 'b'] },
    { const: { x: 1 } },
    { anyOf: [{ type: 'boolean' }, { type: 'string' }] },
    { type: 'array', items: { type: 'boolean' }, minItems: 2 },
    { type: 'object', properties: { text: { type: 'string' }, deep: { type: 'object', required: ['n'], properties: { n: { type: 'integer', minimum: 7 } } } }, required: ['text', 'deep'], additionalProperties: false },
    {},
  ])('of %j fits it', (schema) => expect(findMismatch(schema, sampleValue(schema))).toBeUndefined());
});
