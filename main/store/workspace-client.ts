/** The workspace as the core sees it. If the thread dies, everything open and later fails; what was acknowledged is on the disk. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { unpackedPath } from '../../shared/unpacked-path';
import { failed, ok, type AppError, type Result } from '../../shared/errors/result';
import { WorkspaceFailure } from './workspace-error';
import type { WorkspaceAnswer, WorkspaceRequest } from './workspace-service';
import type { WorkspaceCall, WorkspaceMethod, WorkspaceStore } from './workspace-store';

const LOST: AppError = { code: 'WSP006', message: "the workspace's thread ended", fix: 'Start the program again; what was acknowledged is on the disk.' };

/** A way to a `WorkspaceService`: a thread, or for tests the service itself. */
export type WorkspaceChannel = {
  readonly send: (request: WorkspaceRequest) => void;
  readonly onAnswer: (listener: (answer: WorkspaceAnswer) => void) => void;
  readonly onLost: (listener: () => void) => void;
  readonly end: () => Promise<void>;
};

type Waiter = { readonly resolve: (value: unknown) => void; readonly reject: (error: WorkspaceFailure) => void };

const METHODS: Readonly<Record<WorkspaceMethod, true>> = {
  openProject: true, touchProject: true, append: true, markWritten: true, keepConflicts: true, compact: true, closeProject: true, recent: true,
  forget: true, markRun: true, confirm: true, confirmations: true, setting: true, keepSetting: true, close: true,
};

export const defaultWorkspaceWorker = (): string => unpackedPath(join(import.meta.dirname, '..', 'core', 'workspace-worker.js'));

export function workerChannel(file = defaultWorkspaceWorker()): WorkspaceChannel {
  const worker = new Worker(file);
  return {
    send: (request) => worker.postMessage(request),
    onAnswer: (listener) => void worker.on('message', listener),
    onLost: (listener) => void worker.on('error', listener).on('exit', listener),
    end: async () => void (await worker.terminate()),
  };
}

class WorkspaceClient {
  readonly #channel: WorkspaceChannel;
  readonly #waiters = new Map<number, Waiter>();
  #nextId = 1;
  #isLost = false;

  constructor(channel: WorkspaceChannel) {
    this.#channel = channel;
    channel.onAnswer((answer) => {
      const waiter = this.#waiters.get(answer.id);
      this.#waiters.delete(answer.id);
      if (answer.ok) waiter?.resolve(answer.value);
      else waiter?.reject(new WorkspaceFailure(answer.error));
    });
    channel.onLost(() => {
      this.#isLost = true;
      for (const waiter of this.#waiters.values()) waiter.reject(new WorkspaceFailure(LOST));
      this.#waiters.clear();
    });
  }

  ask(request: { readonly open: { readonly dataDir: string; readonly unixMs: number } } | { readonly call: WorkspaceCall }): Promise<unknown> {
    if (this.#isLost) return Promise.reject(new WorkspaceFailure(LOST));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiters.set(id, { resolve, reject });
      this.#channel.send({ id, ...request });
    });
  }
}

export async function openWorkspace(place: { readonly dataDir: string; readonly unixMs: number }, channel: WorkspaceChannel = workerChannel()): Promise<Result<WorkspaceStore>> {
  const client = new WorkspaceClient(channel);
  try {
    await client.ask({ open: place });
    return ok(storeOn(client, channel));
  } catch (error) {
    await channel.end();
    if (error instanceof WorkspaceFailure) return failed(error.appError);
    throw error;
  }
}

function storeOn(client: WorkspaceClient, channel: WorkspaceChannel): WorkspaceStore {
  const method = (name: WorkspaceMethod) => async (...args: readonly unknown[]): Promise<unknown> => {
    const value = await client.ask({ call: { method: name, args } as unknown as WorkspaceCall });
    if (name === 'close') await channel.end();
    return value;
  };
  // The names are exactly those of the interface (`METHODS`), and the service answers each with its type.
  return Object.fromEntries((Object.keys(METHODS) as WorkspaceMethod[]).map((name) => [name, method(name)])) as unknown as WorkspaceStore;
}
