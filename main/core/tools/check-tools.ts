/** What can be known before a run: whether the person has the servers that a program calls, and whether their commands are those that were granted. */
import { toolResource, type Grant, type GrantsFile } from '../../../shared/design/grants';
import { nearest } from '../../../shared/errors/nearest';
import { failed, ok, type AppError, type Result } from '../../../shared/errors/result';
import { findGrant, neededGrants } from '../../../shared/program/needed-grants';
import type { Program } from '../../../shared/program/program';
import { findServer, isAllowed, wordCommand, type ToolServers } from '../../../shared/run/tool-settings';
import { commandHash } from './command-hash';
import { readTools } from './tool-file';

const serverOf = ({ resource: { server } }: Grant): string => (typeof server === 'string' ? server : '');

/** `MCP010` and `MCP011` as for the file; `MCP012`: a server is not there; `MCP013`: its command is another than was granted; `MCP014`: a tool may not be called. */
export async function checkTools(program: Program, dataDir: string, grants: readonly Grant[]): Promise<Result<null>> {
  const needs = neededGrants(program).filter(({ kind }) => kind === 'mcp');
  if (needs.length === 0) return ok(null);
  const read = await readTools(dataDir);
  if (!read.ok) return read;
  for (const need of needs) {
    const settings = findServer(read.value, serverOf(need));
    if (!settings) return failed(noServer(need, read.value));
    const barred = toolResource.safeParse({ ...need.resource, command: commandHash(settings) }).data?.tools.find((tool) => !isAllowed(settings, tool));
    if (barred !== undefined) return failed({ code: 'MCP014', message: `${need.node} calls ${barred} of the MCP server ${serverOf(need)}, which is not among its tools that may be called`, fix: `Allow ${barred} in Tools of the app or at "allow" in tools.json, if you want it called.` });
    const given = findGrant(grants, need);
    const command = given && toolResource.safeParse(given.resource).data?.command;
    if (command !== undefined && command !== commandHash(settings)) return failed({ code: 'MCP013', message: `the command of the MCP server ${serverOf(need)} is another than was granted to ${need.node}: it is now ${wordCommand(settings)}`, fix: 'Look at the command, and grant it anew.' });
  }
  return ok(null);
}

function noServer(need: Grant, servers: ToolServers): AppError {
  const { node } = need;
  const name = serverOf(need);
  const near = nearest(name, Object.keys(servers));
  return { code: 'MCP012', message: `${node} calls the MCP server ${name}, and you have none of that name`, fix: near === undefined ? `Add ${name} to tools.json in the folder for data.` : `Did you mean ${near}? Else add ${name} to tools.json in the folder for data.` };
}

/** Needs as grants: each with the hash of the command line that the person has for it now. `MCP012`: there is none. */
export function pinCommands(needs: readonly Grant[], servers: ToolServers): Result<readonly Grant[]> {
  const grants: Grant[] = [];
  for (const need of needs) {
    const settings = need.kind === 'mcp' ? findServer(servers, serverOf(need)) : undefined;
    if (need.kind === 'mcp' && !settings) return failed(noServer(need, servers));
    grants.push(settings ? { ...need, resource: { ...need.resource, command: commandHash(settings) } } : need);
  }
  return ok(grants);
}

export type ShownGrants = { readonly file: GrantsFile; /** What would be started, in full. */ readonly commands: readonly string[] };

/** Grants as they would be given, and beside them each command line in full. */
export async function withCommands(file: GrantsFile, dataDir: string): Promise<Result<ShownGrants>> {
  const servers = new Set(file.grants.filter(({ kind }) => kind === 'mcp').map(serverOf));
  if (servers.size === 0) return ok({ file, commands: [] });
  const read = await readTools(dataDir);
  if (!read.ok) return read;
  const pinned = pinCommands(file.grants, read.value);
  if (!pinned.ok) return pinned;
  return ok({ file: { ...file, grants: [...pinned.value] }, commands: [...servers].map((name) => `${name}: ${wordCommand(findServer(read.value, name)!)}`) });
}
