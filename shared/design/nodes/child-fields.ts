/** Fields that every node has because a supervisor starts, stops and restarts it. Words, ranges and defaults are OTP's. */
import { z } from 'zod';
import { ruled } from '../field-rule';
import { RESTARTS } from './words';


/** One day: longer is a slip of the pen, not a wish. */
const LONGEST_SHUTDOWN_MS = 86_400_000;
const LONGEST_TITLE = 200;

export const titleField = ruled(z.string().max(LONGEST_TITLE).optional().describe('What people read instead of the id.'), {
  code: 'DES013',
  because: `a title is text of at most ${LONGEST_TITLE} characters`,
  fix: 'Shorten it, or write it as text in double quotes.',
});

export const restartField = ruled(z.enum(RESTARTS).default('permanent').describe('When its supervisor starts it again: always, only after a failure, never.'), {
  code: 'SUP007',
  because: `restart is one of ${RESTARTS.join(', ')}`,
  fix: 'Use permanent (always restarted, the default), transient (only after a failure) or temporary (never).',
});

const shutdown = z.union([z.int().min(0).max(LONGEST_SHUTDOWN_MS), z.enum(['brutal_kill', 'infinity'])]);
export const shutdownField = (standard: z.infer<typeof shutdown>) =>
  ruled(shutdown.default(standard).describe('How long it may take to stop, in milliseconds, before it is killed.'), {
    code: 'SUP006',
    because: 'shutdown is a time in whole milliseconds from 0 to a day, "brutal_kill" or "infinity"',
    fix: 'Use 5000, the default of a worker, or "infinity", the default of a supervisor.',
  });

const flagField = (meaning: string) =>
  ruled(z.boolean().default(false).describe(meaning), {
    code: 'DES013',
    because: 'this field is true or false',
    fix: 'Write true or false, without quotes; false is the default.',
  });
export const significantField = flagField('Whether its end counts for the `autoShutdown` of its supervisor.');
export const isolatedField = flagField('Whether it has a host (a thread) of its own, with everything below it.');

/** `shutdown` of anything that is no supervisor. */
export const WORKER_SHUTDOWN_MS = 5000;
