/** A router: passes each message on to one of the nodes wired to its port `out`, which answers the caller itself. */
import { z } from 'zod';
import { ruled } from '../field-rule';
import { processFields } from './process-fields';

export const ROUTER_STRATEGIES = ['first', 'round_robin'] as const;

export const routerNode = z.object({
  kind: z.literal('router'),
  strategy: ruled(z.enum(ROUTER_STRATEGIES).default('first').describe('Which wire of `out` a message takes: the first whose node is up, or each in turn.'), {
    code: 'DES013',
    because: `the strategy of a router is one of ${ROUTER_STRATEGIES.join(', ')}`,
    fix: 'Use first (the first wire whose node is up) or round_robin (each in turn).',
  }),
  ...processFields,
});
export type RouterNode = z.infer<typeof routerNode>;
