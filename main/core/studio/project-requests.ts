/** Answers the requests about projects: which there are, opening, editing, sharing. */
import { DESIGN_FILE } from '../../../shared/design/project-files';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { RequestHandlers, RequestName } from '../../../shared/api/contract';
import type { ProjectKey, ProjectSnapshot, RecentProject } from '../../../shared/api/project';
import { failed, ok, type AppError, type Result } from '../../../shared/errors/result';
import { runsDir } from '../../store/data-dir';
import { openWorkspace } from '../../store/workspace-client';
import type { WorkspaceStore } from '../../store/workspace-store';
import { checkProject, compileProject, readyCompiler, type ProjectCompiler } from '../compile';
import { EXAMPLES, examplesFolder } from '../create-project';
import { listExamples } from '../project/examples';
import { makeProject, openSharedProject, shareProject } from '../project/make-project';
import { OpenProjects, type OpenedProject } from '../project/open-projects';
import { NOT_OPEN, UNKNOWN_HANDLE } from '../project/project-error';
import { shownPath } from '../project/shown-path';
import { importInto } from './import-into';
import type { Client, OpenProject, StudioContext } from './context';

export type ProjectsBase = Omit<StudioContext, 'findProject' | 'workspace'> & {
  readonly watchers: Map<ProjectKey, Set<Client>>;
  /** Where new projects go, unless another folder is chosen. */
  readonly designsDir: string;
};
type ProjectRequestName = Extract<RequestName, `project.${string}` | `workspace.${string}` | 'protocol.import'>;
export type Projects = {
  readonly handlers: Pick<RequestHandlers<Client>, ProjectRequestName>;
  readonly find: (key: ProjectKey) => OpenProject | undefined;
  /** Fails where `workspace.db` can't be used. */
  readonly workspace: Result<WorkspaceStore>;
  readonly leave: (client: Client) => void;
  readonly close: () => Promise<void>;
};

/** What tests give otherwise: the store's thread, and the compiler's. */
export type ProjectParts = { readonly workspace?: Result<WorkspaceStore>; readonly compiler?: ProjectCompiler };

/** The first screen comes first. */
const READY_AFTER_MS = 1000;

export async function openProjects(base: ProjectsBase, parts: ProjectParts = {}): Promise<Projects> {
  const workspace = parts.workspace ?? (await openWorkspace({ dataDir: base.dataDir, unixMs: base.world.unixMs() }));
  if (!workspace.ok) return { handlers: refusingHandlers(workspace.error), find: () => undefined, workspace, leave: () => undefined, close: async () => undefined };
  const store = workspace.value;
  const { watchers } = base;
  const readying = parts.compiler ? undefined : base.world.setTimer(READY_AFTER_MS, () => void readyCompiler(EXAMPLES.map((name) => join(examplesFolder(), name))));
  const projects = new OpenProjects({ store, world: base.world, compiler: parts.compiler ?? { check: checkProject, compile: compileProject }, emit: base.emitToProject, isWatched: (key) => (watchers.get(key)?.size ?? 0) > 0 });
  const leaveProject = (client: Client, key: ProjectKey): void => {
    watchers.get(key)?.delete(client);
    if (watchers.get(key)?.size === 0) watchers.delete(key);
    projects.leave(key);
  };
  return {
    handlers: { ...workspaceHandlers(base, store), ...openingHandlers(base, projects, leaveProject), ...editHandlers(projects), ...makingHandlers(base, projects) },
    find: (key) => projects.find(key),
    workspace,
    leave: (client) => [...watchers.keys()].filter((key) => watchers.get(key)?.has(client)).forEach((key) => leaveProject(client, key)),
    close: async () => {
      readying?.cancel();
      await projects.closeAll();
      await store.close();
    },
  };
}

type Handlers<N extends ProjectRequestName> = Pick<RequestHandlers<Client>, N>;

function workspaceHandlers({ handles }: ProjectsBase, store: WorkspaceStore): Handlers<'workspace.recent' | 'workspace.forget' | 'workspace.examples'> {
  return {
    'workspace.recent': async (): Promise<readonly RecentProject[]> => {
      const known = await store.recent();
      return known.map(({ dir, name, openedAtMs, nodes }) => ({ handle: handles.give(dir), name, shownPath: shownPath(dir), openedAtMs, nodes, isMissing: !existsSync(join(dir, DESIGN_FILE)) }));
    },
    'workspace.forget': async ({ handle }) => {
      const dir = handles.find(handle);
      if (dir !== undefined) await store.forget(dir);
      return null;
    },
    'workspace.examples': () => listExamples(),
  };
}

