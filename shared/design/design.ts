/** `design.json` as a whole. Nodes and wires inside are looked at one by one, so that one fault does not hide the others. */
import { z } from 'zod';
import { anyJson } from '../json/json-schema';
import { ruled } from './field-rule';

export const DESIGN_FORMAT = 'prismatic/1';
/** A larger design is refused (security 4.3). */
export const MAX_NODES = 10_000;

const LONGEST_NAME = 100;

export const designFile = z.object({
  format: z.string().describe('`prismatic/1`.'),
  name: ruled(z.string().min(1).max(LONGEST_NAME).describe('What people call the design.'), {
    code: 'PRJ013',
    because: `the name of a design is text of 1 to ${LONGEST_NAME} characters`,
    fix: 'Write it like "support-desk".',
  }),
  root: ruled(z.string().describe('Id of the supervisor at the top of the tree.'), { code: 'DES001', because: 'root is the id of the supervisor at the top', fix: 'Write it like "root".' }),
  nodes: ruled(z.record(z.string(), anyJson).describe('Node id -> node, as its kind says below. An id has 1 to 64 small letters, digits and `-`, and begins with a letter.'), { code: 'PRJ013', because: 'nodes is an object: each key is a node id', fix: 'Write it like { "root": { "kind": "supervisor" } }.' }),
  wires: ruled(z.array(anyJson).default([]).describe('The wires (below), in any order.'), { code: 'PRJ013', because: 'wires is a list', fix: 'Write it like [{ "from": "desk.llm", "to": "brain" }].' }),
  doc: z.string().optional().describe('Words for people.'),
});
