/** A router: hands each message to one or more of the nodes wired to its port `out`, by its strategy. */
import { z } from 'zod';
import { findConditionFault, isCondition, type Condition } from '../condition';
import { ruled } from '../field-rule';
import { processFields } from './process-fields';

export const ROUTER_STRATEGIES = ['first', 'round_robin', 'least_loaded', 'hash', 'broadcast', 'race', 'by_content', 'canary'] as const;
export type RouterStrategy = (typeof ROUTER_STRATEGIES)[number];
export const COLLECTS = ['first', 'majority', 'merge'] as const;
export type Collect = (typeof COLLECTS)[number];

/** What of its settings each strategy reads; the others are kept and have no effect. */
export const STRATEGY_SETTINGS: Readonly<Record<RouterStrategy, readonly RouterSetting[]>> = {
  first: [],
  round_robin: [],
  least_loaded: [],
  hash: ['key'],
  broadcast: ['quorum', 'gatherMs', 'collect'],
  race: [],
  by_content: ['routes', 'otherwise'],
  canary: ['routes'],
};
export const ROUTER_SETTINGS = ['key', 'quorum', 'gatherMs', 'collect', 'routes', 'otherwise'] as const;
export type RouterSetting = (typeof ROUTER_SETTINGS)[number];

const LONGEST_GATHER_MS = 86_400_000;
const MOST_ANSWERS = 1000;
const MOST_WEIGHT = 1_000_000;
const rule = (because: string, fix: string) => ({ code: 'RTR001', because, fix }) as const;

const route = ruled(
  z.object({
    to: ruled(z.string().describe('Id of a node that is wired to `out`.'), rule('to is the id of a node that is wired to "out"', 'Write it like "billing".')),
    when: ruled(z.custom<Condition>(isCondition).optional().describe('`by_content`: what must hold for the input to go there: a test of the value at a path (`equals`, `in`, `contains`, `greater`, `less`, `exists`), or `and`, `or`, `not` of such.'), (got) => rule(findConditionFault(got) ?? 'when is a condition', 'Write it like { "path": "priority", "equals": "high" }.')),
    weight: ruled(z.number().min(0).max(MOST_WEIGHT).optional().describe('`canary`: its share of the messages, beside the weights of the others.'), rule(`weight is a number from 0 to ${MOST_WEIGHT}`, 'Write it like 5 beside 95.')),
  }),
  rule('a route is an object that says where it leads', 'Write it like { "to": "billing", "when": { "path": "topic", "equals": "invoice" } }.'),
);

export const routerNode = z.object({
  kind: z.literal('router'),
  strategy: ruled(
    z
      .enum(ROUTER_STRATEGIES)
      .default('first')
      .describe('Which of the nodes at `out` a message goes to: the `first` that is up, each in turn (`round_robin`), the one with the fewest calls under way (`least_loaded`), the same for the same key (`hash`), all (`broadcast`, `race`: the first good answer wins), by conditions (`by_content`) or by weights (`canary`).'),
    {
      code: 'DES013',
      because: `the strategy of a router is one of ${ROUTER_STRATEGIES.join(', ')}`,
      fix: 'Use first (the first wire whose node is up), round_robin (each in turn), or another of these.',
    },
  ),
  key: ruled(z.string().min(1).optional().describe('`hash`: path into the input (`customer.id`). Messages with the same value there go to the same node while it is up.'), rule('key is a path into the input', 'Write it like "customer.id".')),
  quorum: ruled(z.int().min(1).max(MOST_ANSWERS).optional().describe('`broadcast`: so many nodes must answer well (with `majority`: alike). Without it all, with `majority` more than half. The caller is answered as soon as they have (with `merge`: once all have, or `gatherMs` is over).'), rule('quorum counts the nodes that must answer, from 1', 'Write it like 2, or leave it out: then all must answer.')),
  gatherMs: ruled(z.int().min(1).max(LONGEST_GATHER_MS).optional().describe('`broadcast`: how long answers are gathered, in milliseconds; then those that are there must be enough. Without it as long as the caller waits.'), rule('gatherMs is a time in whole milliseconds from 1 to a day', 'Write it like 2000.')),
  collect: ruled(
    z.enum(COLLECTS).optional().describe('`broadcast`: how the answers become one: that of the `first` node in the order of the wires (so without it), the one that the `majority` gave alike, or all in one (`merge`: lists are joined, objects field by field, of anything else the first stays).'),
    rule(`collect is one of ${COLLECTS.join(', ')}`, 'Use first, or leave it out.'),
  ),
  routes: ruled(z.array(route).max(MOST_ANSWERS).optional().describe('`by_content`: conditions, the first that holds decides. `canary`: weights.'), rule('routes is a list of objects, each with the node it leads to', 'Write it like [{ "to": "billing", "weight": 5 }].')),
  otherwise: ruled(z.string().optional().describe('`by_content`: the node for what no condition fits. Without it such a call fails with `invalid`.'), rule('otherwise is the id of a node that is wired to "out"', 'Write it like "desk", or leave it out.')),
  ...processFields,
});
export type RouterNode = z.infer<typeof routerNode>;
