/** A studio core inside the test, over the built engine: a project that is edited in its folder, and clients that keep what they hear. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventName, Events, StudioEvent } from '../shared/api/contract';
import { ok, type Result } from '../shared/errors/result';
import { compileProject, type Compiled } from '../main/compiler/compile';
import { readScenario } from '../main/compiler/scenario';
import { realWorld } from '../main/core/core-world';
import type { Client, OpenProject, StudioContext } from '../main/core/studio/context';
import { Handles } from '../main/core/studio/handles';
import { openRuns, type OpenedRuns } from '../main/core/studio/run-requests';
import { openWorkspace, workerChannel } from '../main/store/workspace-client';
import type { WorkspaceStore } from '../main/store/workspace-store';
import { Project, root } from './project';

/** What a window hears. */
export class TestClient implements Client {
  readonly id: string;
  readonly events: StudioEvent[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(id: string) {
    this.id = id;
  }

  emit = (event: StudioEvent): void => {
    this.events.push(event);
    for (const look of [...this.#waiting]) look();
  };

  all<N extends EventName>(name: N): readonly Events[N][] {
    return this.events.flatMap((event) => (event.name === name ? [event.payload as Events[N]] : []));
  }

  /** The first event of that name, past or to come, for which it holds. */
  hears<N extends EventName>(name: N, holds: (payload: Events[N]) => boolean = () => true): Promise<Events[N]> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = this.all(name).find(holds);
        if (found === undefined) return;
        this.#waiting.delete(look);
        resolve(found);
      };
      this.#waiting.add(look);
      look();
    });
  }
}

/** An open project whose edits are writes to its folder. */
export class EditedFolder implements OpenProject {
  readonly key = 'project-1';
  readonly name: string;
  readonly dir: string;
  #compiled: Promise<Compiled> | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(dir: string, name: string) {
    this.dir = dir;
    this.name = name;
  }

  flush(): Promise<{ readonly ok: true; readonly value: null }> {
    return Promise.resolve(ok(null));
  }

  checked(): Promise<Compiled> {
    return this.compile();
  }

  compile(): Promise<Compiled> {
    this.#compiled ??= compileProject(this.dir);
    return this.#compiled;
  }

  onEdited(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  edited(): void {
    this.#compiled = undefined;
    for (const listener of this.#listeners) listener();
  }
}

export class TestStudio {
  readonly files: Project;
  readonly project: EditedFolder;
  readonly clients = new Set<TestClient>();
  readonly context: StudioContext;
  readonly dataDir: string;
  readonly #workspace: Result<WorkspaceStore>;
  runs: OpenedRuns;

  private constructor(example: string, dataDir: string, workspace: Result<WorkspaceStore>) {
    this.files = new Project(example);
    this.project = new EditedFolder(this.files.dir, example);
    this.dataDir = dataDir;
    this.#workspace = workspace;
    this.context = {
      dataDir: this.dataDir,
      world: realWorld,
      shell: { kind: 'browser' },
      version: '0',
      handles: new Handles('salt'),
      workspace,
      findProject: (key) => (key === this.project.key ? this.project : undefined),
      emitToProject: (_, event) => this.clients.forEach((client) => client.emit(event)),
    };
    this.runs = this.open();
  }

  static async begin(example: string): Promise<TestStudio> {
    const dataDir = mkdtempSync(join(tmpdir(), 'prismatic-studio-'));
    const workspace = await openWorkspace({ dataDir, unixMs: realWorld.unixMs() }, workerChannel(join(root, 'dist/core/workspace-worker.js')));
    return new TestStudio(example, dataDir, workspace);
  }

  open(): OpenedRuns {
    const at = (path: string): string => join(root, path);
    this.runs = openRuns(this.context, {
      engineEntry: at('dist/engine/engine.js'),
      storeWorker: at('dist/core/store-worker.js'),
      simulatorEntry: at('dist/engine/simulate.js'),
      export: { bundle: at('dist/bundle'), licences: at('NOTICES.txt') },
      loadScenario: async (...asked) => readScenario(...asked),
    });
    return this.runs;
  }

  attach(id: string): TestClient {
    const client = new TestClient(id);
    this.clients.add(client);
    return client;
  }

  edit(path: string, change: (text: string) => string): void {
    this.files.write(path, change(this.files.read(path)));
    this.project.edited();
  }

  async close(): Promise<void> {
    await this.runs.close();
    if (this.#workspace.ok) await this.#workspace.value.close();
    this.files.remove();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
