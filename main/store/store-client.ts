/** The store as the core sees it: every promise resolves after the COMMIT. If the thread dies, everything open and later fails. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { failed, ok, type AppError, type Result } from '../../shared/errors/result';
import type { JournalHeader, JournalRecord } from '../../shared/journal/record';
import type { Entry } from './entry';
import { JournalMerge } from './journal-merge';
import type { DeadLetter, EffectState, OpenRun, RunCounts, RunStore } from './run-store';
import type { StoreAnswer, StoreCommand } from './store-protocol';
import type { OutsideInput } from '../../shared/run/engine-protocol';
import { unpackedPath } from '../../shared/unpacked-path';

/** A refusal of the store, as an exception of the core: a run can't go on without it. */
export class StoreFailure extends Error {
  override name = 'StoreFailure';
  readonly appError: AppError;

  constructor(error: AppError) {
    super(error.message);
    this.appError = error;
  }
}

const LOST: AppError = { code: 'STO008', message: "the store's thread ended", fix: 'Start the run again; what was acknowledged is on the disk.' };

export const defaultStoreWorker = (): string => unpackedPath(join(import.meta.dirname, '..', 'core', 'store-worker.js'));

type Waiter = { readonly resolve: (value: unknown) => void; readonly reject: (error: StoreFailure) => void };

class StoreThread {
  readonly #worker: Worker;
  readonly #waiters = new Map<number, Waiter>();
  #nextId = 1;
  #isLost = false;

  constructor(file: string) {
    this.#worker = new Worker(file);
    this.#worker.on('message', (answer: StoreAnswer) => this.#receive(answer));
    this.#worker.on('error', () => this.#lose());
    this.#worker.on('exit', () => this.#lose());
  }

  #receive(answer: StoreAnswer): void {
    const waiter = this.#waiters.get(answer.id);
    this.#waiters.delete(answer.id);
    if (answer.ok) waiter?.resolve(answer.value);
    else waiter?.reject(new StoreFailure(answer.error));
  }

  #lose(): void {
    this.#isLost = true;
    for (const waiter of this.#waiters.values()) waiter.reject(new StoreFailure(LOST));
    this.#waiters.clear();
  }

  ask<T>(command: StoreCommand): Promise<T> {
    if (this.#isLost) return Promise.reject(new StoreFailure(LOST));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiters.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.#worker.postMessage({ id, command });
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}

export interface OpenedRunStore extends RunStore {
  verify(): Promise<void>;
  /** Answers how many effects are unknown now. */
  seal(atMs: number): Promise<number>;
}

export async function openRunStore(run: OpenRun, workerFile = defaultStoreWorker()): Promise<Result<OpenedRunStore>> {
  const thread = new StoreThread(workerFile);
  try {
    await thread.ask({ kind: 'open', run });
    return ok(storeOn(thread));
  } catch (error) {
    await thread.close();
    if (error instanceof StoreFailure) return failed(error.appError);
    throw error;
  }
}

function storeOn(thread: StoreThread): OpenedRunStore {
  return {
    acknowledgeInputs: (inputs) => thread.ask({ kind: 'acknowledgeInputs', inputs }),
    settleInput: (settlement, { deadLetter }) => thread.ask({ kind: 'settleInput', settlement, deadLetter }),
    unsettledInputs: () => thread.ask<readonly OutsideInput[]>({ kind: 'unsettledInputs' }),
    appendChunk: (chunk) => thread.ask({ kind: 'appendChunk', chunk }),
    appendCoreEvent: (event) => thread.ask({ kind: 'appendCoreEvent', event }),
    intendEffect: (effect, atMs) => thread.ask<EffectState>({ kind: 'intendEffect', effect, atMs }),
    settleEffect: (answer, atMs) => thread.ask({ kind: 'settleEffect', answer, atMs }),
    counts: () => thread.ask<RunCounts>({ kind: 'counts' }),
    deadLetters: () => thread.ask<readonly DeadLetter[]>({ kind: 'deadLetters' }),
    readJournal: () => readJournal(thread),
    readRows: (of) => thread.ask<readonly string[]>({ kind: 'rows', of }),
    verify: () => thread.ask({ kind: 'verify' }),
    seal: (atMs) => thread.ask<number>({ kind: 'seal', atMs }),
    end: (reason, atMs) => thread.ask({ kind: 'end', reason, atMs }),
    close: async () => {
      await thread.ask({ kind: 'close' });
      await thread.close();
    },
  };
}

async function* readJournal(thread: StoreThread): AsyncGenerator<JournalHeader | JournalRecord> {
  const merge = new JournalMerge();
  for (let afterSeq = 0; ; ) {
    const entries = await thread.ask<readonly Entry[]>({ kind: 'page', afterSeq });
    const last = entries.at(-1);
    if (!last) return;
    for (const entry of entries) yield* merge.add(entry);
    afterSeq = last.seq;
  }
}
