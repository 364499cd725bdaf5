/** The project part of the studio core in a test: real files, real SQLite, real time, everything in one thread. */
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { EventName, Events, StudioEvent } from '../../../../shared/api/contract';
import type { ProjectKey, ProjectSnapshot } from '../../../../shared/api/project';
import type { Change, Edit } from '../../../../shared/design/edits/edit';
import { formatJson } from '../../../../shared/design/document';
import type { Result } from '../../../../shared/errors/result';
import type { Json } from '../../../../shared/json/json';
import { compileProject } from '../../../compiler/compile';
import { betterSqlite3 } from '../../../store/driver-better-sqlite3';
import { openWorkspace, type WorkspaceChannel } from '../../../store/workspace-client';
import { WorkspaceService, type WorkspaceAnswer } from '../../../store/workspace-service';
import type { WorkspaceStore } from '../../../store/workspace-store';
import { realWorld, type CoreWorld } from '../../core-world';
import type { Client } from '../../studio/context';
import { Handles } from '../../studio/handles';
import { openProjects, type Projects } from '../../studio/project-requests';
import { SMALL_PROJECT } from '../../small-project';

/** The store's service without its thread. */
export function sameThreadChannel(): WorkspaceChannel {
  let listener: (answer: WorkspaceAnswer) => void = () => undefined;
  const service = new WorkspaceService(betterSqlite3, (answer) => listener(answer));
  return { send: (request) => service.receive(structuredClone(request)), onAnswer: (given) => void (listener = given), onLost: () => undefined, end: async () => undefined };
}

/** Waits for events; those that came before are looked at too. */
export class TestClient implements Client {
  readonly id: string;
  readonly events: StudioEvent[] = [];
  #number = 0;
  #waiting: (() => void)[] = [];

  constructor(id: string) {
    this.id = id;
  }

  nextNumber(): number {
    return ++this.#number;
  }

  emit = (event: StudioEvent): void => {
    this.events.push(event);
    const waiting = this.#waiting;
    this.#waiting = [];
    waiting.forEach((wake) => wake());
  };

  of<N extends EventName>(name: N): readonly Events[N][] {
    return this.events.flatMap((event) => (event.name === name ? [event.payload as Events[N]] : []));
  }

