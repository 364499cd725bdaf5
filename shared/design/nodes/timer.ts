/** A timer: sends `{tick}` over its port `out` every so often. */
import { z } from 'zod';
import { ruled } from '../field-rule';
import { operationField, processFields } from './process-fields';

/** What the timers of Node can wait for, about 24 days. */
const LONGEST_PERIOD_MS = 2_147_483_647;
const MOST_TICKS = 1_000_000_000;

export const timerNode = z.object({
  kind: z.literal('timer'),
  everyMs: ruled(z.int().min(1).max(LONGEST_PERIOD_MS).describe('Milliseconds between two ticks.'), {
    code: 'DES013',
    because: `everyMs is a time in whole milliseconds from 1 to ${LONGEST_PERIOD_MS}`,
    fix: 'Write it like 1000.',
  }),
  times: ruled(z.int().min(1).max(MOST_TICKS).optional().describe('How many ticks there are; without it they never end.'), {
    code: 'DES013',
    because: 'times counts ticks from 1',
    fix: 'Write it like 10, or leave it out: the timer then never ends.',
  }),
  operation: operationField,
  ...processFields,
});
export type TimerNode = z.infer<typeof timerNode>;
