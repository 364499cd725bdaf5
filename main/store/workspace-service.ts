/** Group commit for the workspace: calls that come in one turn of the event loop share a transaction, answered after its COMMIT. */
import { join } from 'node:path';
import { assert } from '../../shared/assert';
import type { AppError } from '../../shared/errors/result';
import type { SqliteDriver } from './driver';
import { WorkspaceDatabase } from './workspace-database';
import { toWorkspaceError } from './workspace-error';
import type { WorkspaceCall, WorkspaceMethod } from './workspace-store';

export type WorkspaceRequest = { readonly id: number } & ({ readonly open: { readonly dataDir: string; readonly unixMs: number } } | { readonly call: WorkspaceCall });
export type WorkspaceAnswer = { readonly id: number } & ({ readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: AppError });

const READS: ReadonlySet<WorkspaceMethod> = new Set(['recent', 'confirmations', 'setting']);

export class WorkspaceService {
  readonly #driver: SqliteDriver;
  readonly #answer: (answer: WorkspaceAnswer) => void;
  #file = 'workspace.db';
  #database: WorkspaceDatabase | undefined;
  #waiting: { readonly id: number; readonly call: WorkspaceCall }[] = [];

  constructor(driver: SqliteDriver, answer: (answer: WorkspaceAnswer) => void) {
    this.#driver = driver;
    this.#answer = answer;
  }

  receive(request: WorkspaceRequest): void {
    if ('open' in request) return this.#answer(this.#try(request.id, () => this.#open(request.open)));
    if (this.#waiting.length === 0) setImmediate(() => this.#commit());
    this.#waiting.push(request);
  }

  #open({ dataDir, unixMs }: { readonly dataDir: string; readonly unixMs: number }): null {
    this.#file = join(dataDir, 'workspace.db');
    this.#database = WorkspaceDatabase.open(this.#file, this.#driver, unixMs);
    return null;
  }

  #commit(): void {
    const requests = this.#waiting;
    this.#waiting = [];
    const writes = requests.filter(({ call }) => isWrite(call));
    const answers = new Map<number, WorkspaceAnswer>();
    try {
      if (writes.length > 1) this.#opened().transact(() => writes.forEach(({ id, call }) => answers.set(id, { id, ok: true, value: this.#perform(call) })));
    } catch {
      // One bad call must not take its neighbours along: each gets its own transaction, and its own answer. An edit after a
      // failed one does not follow any more, so it fails too.
      answers.clear();
    }
    for (const { id, call } of requests) this.#answer(answers.get(id) ?? this.#try(id, () => (isWrite(call) ? this.#opened().transact(() => this.#perform(call)) : this.#perform(call))));
  }

  #try(id: number, work: () => unknown): WorkspaceAnswer {
    try {
      return { id, ok: true, value: work() };
    } catch (error) {
      return { id, ok: false, error: toWorkspaceError(error, this.#file) };
    }
  }

  #opened(): WorkspaceDatabase {
    assert(this.#database, 'the workspace is opened first');
    return this.#database;
  }

  #perform({ method, args }: WorkspaceCall): unknown {
    const database = this.#opened();
    switch (method) {
      case 'openProject':
        return database.openProject(args[0].dir, args[0].holder);
      case 'touchProject':
        return database.touchProject(args[0]);
      case 'append':
        return database.append(args[0], args[1], args[2]);
      case 'markWritten':
        return database.markWritten(args[0], args[1]);
      case 'keepConflicts':
        return database.keepConflicts(args[0], args[1]);
      case 'compact':
        return database.compact(args[0], args[1], args[2]);
      case 'closeProject':
        return database.closeProject(args[0]);
      case 'recent':
        return database.recent();
      case 'forget':
        return database.forget(args[0]);
      case 'markRun':
        return database.markRun(args[0]);
      case 'confirm':
        return database.confirm(args[0], args[1]);
      case 'confirmations':
        return database.confirmations(args[0]);
      case 'setting':
        return database.setting(args[0]);
      case 'keepSetting':
        return database.keepSetting(args[0], args[1]);
      case 'close':
        database.close();
        this.#database = undefined;
        return null;
    }
  }
}

const isWrite = ({ method }: WorkspaceCall): boolean => method !== 'close' && !READS.has(method);
