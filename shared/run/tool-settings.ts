/** The person's registry of MCP servers: `tools.json` in their folder for data. */
import { z } from 'zod';

export const TOOLS_FORMAT = 'prismatic-tools/1';

export const toolServer = z.strictObject({
  command: z.string().min(1).max(1000).describe('The program, found by PATH or absolute. No shell is asked.'),
  args: z.array(z.string().max(10_000)).max(200).default([]).describe('Its arguments.'),
  env: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/), z.string().max(10_000)).default({}).describe('Variables of its environment, besides PATH and a place for temporary files.'),
  cwd: z.string().min(1).max(1000).optional().describe('Folder that it starts in, absolute; the one for temporary files where absent.'),
  allow: z.array(z.string().min(1).max(200)).max(1000).optional().describe('Its tools that may be called, whatever a design asks for; all where absent.'),
});
export type ToolServerSettings = z.infer<typeof toolServer>;

export const toolsFile = z.strictObject({
  format: z.literal(TOOLS_FORMAT).describe('The format and its version.'),
  servers: z.record(z.string().min(1).max(64), toolServer).describe('Name -> server.'),
});
export type ToolServers = z.infer<typeof toolsFile>['servers'];

export const findServer = (servers: ToolServers, name: string): ToolServerSettings | undefined => (Object.hasOwn(servers, name) ? servers[name] : undefined);

/** Whether the person lets it be called at all: a grant is for less, never for more. */
export const isAllowed = ({ allow }: ToolServerSettings, tool: string): boolean => allow === undefined || allow.includes(tool);

/** As a person would type it; variables that are set stand in front, by name, since their values may be secrets. */
export function wordCommand({ command, args, env, cwd }: ToolServerSettings): string {
  const quote = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word));
  const variables = Object.keys(env).toSorted().map((name) => `${name}=...`);
  return [...variables, ...[command, ...args].map(quote)].join(' ') + (cwd === undefined ? '' : ` (in ${cwd})`);
}
