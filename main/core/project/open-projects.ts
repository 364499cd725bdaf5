/** The projects that are open in this process: one session a folder, however many windows look at it. */
import { createHash, randomBytes } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import type { StudioEvent } from '../../../shared/api/contract';
import type { ProjectKey } from '../../../shared/api/project';
import { ok, type AppError, type Result } from '../../../shared/errors/result';
import type { WorkspaceStore } from '../../store/workspace-store';
import type { CheckedProject, ProjectCompiler } from '../compile';
import type { CoreWorld } from '../core-world';
import type { OpenProject } from '../studio/context';
import { ProjectSession, type SessionEvents } from './project-session';
import { processStart, type ProcessMark } from '../../store/process-alive';

/** A session outlives its last window a little: a page that is loaded again finds it as it was. */
const LINGER_MS = 3000;

export type OpenProjectsWork = {
  readonly store: WorkspaceStore;
  readonly world: CoreWorld;
  readonly compiler: ProjectCompiler;
  readonly emit: (project: ProjectKey, event: StudioEvent) => void;
  readonly isWatched: (project: ProjectKey) => boolean;
};
export type OpenedProject = OpenProject & { readonly session: ProjectSession };

export class OpenProjects {
  readonly #work: OpenProjectsWork;
  readonly #holder: ProcessMark = { pid: process.pid, startedAt: processStart(process.pid), token: randomBytes(8).toString('hex') };
  readonly #open = new Map<ProjectKey, OpenedProject>();
  /** Opening and closing of one folder come one after another. */
  readonly #queues = new Map<ProjectKey, Promise<unknown>>();
  readonly #lingering = new Map<ProjectKey, { readonly cancel: () => void }>();

  constructor(work: OpenProjectsWork) {
    this.#work = work;
  }

  find(key: ProjectKey): OpenedProject | undefined {
    return this.#open.get(key);
  }

  async open(path: string): Promise<Result<OpenedProject>> {
    const dir = await realpath(path).catch(() => path);
    const key = keyOf(dir);
    this.#lingering.get(key)?.cancel();
    this.#lingering.delete(key);
    return this.#inTurn(key, async () => {
      const known = this.#open.get(key);
      if (known) return ok(known);
      const session = await ProjectSession.open({ dir, store: this.#work.store, holder: this.#holder, world: this.#work.world, compiler: this.#work.compiler, events: this.#eventsOf(key) });
      if (!session.ok) return session;
      const opened = toOpenProject(key, session.value);
      this.#open.set(key, opened);
      return ok(opened);
    });
  }

  #eventsOf(project: ProjectKey): SessionEvents {
    const { emit } = this.#work;
    return {
      onEdited: (event) => emit(project, { name: 'project.edited', payload: { project, ...event } }),
      onChecked: (report) => emit(project, { name: 'project.checked', payload: { project, report } }),
      onConflicts: (conflicts) => emit(project, { name: 'project.conflicts', payload: { project, conflicts } }),
      onUnsaved: (reason) => emit(project, { name: 'project.unsaved', payload: { project, reason } }),
    };
  }

  /** Nobody may be looking any more: what is acknowledged is written at once, the session goes after a while. */
  leave(key: ProjectKey): void {
    const opened = this.#open.get(key);
    if (!opened || this.#work.isWatched(key)) return;
    void opened.session.flush();
    this.#lingering.get(key)?.cancel();
    this.#lingering.set(key, this.#work.world.setTimer(LINGER_MS, () => void this.#close(key)));
  }

  async #close(key: ProjectKey): Promise<void> {
    this.#lingering.get(key)?.cancel();
    this.#lingering.delete(key);
    await this.#inTurn(key, async () => {
      const opened = this.#open.get(key);
      this.#open.delete(key);
      await opened?.session.close();
    });
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#queues.values()]);
    await Promise.all([...this.#open.keys()].map((key) => this.#close(key)));
  }

  #inTurn<T>(key: ProjectKey, work: () => Promise<T>): Promise<T> {
    const next = (this.#queues.get(key) ?? Promise.resolve()).then(work);
    const settled = next.then(() => undefined, () => undefined);
    this.#queues.set(key, settled);
    void settled.then(() => {
      if (this.#queues.get(key) === settled) this.#queues.delete(key);
    });
    return next;
  }
}

/** The same folder has the same key as long as it is open, and when it is opened again. */
const keyOf = (dir: string): ProjectKey => createHash('sha256').update(dir).digest('base64url').slice(0, 22);

function toOpenProject(key: ProjectKey, session: ProjectSession): OpenedProject {
  return {
    key,
    session,
    get name() {
      return session.name;
    },
    dir: session.dir,
    flush: () => session.flush(),
    checked: async () => valueOr(await session.checked()),
    compile: async () => valueOr(await session.compile()),
    onEdited: (listener) => session.onEdited(listener),
  };
}

const valueOr = <Found extends CheckedProject>(result: Result<Found>): Found | CheckedProject => (result.ok ? result.value : unchecked(result.error));

/** A project whose files can't be written has no program of what is drawn. */
function unchecked({ code, message, fix }: AppError): CheckedProject {
  return { ok: false, counts: { error: 1, warning: 0, info: 0 }, diagnostics: [{ code, severity: 'error', at: { file: 'design.json' }, message, fix, see: `docs/errors/${code}.md` }] };
}
