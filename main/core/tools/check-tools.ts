/** What can be known before a run: whether the person has the servers that a program calls, and whether their commands are those that were granted. */
import { toolResource, type Grant, type GrantsFile } from '../../../shared/design/grants';
import { nearest } from '../../../shared/errors/nearest';
import { failed, ok, type AppError, type Result } from '../../../shared/errors/result';
import { findGrant, neededGrants } from '../../../shared/program/needed-grants';
import type { Program } from '../../../shared/program/program';
import { findServer, wordCommand, type ToolServers } from '../../../shared/run/tool-settings';
import { commandHash } from './command-hash';
import { readTools } from './tool-file';

const serverOf = ({ resource }: Grant): string => String(resource['server']);

/** `MCP010` and `MCP011` as for the file; `MCP012`: a server is not there; `MCP013`: its command is another than was granted. */
export async function checkTools(program: Program, dataDir: string, grants: readonly Grant[]): Promise<Result<null>> {
  const needs = neededGrants(program).filter(({ kind }) => kind === 'mcp');
  if (needs.length === 0) return ok(null);
  const read = await readTools(dataDir);
  if (!read.ok) return read;
  for (const need of needs) {
    const settings = findServer(read.value, serverOf(need));
    if (!settings) return failed(noServer(need, read.value));
    const given = findGrant(grants, need);
    const command = given && toolResource.safeParse(given.resource).data?.command;
    if (command !== undefined && command !== commandHash(settings)) return failed({ code: 'MCP013', message: `the command of the MCP server ${serverOf(need)} is another than was granted to ${need.node}: it is now ${wordCommand(settings)}`, fix: 'Look at the command, and grant it anew.' });
  }
  return ok(null);
}

function noServer({ node, resource }: Grant, servers: ToolServers): AppError {
  const name = String(resource['server']);
  const near = nearest(name, Object.keys(servers));
  return { code: 'MCP012', message: `${node} calls the MCP server ${name}, and you have none of that name`, fix: near === undefined ? `Add ${name} to tools.json in the folder for data.` : `Did you mean ${near}? Else add ${name} to tools.json in the folder for data.` };
}

export type ShownGrants = { readonly file: GrantsFile; /** What would be started, in full. */ readonly commands: readonly string[] };

/** Grants as they would be given: with the hash of each command line, which is shown in full beside it. */
export async function withCommands(file: GrantsFile, dataDir: string): Promise<Result<ShownGrants>> {
  if (!file.grants.some(({ kind }) => kind === 'mcp')) return ok({ file, commands: [] });
  const read = await readTools(dataDir);
  if (!read.ok) return read;
  const commands = new Set<string>();
  const grants: Grant[] = [];
  for (const grant of file.grants) {
    const settings = grant.kind === 'mcp' ? findServer(read.value, serverOf(grant)) : undefined;
    if (grant.kind === 'mcp' && !settings) return failed(noServer(grant, read.value));
    if (settings) commands.add(`${serverOf(grant)}: ${wordCommand(settings)}`);
    grants.push(settings ? { ...grant, resource: { ...grant.resource, command: commandHash(settings) } } : grant);
  }
  return ok({ file: { ...file, grants }, commands: [...commands] });
}
