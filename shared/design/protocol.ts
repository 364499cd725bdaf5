/** A protocol file, `protocols/Triage.json`. Schemas inside are looked at by the compiler (`ValueSchema` is what comes out). */
import { z } from 'zod';
import { anyJson } from '../json/json-schema';
import { ruled } from './field-rule';

export const OPERATION_KINDS = ['call', 'cast', 'stream'] as const;

export const operation = z.object({
  kind: ruled(z.enum(OPERATION_KINDS).describe('Whether it is answered: `call` once, `cast` never, `stream` by a sequence.'), {
    code: 'PRO003',
    because: `an operation is one of ${OPERATION_KINDS.join(', ')}`,
    fix: 'Use call (request and answer) or cast (one way).',
  }),
  doc: z.string().optional().describe('Words for people.'),
  input: anyJson.optional().describe('Schema of what is sent, in the stated subset of JSON Schema; without it every value fits.'),
  output: anyJson.optional().describe('Schema of the answer.'),
  errors: ruled(z.array(z.string()).default([]).describe('Names of the errors that it may answer with, which are no crash.'), { code: 'PRO012', because: 'errors is a list of names', fix: 'Write it like ["NotFound"].' }),
  idempotent: ruled(z.boolean().default(false).describe('Whether doing it twice is the same as doing it once, so that it may be tried again.'), { code: 'PRJ013', because: 'idempotent is true or false', fix: 'Write true only if doing it twice is the same as doing it once.' }),
  optional: ruled(z.boolean().default(false).describe('Whether a handler may leave it out; a call to one that does fails with `invalid`.'), { code: 'PRJ013', because: 'optional is true or false', fix: 'Leave it out: then each provider has the operation.' }),
  /** An input, or `{input, output}`. */
  example: anyJson.optional().describe('An input, or `{input, output}`; checked against the schemas.'),
});

export const protocolFile = z.object({
  doc: z.string().optional().describe('Words for people.'),
  extends: ruled(z.array(z.string()).default([]).describe('Protocols whose operations this one has too.'), { code: 'PRO008', because: 'extends is a list of protocol names', fix: 'Write it like ["Base"].' }),
  operations: ruled(z.record(z.string(), anyJson).default({}).describe('Name -> operation.'), {
    code: 'PRJ013',
    because: 'operations is an object: each key is the name of an operation',
    fix: 'Write it like { "classify": { "kind": "call" } }.',
  }),
  definitions: ruled(z.record(z.string(), anyJson).default({}).describe('Name -> schema that `$ref` can name.'), {
    code: 'PRJ013',
    because: 'definitions is an object of schemas that "$ref" can name',
    fix: 'Write it like { "ticket": { "type": "object" } }.',
  }),
});
