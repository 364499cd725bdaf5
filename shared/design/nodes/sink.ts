/** A sink: what it receives leaves the run, to the console or to a file in the run's output folder. Its answer acknowledges. */
import { z } from 'zod';
import { ruled } from '../field-rule';
import { processFields } from './process-fields';

export const SINK_BEHAVIOURS = ['console', 'file'] as const;

export const sinkNode = z.object({
  kind: z.literal('sink'),
  behaviour: ruled(
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('console') }),
      z.object({
        type: z.literal('file'),
        path: ruled(z.string().describe('File under the output folder of the run, appended to, one JSON value a line.'), { code: 'DES013', because: 'path is the path of a file in the output folder', fix: 'Write it like "answers.jsonl".' }),
      }),
    ]).describe('Where what it receives goes.'),
    {
      code: 'DES009',
      because: `this version writes to ${SINK_BEHAVIOURS.join(' or ')}`,
      fix: 'Use { "type": "console" } or { "type": "file", "path": "answers.jsonl" }.',
    },
  ),
  ...processFields,
});
export type SinkNode = z.infer<typeof sinkNode>;