function openingHandlers(base: ProjectsBase, projects: OpenProjects, leaveProject: (client: Client, key: ProjectKey) => void): Handlers<'project.open' | 'project.close'> {
  const { watchers } = base;
  return {
    'project.open': async ({ handle }, client) => {
      const path = base.handles.find(handle);
      if (path === undefined) return failed(UNKNOWN_HANDLE);
      const opened = await projects.open(path);
      if (!opened.ok) return opened;
      const { key, session } = opened.value;
      // From here on the client is told of edits, and its snapshot is not older than that.
      watchers.set(key, (watchers.get(key) ?? new Set()).add(client));
      await session.touch();
      return ok(await snapshotOf(base, opened.value));
    },
    'project.close': ({ project }, client) => {
      leaveProject(client, project);
      return null;
    },
  };
}

async function snapshotOf({ dataDir }: ProjectsBase, { key, session, dir }: OpenedProject): Promise<ProjectSnapshot> {
  const runs = await readdir(runsDir(dataDir, dir)).catch(() => []);
  const snapshot = await session.snapshot();
  return { project: key, shownPath: shownPath(dir), hasRunHere: session.hasRun || runs.length > 0, ...snapshot };
}

function editHandlers(projects: OpenProjects): Handlers<'project.edit' | 'project.undo' | 'project.redo' | 'project.history' | 'project.resolve' | 'project.check' | 'protocol.import'> {
  const at = <T>(project: ProjectKey, work: (session: OpenedProject['session']) => Promise<Result<T>>): Promise<Result<T>> => {
    const opened = projects.find(project);
    return opened ? work(opened.session) : Promise.resolve(failed(NOT_OPEN));
  };
  return {
    'project.edit': ({ project, edit, origin, number }) => at(project, (session) => session.edit(edit, { origin, number })),
    'project.undo': ({ project }) => at(project, (session) => session.undo()),
    'project.redo': ({ project }) => at(project, (session) => session.redo()),
    'project.history': ({ project, count }) => projects.find(project)?.session.history(count) ?? [],
    'project.resolve': ({ project, conflict, keep }) => at(project, (session) => session.resolve(conflict, keep)),
    'project.check': ({ project }) => at(project, (session) => session.check()),
    'protocol.import': ({ project, ...wanted }) => at(project, async (session) => importInto((await session.snapshot()).document, wanted)),
  };
}

function makingHandlers(base: ProjectsBase, projects: OpenProjects): Handlers<'project.create' | 'project.openShared' | 'project.share'> {
  const { handles, designsDir } = base;
  const place = (into: string | undefined): Result<string> => {
    const folder = into === undefined ? designsDir : handles.find(into);
    return folder === undefined ? failed(UNKNOWN_HANDLE) : ok(folder);
  };
  const made = (dir: string) => ok({ handle: handles.give(dir), shownPath: shownPath(dir) });
  return {
    'project.create': async ({ from, name, into }) => {
      const folder = place(into);
      if (!folder.ok) return folder;
      const dir = await makeProject(folder.value, from, name);
      return dir.ok ? made(dir.value) : dir;
    },
    'project.openShared': async ({ file, into }) => {
      const folder = place(into);
      if (!folder.ok) return folder;
      const path = typeof file === 'string' ? handles.find(file) : undefined;
      if (typeof file === 'string' && path === undefined) return failed(UNKNOWN_HANDLE);
      const dir = await openSharedProject(folder.value, typeof file === 'string' ? { path: path! } : file);
      return dir.ok ? made(dir.value) : dir;
    },
    'project.share': async ({ project, to }) => {
      const opened = projects.find(project);
      if (!opened) return failed(NOT_OPEN);
      const target = to === undefined ? undefined : handles.find(to);
      if (to !== undefined && target === undefined) return failed(UNKNOWN_HANDLE);
      const flushed = await opened.session.flush();
      if (!flushed.ok) return flushed;
      return shareProject(opened.dir, basename(opened.dir), target);
    },
  };
}

/** Without its store the Studio opens nothing, and says why to whoever asks. */
function refusingHandlers(error: AppError): Projects['handlers'] {
  const refuse = () => failed(error);
  return {
    'workspace.recent': () => [], 'workspace.forget': () => null, 'workspace.examples': () => listExamples(),
    'project.open': refuse, 'project.create': refuse, 'project.openShared': refuse, 'project.share': refuse, 'project.close': () => null, 'project.edit': refuse,
    'project.undo': refuse, 'project.redo': refuse, 'project.history': () => [], 'project.resolve': refuse, 'project.check': refuse, 'protocol.import': refuse,
  };
}
