/** A tool: an MCP server of whoever runs the design, as a provider of a protocol. The design has the server's name, never its command. */
import { z } from 'zod';
import { ruled } from '../field-rule';
import { processFields } from './process-fields';

export const toolNode = z.object({
  kind: z.literal('tool'),
  server: ruled(z.string().min(1).max(64).describe('Name of an MCP server in the registry of whoever runs it.'), { code: 'DES013', because: 'server is the name of an MCP server in your own registry', fix: 'Write it like "files".' }),
  operations: ruled(z.record(z.string(), z.string().min(1).max(200)).default({}).describe('Operation -> name that the server has for the tool, where it is another.'), {
    code: 'DES013',
    because: 'operations gives an operation the name that the server has for it',
    fix: 'Write it like { "readFile": "read_file" }.',
  }),
  ...processFields,
});
export type ToolNode = z.infer<typeof toolNode>;
