/** A supervisor: which children it starts, in which order, and what it does when one ends. OTP's words and defaults. */
import { z } from 'zod';
import { ruled } from '../field-rule';
import { isolatedField, restartField, shutdownField, significantField, titleField } from './child-fields';
import { AUTO_SHUTDOWNS, STRATEGIES } from './words';


const MOST_RESTARTS = 1_000_000;
/** A year. */
const LONGEST_WINDOW_SECONDS = 31_536_000;

export const supervisorNode = z.object({
  kind: z.literal('supervisor'),
  title: titleField,
  strategy: ruled(z.enum(STRATEGIES).default('one_for_one').describe('Who is restarted along with a child that ended.'), {
    code: 'SUP001',
    because: `strategy is one of ${STRATEGIES.join(', ')}`,
    fix: 'Use one_for_one, the default: only the child that ended is restarted.',
  }),
  maxRestarts: ruled(z.int().min(0).max(MOST_RESTARTS).default(1).describe('Restarts within `maxSeconds` that are made; one more, and it gives up.'), (got) =>
    typeof got === 'number' && got < 0
      ? { code: 'SUP004', because: 'it counts restarts, so it starts at 0', fix: 'Use 1, the OTP default, or 0 to end the supervisor at the first failure.' }
      : { code: 'SUP003', because: `it is a whole number of restarts, at most ${MOST_RESTARTS}`, fix: 'Use 1, the OTP default, or the number of restarts you allow within maxSeconds.' },
  ),
  maxSeconds: ruled(z.int().min(1).max(LONGEST_WINDOW_SECONDS).default(5).describe('Length of that window, in seconds.'), {
    code: 'SUP005',
    because: 'it is the length of the restart window in whole seconds, from 1 to a year',
    fix: 'Use 5, the OTP default.',
  }),
  autoShutdown: ruled(z.enum(AUTO_SHUTDOWNS).default('never').describe('Whether the end of significant children ends it.'), {
    code: 'SUP008',
    because: `autoShutdown is one of ${AUTO_SHUTDOWNS.join(', ')}`,
    fix: 'Use never, the default.',
  }),
  children: ruled(z.array(z.string()).default([]).describe('Ids of its children, in start order; they are stopped in the reverse order.'), {
    code: 'DES013',
    because: 'children is a list of node ids in start order',
    fix: 'Write it like ["desk", "brain"].',
  }),
  restart: restartField,
  shutdown: shutdownField('infinity'),
  significant: significantField,
  isolated: isolatedField,
});
export type SupervisorNode = z.infer<typeof supervisorNode>;
