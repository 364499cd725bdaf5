/** Group commit: commands that come in one turn of the event loop share a transaction, and are answered after its COMMIT. */
import { assert } from '../../shared/assert';
import type { SqliteDriver } from './driver';
import { RunDatabase } from './run-database';
import { toAppError } from './store-error';
import type { StoreAnswer, StoreCommand, StoreRequest } from './store-protocol';

export class StoreService {
  readonly #driver: SqliteDriver;
  readonly #answer: (answer: StoreAnswer) => void;
  #database: RunDatabase | undefined;
  #file = '';
  #waiting: StoreRequest[] = [];

  constructor(driver: SqliteDriver, answer: (answer: StoreAnswer) => void) {
    this.#driver = driver;
    this.#answer = answer;
  }

  receive(request: StoreRequest): void {
    if (this.#waiting.length === 0) setImmediate(() => this.#commit());
    this.#waiting.push(request);
  }

  #commit(): void {
    const requests = this.#waiting;
    this.#waiting = [];
    const writes = requests.filter(({ command }) => isWrite(command));
    const answers = new Map<number, StoreAnswer>();
    try {
      if (writes.length > 0) this.#open().transact(() => writes.forEach((request) => answers.set(request.id, this.#run(request))));
    } catch {
      // One bad row must not take its neighbours along: each gets its own transaction, and its own answer.
      for (const request of writes) answers.set(request.id, this.#alone(request));
    }
    for (const request of requests) this.#answer(answers.get(request.id) ?? this.#alone(request));
  }

  #alone(request: StoreRequest): StoreAnswer {
    try {
      return isWrite(request.command) ? this.#open().transact(() => this.#run(request)) : this.#run(request);
    } catch (error) {
      return { id: request.id, ok: false, error: toAppError(error, this.#file) };
    }
  }

  #run({ id, command }: StoreRequest): StoreAnswer {
    return { id, ok: true, value: this.#perform(command) };
  }

  #open(): RunDatabase {
    assert(this.#database, 'the store is opened first');
    return this.#database;
  }

  #perform(command: StoreCommand): unknown {
    switch (command.kind) {
      case 'open':
        this.#file = command.run.file;
        this.#database = RunDatabase.open({ ...command.run, driver: this.#driver });
        return null;
      case 'acknowledgeInputs':
        return this.#open().acknowledgeInputs(command.inputs);
      case 'settleInput':
        return this.#open().settleInput(command.settlement, command.deadLetter);
      case 'appendChunk':
        return this.#open().appendChunk(command.chunk);
      case 'appendCoreEvent':
        return this.#open().appendCoreEvent(command.event);
      case 'intendEffect':
        return this.#open().intendEffect(command.effect, command.atMs);
      case 'settleEffect':
        return this.#open().settleEffect(command.answer, command.atMs);
      case 'end':
        return this.#open().end(command.reason, command.atMs);
      case 'seal':
        return this.#open().seal(command.atMs);
      case 'unsettledInputs':
        return this.#open().state.unsettled();
      case 'counts':
        return this.#open().state.counts();
      case 'deadLetters':
        return this.#open().state.deadLetters();
      case 'verify':
        return this.#open().verify();
      case 'page':
        return this.#open().page(command.afterSeq);
      case 'rows':
        return this.#open().rows(command.of);
      case 'close':
        this.#database?.close();
        this.#database = undefined;
        return null;
    }
  }
}

const WRITES: ReadonlySet<StoreCommand['kind']> = new Set(['acknowledgeInputs', 'settleInput', 'appendChunk', 'appendCoreEvent', 'intendEffect', 'settleEffect', 'end', 'seal']);
const isWrite = (command: StoreCommand): boolean => WRITES.has(command.kind);
