/** A human: each call becomes a request that a person answers in the app or over the API, by a deadline. */
import { z } from 'zod';
import { ruled } from '../field-rule';
import { processFields } from './process-fields';

const LONGEST_DEADLINE_MS = 20 * 86_400_000;
const LONGEST_QUESTION = 1000;
export const DEFAULT_DEADLINE_MS = 3_600_000;
/** The one port that a human may have: who is asked when nobody has answered in time. */
export const ESCALATION_PORT = 'escalation';

export const humanNode = z.object({
  kind: z.literal('human'),
  question: ruled(z.string().max(LONGEST_QUESTION).optional().describe('What the person is asked, in words: it stands above the input.'), {
    code: 'HUM001',
    because: `a question is text of at most ${LONGEST_QUESTION} characters`,
    fix: 'Write it like "Is this report good enough to be sent?".',
  }),
  deadlineMs: ruled(z.int().min(1).max(LONGEST_DEADLINE_MS).default(DEFAULT_DEADLINE_MS).describe('How long a person may take, in milliseconds; not longer than the caller waits. Then who is wired to the port `escalation` is asked, or the call fails with `timeout`.'), {
    code: 'HUM001',
    because: 'deadlineMs is a time in whole milliseconds from 1 to 20 days',
    fix: 'Write it like 3600000, an hour, the default.',
  }),
  ...processFields,
});
export type HumanNode = z.infer<typeof humanNode>;
