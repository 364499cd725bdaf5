/** Schemas and values of few words and names, so that they meet: for properties of whatever reads schemas. */
import { fc } from '@fast-check/vitest';
import type { Json } from '../../json/json';
import type { ValueSchema, ValueType } from '../value-schema';

const names = fc.constantFrom('a', 'b', 'toString', '__proto__');
const small = fc.integer({ min: 0, max: 3 });
const types = fc.constantFrom<ValueType>('null', 'boolean', 'integer', 'number', 'string', 'array', 'object');
const scalar = fc.oneof(fc.constantFrom<Json>(null, true, false, '', 'a', '😀b'), small, fc.constantFrom(0.5, 1.5, -1));
const { value: values } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, scalar, fc.array(tie('value'), { maxLength: 3 }), fc.uniqueArray(fc.tuple(names, tie('value')), { selector: ([name]) => name, maxLength: 3 }).map((entries) => JSON.parse(`{${entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()}}`) as Json)),
}));
const flat = {
  type: fc.oneof(types, fc.uniqueArray(types, { minLength: 1, maxLength: 3 })),
  const: values,
  enum: fc.array(values, { minLength: 1, maxLength: 3 }),
  required: fc.uniqueArray(names, { maxLength: 2 }),
  ...Object.fromEntries(['minItems', 'maxItems', 'minLength', 'maxLength', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'].map((word) => [word, small])),
  multipleOf: fc.constantFrom(1, 2, 0.5),
};
/** Few words at once: of all of them hardly a value fits. */
const few = (schema: ValueSchema, kept: readonly number[]): ValueSchema => Object.fromEntries(Object.entries(schema).filter((_, index) => kept.includes(index)));
const kept = fc.uniqueArray(fc.nat(20), { maxLength: 3 });
const flatSchema = fc.tuple(fc.record(flat, { requiredKeys: [] }) as fc.Arbitrary<ValueSchema>, kept).map(([schema, words]) => few(schema, words));
const { schema: schemas } = fc.letrec<{ schema: ValueSchema }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3 },
    flatSchema,
    fc.tuple(flatSchema, fc.dictionary(fc.constantFrom('a', 'b', 'toString'), tie('schema'), { maxKeys: 2 }), fc.oneof(fc.boolean(), tie('schema'))).map(([schema, properties, additionalProperties]) => ({ ...schema, properties, additionalProperties })),
    fc.tuple(flatSchema, tie('schema')).map(([schema, items]) => ({ ...schema, items })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 2 }).map((anyOf) => ({ anyOf })),
  ),
}));

export const arbitrarySchema = schemas;
export const arbitraryValue = values;
