import { fileURLToPath } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import { monotonicMs, type FromHost, type HostBirth, type ToHost } from './host-protocol';
import { beginWatch, judgeRound, judgeStart, type Round, type Watch } from './watchdog';

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

export type HostEvents = {
  readonly onMessage: (message: FromHost) => void;
  /** Once, however it ended. */
  readonly onLost: (reason: string) => void;
};

/** One life of one host, seen from the engine's main thread. */
export class HostHandle {
  readonly host: string;
  readonly life: number;
  readonly #worker: Worker;
  readonly #events: HostEvents;
  #start: Watch;
  #watch: Watch | undefined;
  #hasAnswered = true;
  /** Why it is ending, or has ended. */
  #why: string | undefined;
  #isOver = false;
  isReady = false;

  constructor(birth: HostBirth, events: HostEvents) {
    this.host = birth.host;
    this.life = birth.life;
    this.#events = events;
    this.#start = beginWatch(monotonicMs());
    this.#worker = new Worker(hostEntry(), { ...THREAD_OPTIONS, workerData: birth });
    this.#worker.on('message', (message: FromHost) => this.#receive(message));
    this.#worker.on('error', (error: Error & { code?: string }) => (this.#why ??= error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : `error: ${error.message}`));
    // What it had posted has been received by now, whatever ended it.
    this.#worker.on('exit', (code) => this.#lose(this.#why ?? `exit ${code}`));
    // Nothing of ours prints in there; what a guest might make print goes nowhere and never fills a pipe.
    this.#worker.stdout.resume();
    this.#worker.stderr.resume();
  }

  #receive(message: FromHost): void {
    this.#hasAnswered = true;
    if (message.type === 'ready') {
      if (this.#why !== undefined) return;
      this.isReady = true;
    }
    if (message.type !== 'pong') this.#events.onMessage(message);
  }

  send(message: ToHost): void {
    if (this.#isOver) return;
    this.#worker.postMessage(message, message.type === 'peer' ? [message.port] : []);
  }

  /** It starts, or has not answered the last ping. */
  get isWaitedFor(): boolean {
    return !this.isReady || !this.#hasAnswered;
  }

  /** One round of the watchdog. */
  beat(round: Omit<Round, 'hasAnswered'>): void {
    if (this.#why !== undefined || this.#isOver) return;
    if (!this.isReady) {
      const judged = judgeStart(this.#start, round);
      this.#start = judged.watch;
      if (judged.isTooSlow) this.kill('not_ready');
      return;
    }
    if (this.#watch) {
      const judged = judgeRound(this.#watch, { ...round, hasAnswered: this.#hasAnswered });
      this.#watch = judged.watch;
      if (judged.isSilent) return this.kill('heartbeat');
    } else this.#watch = beginWatch(round.nowMs);
    this.#hasAnswered = false;
    this.send({ type: 'ping' });
  }

  /**
   * terminate() stops even a loop inside WebAssembly. The host is lost only once its thread has ended: other hosts may have heard of it what
   * follows from records that are still under way here, and their outputs would wait for these for ever.
   */
  kill(reason: string): void {
    this.#why ??= reason;
    void this.#worker.terminate();
  }

  #lose(reason: string): void {
    this.#isOver = true;
    this.#events.onLost(reason);
  }
}
