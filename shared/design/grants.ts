/** What a person allows one program to reach beyond its project (contract section 4). Bound to the program's hash. */
import { z } from 'zod';

export const GRANTS_FORMAT = 'prismatic-grants/1';
export const GRANT_KINDS = ['file.read', 'file.append', 'http', 'model', 'mcp', 'sql'] as const;

export const modelResource = z.strictObject({ provider: z.string(), model: z.string(), maxUsd: z.number().min(0).optional() });
export type ModelResource = z.infer<typeof modelResource>;
/** `command`: hash of the command line in the person's registry, as `run` prints it. */
export const toolResource = z.strictObject({ server: z.string(), tools: z.array(z.string()), command: z.string().regex(/^sha256:[0-9a-f]{64}$/) });
export type ToolResource = z.infer<typeof toolResource>;

export const grant = z.strictObject({
  node: z.string().describe('Id of the node that may do it.'),
  kind: z.enum(GRANT_KINDS).describe('What it may do.'),
  /** file.read and file.append: `{path}` as drawn, absolute or relative to the project; model: `ModelResource`; mcp: `ToolResource`. */
  resource: z.record(z.string(), z.json()).describe('Where: for files `{path}` as drawn, absolute or relative to the project; for a model `{provider, model}` as drawn, and `maxUsd`, which the node may spend on it in one run; for an MCP server `{server, tools}` as drawn, and `command`, the hash of its command line.'),
}).superRefine(({ kind, resource }, context) => {
  const parsed = kind === 'model' ? modelResource.safeParse(resource) : kind === 'mcp' ? toolResource.safeParse(resource) : undefined;
  for (const { path, message } of parsed?.error?.issues ?? []) context.addIssue({ code: 'custom', path: ['resource', ...path], message });
});
export type Grant = z.infer<typeof grant>;

export const grantsFile = z.strictObject({
  format: z.literal(GRANTS_FORMAT).describe('The format and its version.'),
  program: z.string().regex(/^sha256:[0-9a-f]{64}$/).describe('Hash of the program that a person looked at, as `check` prints it.'),
  grants: z.array(grant).describe('What is granted; nothing else is.'),
});
export type GrantsFile = z.infer<typeof grantsFile>;
