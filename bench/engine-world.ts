/** A real engine process with its hosts as threads, and the core's side of it: what it says is kept, dropped or committed. */
import { join } from 'node:path';
import { assert } from '../shared/assert';
import type { Json } from '../shared/json/json';
import type { JournalChunk } from '../shared/journal/record';
import type { Program } from '../shared/program/program';
import type { FromEngine, OperatorCommand, Settlement } from '../shared/run/engine-protocol';
import { mostRssBytes, startEngineFrom, type EngineLink } from '../main/core/engine-process';

export type EngineOptions = { readonly native?: boolean; readonly onChunk?: (chunk: JournalChunk) => void };
type Listener = (message: FromEngine) => void;

export class EngineWorld {
  readonly #engine: EngineLink;
  readonly #listeners = new Set<Listener>();
  #nextRef = 1;
  #isClosing = false;

  private constructor(program: Program, { native = false, onChunk }: EngineOptions, onFailure: (error: Error) => void) {
    const onMessage = (message: FromEngine): void => {
      if (message.type === 'chunk') onChunk?.(message.chunk);
      if (message.type === 'ready') this.#engine.send({ type: 'start', program, seed: 1, engineLife: 1, epochMs: 0, elapsedMs: 0, trace: false, nativeHandlers: native });
      for (const listener of [...this.#listeners]) listener(message);
    };
    const onExit = (reason: string): void => {
      if (!this.#isClosing) onFailure(new Error(`the engine ended: ${reason}`));
    };
    const limits = { mostRssBytes: mostRssBytes(program.hosts.length, 64) };
    this.#engine = startEngineFrom(join(import.meta.dirname, 'engine/engine.js'), limits)({ onMessage, onExit });
  }

  /** Its tree stands. */
  static async start(program: Program, options: EngineOptions = {}): Promise<EngineWorld> {
    const world = new EngineWorld(program, options, (error) => {
      throw error;
    });
    await world.next((message) => message.type === 'rootStarted');
    return world;
  }

  /** The next message for which `pick` answers something. */
  next<T>(pick: (message: FromEngine) => T | undefined | false): Promise<T> {
    return new Promise((resolve) => {
      const listener = (message: FromEngine): void => {
        const picked = pick(message);
        if (picked === undefined || picked === false) return;
        this.#listeners.delete(listener);
        resolve(picked);
      };
      this.#listeners.add(listener);
    });
  }

  /** Asks a driver for a measurement and waits for its word. */
  async request(node: string, body: Json): Promise<Json> {
    const ref = this.#nextRef++;
    const answer = this.next((message) => (message.type === 'response' && message.ref === ref ? { body: message.body } : undefined));
    this.#engine.send({ type: 'request', ref, node, body });
    return (await answer).body;
  }

  /** A message from outside to its settlement. */
  ask(node: string, value: Json): Promise<Settlement> {
    const id = this.#nextRef++;
    const answer = this.next((message) => (message.type === 'settled' && message.settlement.id === id ? message.settlement : undefined));
    this.#engine.send({ type: 'input', input: { id, node, protocol: 'Echo', operation: 'say', value } });
    return answer;
  }

  operate(command: OperatorCommand): void {
    this.#engine.send({ type: 'operator', command });
  }

  /** An ordered stop. */
  async stop(): Promise<void> {
    const exited = this.next((message) => (message.type === 'rootExited' ? message.reason : undefined));
    this.#engine.send({ type: 'stop' });
    const reason = await exited;
    assert(reason === 'shutdown', `the root exited with ${reason}`);
  }

  close(): void {
    this.#isClosing = true;
    this.#engine.kill('the measurement is over');
  }
}
