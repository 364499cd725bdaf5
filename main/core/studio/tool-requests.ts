/** Answers to the requests of `shared/api/tools.ts`. */
import type { RequestHandlers, RequestInput } from '../../../shared/api/contract';
import type { GivenServer, ListedServer, OfferedTool, ToolAnswers, ToolList, toolRequests } from '../../../shared/api/tools';
import { failed, ok, type AppError, type Result } from '../../../shared/errors/result';
import { isObject } from '../../../shared/json/is-object';
import type { Json } from '../../../shared/json/json';
import { findServer, wordCommand, type ToolServerSettings, type ToolServers } from '../../../shared/run/tool-settings';
import { commandHash } from '../tools/command-hash';
import { readTools, writeTools } from '../tools/tool-file';
import { ToolServer } from '../tools/tool-server';
import type { Client, StudioContext } from './context';

type Handlers = Pick<RequestHandlers<Client>, keyof typeof toolRequests>;
type Context = Pick<StudioContext, 'dataDir' | 'world' | 'shell'>;
type Confirm = NonNullable<Context['shell']['confirm']>;

/** Some servers are fetched by their own command the first time. */
const TRY_MS = 30_000;
const LONGEST_WORDS = 300;
const MOST_FIELDS = 20;
const NOT_HERE: AppError = { code: 'MCP016', message: 'which programs are started as tools is not changed from a browser', fix: 'Do it in the app, or in tools.json in the folder for data.' };

export function toolHandlers({ dataDir, world, shell }: Context): Handlers {
  const { confirm } = shell;
  const listOf = (servers: ToolServers): ToolList => ({ servers: Object.entries(servers).map(([name, settings]) => listed(name, settings)), mayChange: confirm !== undefined });
  const list = async (): Promise<Result<ToolList>> => {
    const read = await readTools(dataDir);
    return read.ok ? ok(listOf(read.value)) : read;
  };
  // One change after the other: two windows may save at once.
  let last: Promise<unknown> = Promise.resolve();
  const change = (work: (servers: ToolServers, ask: Confirm) => Promise<Result<ToolServers>>): Promise<Result<ToolList>> => {
    if (!confirm) return Promise.resolve(failed(NOT_HERE));
    const done = last.then(async () => {
      const read = await readTools(dataDir);
      const next = read.ok ? await work(read.value, confirm) : read;
      if (!next.ok) return next;
      const written = await writeTools(dataDir, next.value);
      return written.ok ? ok(listOf(next.value)) : written;
    });
    last = done.catch(() => undefined);
    return done;
  };
  return {
    'tools.list': list,
    'tools.put': (asked) => change((servers, ask) => put(asked, servers, ask)),
    'tools.remove': ({ name }) => change(({ [name]: _, ...rest }) => Promise.resolve(ok(rest))),
    'tools.try': async ({ name }) => {
      if (!confirm) return failed(NOT_HERE);
      const read = await readTools(dataDir);
      if (!read.ok) return read;
      const settings = findServer(read.value, name);
      return settings ? tryServer(name, settings, world) : failed({ code: 'MCP012', message: `you have no MCP server called ${name}`, fix: 'Add it first.' });
    },
  };
}

/** What would start another program than before is asked outside of the page. */
async function put({ name, settings: given }: RequestInput<'tools.put'>, servers: ToolServers, confirm: Confirm): Promise<Result<ToolServers>> {
  const before = findServer(servers, name);
  const filled = fillIn(given, before);
  if (!filled.ok) return filled;
  const settings = filled.value;
  const isSame = before !== undefined && commandHash(before) === commandHash(settings);
  const detail = `${wordCommand(settings)}\n\nIt may do on this computer whatever you may do. Designs that are granted its tools start it; each is asked for once.`;
  if (!isSame && !(await confirm({ message: `Keep this command as the MCP server ${name}?`, detail, yes: 'Keep it' }))) return failed({ code: 'MCP016', message: 'the command was not kept, since the question about it was answered with no', fix: 'Save again, and say yes, if you want it kept.' });
  // No name of a design can reach anything but what stands there.
  return ok(Object.fromEntries([...Object.entries(servers).filter(([one]) => one !== name), [name, settings]]));
}

/** Values that were not given are those that are there. */
function fillIn({ env, ...rest }: GivenServer, before: ToolServerSettings | undefined): Result<ToolServerSettings> {
  const variables: [string, string][] = [];
  for (const [name, value] of Object.entries(env)) {
    const kept = value ?? (before && Object.hasOwn(before.env, name) ? before.env[name] : undefined);
    if (kept === undefined) return failed({ code: 'MCP011', message: `the variable ${name} has no value yet`, fix: 'Write its value, or take the variable away.' });
    variables.push([name, kept]);
  }
  return ok({ ...rest, env: Object.fromEntries(variables) });
}

const listed = (name: string, { command, args, cwd, env, allow }: ToolServerSettings): ListedServer => ({ name, command, args, env: Object.keys(env), ...(cwd === undefined ? {} : { cwd }), ...(allow === undefined ? {} : { allow }) });

async function tryServer(name: string, settings: ToolServerSettings, world: Context['world']): Promise<ToolAnswers['tools.try']> {
  const server = new ToolServer(name, settings, world);
  const beganMs = world.nowMs();
  try {
    const tools = await server.list(TRY_MS);
    return ok({ tools: tools.map(({ name: tool, title, description, inputSchema }): OfferedTool => ({ name: tool, says: (description ?? title ?? '').slice(0, LONGEST_WORDS), fields: fieldsOf(inputSchema.properties as Json | undefined) })), tookMs: Math.round(world.nowMs() - beganMs) });
  } catch (error) {
    return failed({ code: 'MCP017', message: `${name} does not say what it offers: ${error instanceof Error ? error.message : 'unknown'}`, fix: 'Check the command and its arguments: each argument is a line of its own, and no shell is asked.' });
  } finally {
    await server.close();
  }
}

const fieldsOf = (properties: Json | undefined): readonly string[] => (isObject(properties) ? Object.keys(properties).slice(0, MOST_FIELDS) : []);