  async until<N extends EventName>(name: N, isIt: (payload: Events[N]) => boolean = () => true): Promise<Events[N]> {
    for (;;) {
      const found = this.of(name).find(isIt);
      if (found) return found;
      await new Promise<void>((wake) => this.#waiting.push(wake));
    }
  }
}

/** Waits of seconds pass when a test says so; shorter ones are real. */
const LONG_MS = 3000;

export class TestStudio {
  readonly #long = new Set<() => void>();
  readonly world: CoreWorld = {
    ...realWorld,
    setTimer: (ms, fire) => {
      if (ms < LONG_MS) return realWorld.setTimer(ms, fire);
      this.#long.add(fire);
      return { cancel: () => void this.#long.delete(fire) };
    },
  };
  readonly home = realpathSync(mkdtempSync(join(tmpdir(), 'prismatic-projects-')));
  readonly handles = new Handles('test');
  readonly watchers = new Map<ProjectKey, Set<Client>>();
  projects!: Projects;

  static async begin(): Promise<TestStudio> {
    const studio = new TestStudio();
    await studio.start();
    return studio;
  }

  async start(wrap: (store: WorkspaceStore) => WorkspaceStore = (store) => store): Promise<void> {
    const opened = await openWorkspace({ dataDir: join(this.home, 'data'), unixMs: Date.now() }, sameThreadChannel());
    const workspace: Result<WorkspaceStore> = opened.ok ? { ok: true, value: wrap(opened.value) } : opened;
    const emitToProject = (project: ProjectKey, event: StudioEvent): void => this.watchers.get(project)?.forEach((client) => client.emit(event));
    const base = { dataDir: join(this.home, 'data'), world: this.world, shell: { kind: 'window' as const }, version: '0', handles: this.handles, emitToProject, watchers: this.watchers, designsDir: join(this.home, 'designs') };
    this.projects = await openProjects(base, { workspace, compiler: { check: compileProject, compile: compileProject } });
  }

  /** All waits of seconds that are under way end. */
  passTime(): void {
    const due = [...this.#long];
    this.#long.clear();
    due.forEach((fire) => fire());
  }

  /** As a new start of the program. */
  async restart(): Promise<void> {
    await this.projects.close();
    this.watchers.clear();
    await this.start();
  }

  /** A folder with the small project, and other files as given. */
  folder(name: string, files: Readonly<Record<string, string | Json>> = {}): string {
    const dir = join(this.home, name);
    for (const [path, content] of SMALL_PROJECT) this.#put(join(dir, path), content);
    for (const [path, content] of Object.entries(files)) this.#put(join(dir, path), typeof content === 'string' ? content : formatJson(content));
    return dir;
  }

  #put(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }

  open(dir: string, client: Client): Promise<Result<ProjectSnapshot>> {
    return Promise.resolve(this.projects.handlers['project.open']({ handle: this.handles.give(dir) }, client));
  }

  async openWell(dir: string, client: TestClient): Promise<TestProject> {
    const opened = await this.open(dir, client);
    if (!opened.ok) throw new Error(`${opened.error.code} ${opened.error.message}`);
    return new TestProject(this, client, dir, opened.value);
  }

  async end(): Promise<void> {
    await this.projects.close();
    rmSync(this.home, { recursive: true, force: true });
  }
}

export class TestProject {
  readonly #studio: TestStudio;
  readonly client: TestClient;
  readonly dir: string;
  readonly snapshot: ProjectSnapshot;

  constructor(studio: TestStudio, client: TestClient, dir: string, snapshot: ProjectSnapshot) {
    this.#studio = studio;
    this.client = client;
    this.dir = dir;
    this.snapshot = snapshot;
  }

  edit(label: string, changes: readonly Change[], group?: string): Promise<Result<{ readonly revision: number }>> {
    const edit: Edit = { label, changes, ...(group === undefined ? {} : { group }) };
    return Promise.resolve(this.#studio.projects.handlers['project.edit']({ project: this.snapshot.project, edit, origin: this.client.id, number: this.client.nextNumber() }, this.client));
  }

  /** Sets a field of the design from one value to another. */
  set(path: readonly (string | number)[], before: Json | undefined, after: Json | undefined, group?: string): Promise<Result<{ readonly revision: number }>> {
    return this.edit(`set ${path.join('.')}`, [{ kind: 'set', file: 'design.json', path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }], group);
  }

  undo(): Promise<Result<{ readonly revision: number }>> {
    return Promise.resolve(this.#studio.projects.handlers['project.undo']({ project: this.snapshot.project }, this.client));
  }

  redo(): Promise<Result<{ readonly revision: number }>> {
    return Promise.resolve(this.#studio.projects.handlers['project.redo']({ project: this.snapshot.project }, this.client));
  }

  resolve(conflict: string, keep: 'mine' | 'theirs'): Promise<Result<{ readonly revision: number }>> {
    return Promise.resolve(this.#studio.projects.handlers['project.resolve']({ project: this.snapshot.project, conflict, keep }, this.client));
  }

  async flush(): Promise<Result<null>> {
    return this.#studio.projects.find(this.snapshot.project)!.flush();
  }

  /** The project as it is told to whoever opens it now. */
  async now(): Promise<ProjectSnapshot> {
    const opened = await this.#studio.open(this.dir, this.client);
    if (!opened.ok) throw new Error(opened.error.message);
    return opened.value;
  }

  read(path: string): string {
    return readFileSync(join(this.dir, path), 'utf8');
  }

  write(path: string, content: string): void {
    mkdirSync(dirname(join(this.dir, path)), { recursive: true });
    writeFileSync(join(this.dir, path), content);
  }

  design(): Record<string, Json> & { readonly nodes: Record<string, Record<string, Json>> } {
    return JSON.parse(this.read('design.json')) as Record<string, Json> & { readonly nodes: Record<string, Record<string, Json>> };
  }
}
