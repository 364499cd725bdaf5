import { fileURLToPath } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { FromHost, ThreadBirth, ToHost } from './host-protocol';

/** Settings of a host's thread (security 2.5). No `execArgv`: giving one, even an empty one, drops the permission model inside it. */
const THREAD_OPTIONS = {
  env: {},
  argv: [],
  stdin: false,
  stdout: true,
  stderr: true,
  resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16, codeRangeSizeMb: 16, stackSizeMb: 2 },
} satisfies WorkerOptions;

/** The host's entry stands beside the engine's, with the same ending: `.js` in a build, `.mjs` in an exported bundle. */
const hostEntry = (): string => fileURLToPath(new URL(import.meta.url.endsWith('.mjs') ? './host.mjs' : './host.js', import.meta.url));

export type ThreadEvents = {
  readonly onMessage: (message: FromHost) => void;
  /** Once, however it ended, and after everything that it had posted. */
  readonly onEnd: (reason: string) => void;
};

/** One worker thread, from the engine's main thread: at first nobody's, then one life of one host. */
export class HostThread {
  readonly #worker: Worker;
  #events: ThreadEvents | undefined;
  #why: string | undefined;

  constructor(birth: ThreadBirth) {
    this.#worker = new Worker(hostEntry(), { ...THREAD_OPTIONS, workerData: birth });
    this.#worker.on('message', (message: FromHost) => this.#events?.onMessage(message));
    this.#worker.on('error', (error: Error & { code?: string }) => (this.#why ??= error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : `error: ${error.message}`));
    // What it had posted has been received by now, whatever ended it.
    this.#worker.on('exit', (code) => this.#events?.onEnd(this.#why ?? `exit ${code}`));
    // Nothing of ours prints in there; what a guest might make print goes nowhere and never fills a pipe.
    this.#worker.stdout.resume();
    this.#worker.stderr.resume();
  }

  /** From here on, these hear of it, and nobody who did before. */
  listen(events: ThreadEvents): void {
    this.#events = events;
  }

  post(message: ToHost): void {
    this.#worker.postMessage(message, message.type === 'peer' ? [message.port] : []);
  }

  /** Stops even a loop inside WebAssembly; `onEnd` follows. */
  terminate(): void {
    void this.#worker.terminate();
  }
}
