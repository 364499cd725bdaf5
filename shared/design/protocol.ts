/** A protocol file, `protocols/Triage.json`. Schemas inside are looked at by the compiler (`ValueSchema` is what comes out). */
import { z } from 'zod';
import { ruled } from './field-rule';

export const OPERATION_KINDS = ['call', 'cast', 'stream'] as const;

export const operation = z.object({
  kind: ruled(z.enum(OPERATION_KINDS), {
    code: 'PRO003',
    because: `an operation is one of ${OPERATION_KINDS.join(', ')}`,
    fix: 'Use call (request and answer) or cast (one way).',
  }),
  doc: z.string().optional(),
  input: z.json().optional(),
  output: z.json().optional(),
  errors: ruled(z.array(z.string()).default([]), { code: 'PRO012', because: 'errors is a list of names', fix: 'Write it like ["NotFound"].' }),
  idempotent: ruled(z.boolean().default(false), { code: 'PRJ013', because: 'idempotent is true or false', fix: 'Write true only if doing it twice is the same as doing it once.' }),
  /** An input, or `{input, output}`. */
  example: z.json().optional(),
});

export const protocolFile = z.object({
  doc: z.string().optional(),
  extends: ruled(z.array(z.string()).default([]), { code: 'PRO008', because: 'extends is a list of protocol names', fix: 'Write it like ["Base"].' }),
  operations: ruled(z.record(z.string(), z.json()).default({}), {
    code: 'PRJ013',
    because: 'operations is an object: each key is the name of an operation',
    fix: 'Write it like { "classify": { "kind": "call" } }.',
  }),
  definitions: ruled(z.record(z.string(), z.json()).default({}), {
    code: 'PRJ013',
    because: 'definitions is an object of schemas that "$ref" can name',
    fix: 'Write it like { "ticket": { "type": "object" } }.',
  }),
});
