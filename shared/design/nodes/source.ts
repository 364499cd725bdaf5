/** A source: brings items from outside, a bounded number at a time, each as one call over its port `out`. */
import { z } from 'zod';
import { ruled } from '../field-rule';
import { operationField, processFields } from './process-fields';

export const SOURCE_BEHAVIOURS = ['stdin', 'file'] as const;

const MOST_IN_FLIGHT = 1000;
const MOST_RETRIES = 100;
/** One character of UTF-8 fits the least; a message (1 MB) the most. */
const CHUNK_BYTES = { least: 4, most: 524_288 } as const;

const parseField = ruled(z.enum(['text', 'json']).default('text').describe('Whether an item is `{line, text}` or the JSON value in the line.'), {
  code: 'DES013',
  because: 'parse is "text" or "json"',
  fix: 'Use text (an item is {line, text}, the default) or json (an item is the value that stands in the line).',
});

const stdinBehaviour = z.object({ type: z.literal('stdin'), parse: parseField });

const fileBehaviour = z.object({
  type: z.literal('file'),
  path: ruled(z.string().describe('File inside the project; its content is part of the program’s hash.'), { code: 'DES013', because: 'path is the path of the file', fix: 'Write it like "data/orders.jsonl".' }),
  mode: ruled(z.enum(['lines', 'chunks']).default('lines').describe('Whether an item is a line or a piece of about `chunkBytes`, cut between characters.'), { code: 'DES013', because: 'mode is "lines" or "chunks"', fix: 'Use lines, the default.' }),
  parse: parseField,
  follow: ruled(z.boolean().default(false).describe('Whether it goes on reading as the file grows, is rotated or cut short.'), { code: 'DES013', because: 'follow is true or false', fix: 'Write false, the default, or true to go on reading as the file grows.' }),
  chunkBytes: ruled(z.int().min(CHUNK_BYTES.least).max(CHUNK_BYTES.most).default(65_536).describe('Size of a chunk, in bytes.'), {
    code: 'DES013',
    because: `a chunk has from ${CHUNK_BYTES.least} to ${CHUNK_BYTES.most} bytes`,
    fix: 'Use 65536, the default.',
  }),
});

export const sourceNode = z.object({
  kind: z.literal('source'),
  behaviour: ruled(z.discriminatedUnion('type', [stdinBehaviour, fileBehaviour]).describe('Where the items come from.'), {
    code: 'DES009',
    because: `this version reads from ${SOURCE_BEHAVIOURS.join(' or ')}`,
    fix: 'Use { "type": "stdin" } or { "type": "file", "path": "data/orders.jsonl" }.',
  }),
  operation: operationField,
  endOperation: ruled(operationField.optional().describe('Operation that is called once with `{items}`, after the last item was answered.'), {
    code: 'DES013',
    because: 'endOperation names one operation of the protocol at the port "out"',
    fix: 'Name an operation that takes {items}, or leave it out.',
  }),
  inFlight: ruled(z.int().min(1).max(MOST_IN_FLIGHT).default(64).describe('Items that may be unanswered at a time.'), {
    code: 'DES013',
    because: `from 1 to ${MOST_IN_FLIGHT} items may be unanswered at a time`,
    fix: 'Use 64, the default.',
  }),
  retries: ruled(z.int().min(0).max(MOST_RETRIES).default(0).describe('How often a failed item is tried again before it is a dead letter.'), {
    code: 'DES013',
    because: `a failed item is tried again from 0 to ${MOST_RETRIES} times`,
    fix: 'Use 0, the default, or a small number.',
  }),
  ...processFields,
});
export type SourceNode = z.infer<typeof sourceNode>;
