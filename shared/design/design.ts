/** `design.json` as a whole. Nodes and wires inside are looked at one by one, so that one fault does not hide the others. */
import { z } from 'zod';
import { ruled } from './field-rule';

export const DESIGN_FORMAT = 'prismatic/1';
/** A larger design is refused (security 4.3). */
export const MAX_NODES = 10_000;

const LONGEST_NAME = 100;

export const designFile = z.object({
  format: z.string(),
  name: ruled(z.string().min(1).max(LONGEST_NAME), {
    code: 'PRJ013',
    because: `the name of a design is text of 1 to ${LONGEST_NAME} characters`,
    fix: 'Write it like "support-desk".',
  }),
  root: ruled(z.string(), { code: 'DES001', because: 'root is the id of the supervisor at the top', fix: 'Write it like "root".' }),
  nodes: ruled(z.record(z.string(), z.json()), { code: 'PRJ013', because: 'nodes is an object: each key is a node id', fix: 'Write it like { "root": { "kind": "supervisor" } }.' }),
  wires: ruled(z.array(z.json()).default([]), { code: 'PRJ013', because: 'wires is a list', fix: 'Write it like [{ "from": "desk.llm", "to": "brain" }].' }),
  doc: z.string().optional(),
});
