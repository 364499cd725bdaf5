/** The run's record as the core keeps it: chunks of hosts and events of its own, written in order; the gate hears what is committed. */
import type { JournalChunk, JournalEvent } from '../../../shared/journal/record';
import type { RunStore } from '../../store/run-store';
import { notesOf } from './chunk-watch';
import type { Gate } from './gate';
import type { RunNote } from './run-result';

export type RunRecordOptions = {
  readonly store: RunStore;
  readonly gate: Gate;
  readonly nowMs: () => number;
  readonly onNote: (note: RunNote) => void;
  readonly onError: (error: unknown) => void;
};

export class RunRecord {
  readonly #options: RunRecordOptions;
  readonly #hostLives = new Set<string>();
  /** Everything that the store is still to be told, in order. */
  #writes: Promise<unknown> = Promise.resolve();
  restarts = 0;

  constructor(options: RunRecordOptions) {
    this.#options = options;
  }

  /** Resolves once all that was asked for before is committed. */
  get written(): Promise<unknown> {
    return this.#writes;
  }

  /** Work that comes after all writes before it, and before all after it. */
  write(work: () => Promise<unknown>): void {
    this.#writes = this.#writes.then(work);
    this.#writes.catch(this.#options.onError);
  }

  append(chunk: JournalChunk): void {
    const { store, gate, onNote } = this.#options;
    for (const note of notesOf(chunk)) {
      if (note.kind === 'restart') this.restarts += 1;
      onNote(note);
    }
    // Asked for at once, so that chunks that come together share a commit; told to the gate in order.
    const appended = store.appendChunk(chunk);
    this.write(async () => {
      await appended;
      gate.commit(chunk);
    });
  }

  recordCore(event: JournalEvent): Promise<void> {
    return this.#options.store.appendCoreEvent({ atMs: this.#options.nowMs(), event });
  }

  hostStarted(host: string, life: number): void {
    this.#hostLives.add(`${host}#${life}`);
  }

  /** Its chunks came before this word; once they are committed, no more will be. */
  hostLost(host: string, life: number, reason: string): void {
    this.write(async () => {
      this.#options.gate.close(`${host}#${life}`);
      await this.recordCore({ type: 'host.lost', life, reason: `${host}: ${reason}` });
    });
  }

  /** The engine and all its hosts are gone: what their chunks said is committed, and what they left unsaid never happened. */
  async engineLost(): Promise<void> {
    await this.#writes;
    this.#options.gate.closeAll(this.#hostLives);
    this.#hostLives.clear();
  }
}
