/** A wire: from a required port to a node that provides its protocol. */
import { z } from 'zod';
import { adapter } from './adapter';
import { ruled } from './field-rule';

const wireFields = z.object({
  from: ruled(z.string().describe('Where it begins: `<node>.<port>`.'), { code: 'WIR007', because: 'a wire begins at "<node>.<port>"', fix: 'Write it like "desk.llm".' }),
  to: ruled(z.string().describe('Id of the node that provides the protocol of the port.'), { code: 'WIR007', because: 'a wire ends at the id of a node', fix: 'Write it like "brain".' }),
  /** Each is looked at by its kind (`guard.ts`). */
  guards: ruled(z.array(z.looseObject({ kind: z.string() })).default([]).describe('Policy on this wire, in the order in which it sees a call.'), {
    code: 'GRD002',
    because: 'guards is a list of objects, each with its kind',
    fix: 'Write it like [{ "kind": "timeout", "ms": 2000 }].',
  }),
  adapter: adapter.optional().describe('How the node’s own protocol does for that of the port, where it is another.'),
});
export const wire = ruled(wireFields, { code: 'WIR007', because: 'a wire is an object that says where it begins and ends', fix: 'Write it like { "from": "desk.llm", "to": "brain" }.' });
export type Wire = z.infer<typeof wire>;
