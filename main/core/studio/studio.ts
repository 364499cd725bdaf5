/**
 * The studio core as its shells see it: requests in, answers and events out. It is the same behind a window and behind the browser's
 * socket; the shell has checked who asks, this checks what is asked.
 */
import { randomBytes } from 'node:crypto';
import type { RequestHandlers, StudioEvent } from '../../../shared/api/contract';
import { isRequestName, parseRequest } from '../../../shared/api/parse-request';
import type { ProjectKey } from '../../../shared/api/project';
import type { AppError } from '../../../shared/errors/result';
import type { CoreWorld } from '../core-world';
import { designsFolder } from '../project/new-place';
import type { Client, ShellServices, StudioContext } from './context';
import { Handles } from './handles';
import { openProjects } from './project-requests';
import { keysOf } from './keys-of';
import { providerHandlers } from './provider-requests';
import { openRuns } from './run-requests';
import { shellHandlers } from './shell-requests';
import { openTests } from './test-requests';
import { toolHandlers } from './tool-requests';

export type StudioOptions = {
  readonly dataDir: string;
  readonly world: CoreWorld;
  readonly shell: ShellServices;
  readonly version: string;
  /** A project folder that the command line named. */
  readonly openAtStart?: string;
};

/** `fault`: the request itself was wrong, or a bug of ours; what may fail in honest use comes as a `Result` in `answer`. */
export type Reply = { readonly answer: unknown } | { readonly fault: string };

export interface Studio {
  /** Why nothing can be opened or kept: the person's own folder for data can't be used. */
  readonly trouble?: AppError;
  request(name: unknown, input: unknown, client: Client): Promise<Reply>;
  /** A window was closed, or its connection ended. */
  leave(client: Client): void;
  close(): Promise<void>;
}

export async function openStudio(options: StudioOptions): Promise<Studio> {
  const { dataDir, world, shell, version } = options;
  const watchers = new Map<ProjectKey, Set<Client>>();
  const emitToProject = (project: ProjectKey, event: StudioEvent): void => watchers.get(project)?.forEach((client) => client.emit(event));
  const isWatched = (project: ProjectKey): boolean => (watchers.get(project)?.size ?? 0) > 0;
  const base = { dataDir, world, shell, version, handles: new Handles(randomBytes(32).toString('hex')), emitToProject, isWatched };
  const projects = await openProjects({ ...base, watchers, designsDir: designsFolder(process.env) });
  const context: StudioContext = { ...base, findProject: projects.find, workspace: projects.workspace };
  const runs = openRuns(context);
  const tests = openTests(context);
  const handlers: RequestHandlers<Client> = { ...shellHandlers(context, options.openAtStart), ...projects.handlers, ...runs.handlers, ...tests.handlers, ...providerHandlers(context, keysOf(shell)), ...toolHandlers(context) };
  return {
    ...(projects.workspace.ok ? {} : { trouble: projects.workspace.error }),
    request: (name, input, client) => answer(handlers, name, input, client),
    leave: (client) => projects.leave(client),
    close: async () => {
      tests.close();
      await runs.close();
      await projects.close();
    },
  };
}

async function answer(handlers: RequestHandlers<Client>, name: unknown, raw: unknown, client: Client): Promise<Reply> {
  if (!isRequestName(name)) return { fault: 'there is no such request' };
  const parsed = parseRequest(name, raw);
  if (!parsed.ok) return { fault: parsed.problem };
  const handler = handlers[name] as (input: unknown, client: Client) => unknown;
  try {
    return { answer: await handler(parsed.input, client) };
  } catch (error) {
    return { fault: `a bug of ours in ${name}: ${error instanceof Error ? error.message : 'unknown'}` };
  }
}
