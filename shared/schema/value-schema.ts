import type { Json } from '../json/json';

/**
 * The subset of JSON Schema (2020-12 words) that protocols speak. `$ref` is already resolved in a program:
 * `{"$ref": "#/definitions/x"}` of the file format becomes the schema itself; recursion is a diagnostic.
 * An empty object accepts every value.
 */
export type ValueSchema = {
  readonly type?: ValueType | readonly ValueType[];
  readonly enum?: readonly Json[];
  readonly const?: Json;
  readonly properties?: { readonly [name: string]: ValueSchema };
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | ValueSchema;
  readonly items?: ValueSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly anyOf?: readonly ValueSchema[];
};

export type ValueType = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object';

/** Where and why a value does not fit: `path` is a JSON Pointer into the value. */
export type Mismatch = { readonly path: string; readonly expected: string; readonly got: string };
