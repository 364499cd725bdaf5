import { monotonicMs, type FromHost, type HostBirth, type ToHost } from './host-protocol';
import type { HostThread } from './host-thread';
import { beginWatch, judgeRound, judgeStart, type Round, type Watch } from './watchdog';

export type HostEvents = {
  readonly onMessage: (message: FromHost) => void;
  /** Once, however it ended. */
  readonly onLost: (reason: string) => void;
};

/** One life of one host, seen from the engine's main thread. */
export class HostHandle {
  readonly host: string;
  readonly life: number;
  readonly #thread: HostThread;
  readonly #events: HostEvents;
  #start: Watch;
  #watch: Watch | undefined;
  #hasAnswered = true;
  /** Why it is ending, or has ended. */
  #why: string | undefined;
  #isOver = false;
  isReady = false;

  /** `thread`: a fresh one, or one that was kept ready for this. */
  constructor(birth: HostBirth, thread: HostThread, events: HostEvents) {
    this.host = birth.host;
    this.life = birth.life;
    this.#events = events;
    this.#start = beginWatch(monotonicMs());
    this.#thread = thread;
    thread.listen({ onMessage: (message) => this.#receive(message), onEnd: (reason) => this.#lose(this.#why ?? reason) });
    thread.post({ type: 'birth', birth });
  }

  #receive(message: FromHost): void {
    this.#hasAnswered = true;
    if (message.type === 'ready') {
      if (this.#why !== undefined) return;
      this.isReady = true;
    }
    if (message.type !== 'pong' && message.type !== 'warm') this.#events.onMessage(message);
  }

  send(message: ToHost): void {
    if (!this.#isOver) this.#thread.post(message);
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
   * The host is lost only once its thread has ended, also where another is ready to take its place: other hosts may have heard of it what
   * follows from records that are still under way here, and their outputs would wait for these for ever.
   */
  kill(reason: string): void {
    this.#why ??= reason;
    this.#thread.terminate();
  }

  #lose(reason: string): void {
    this.#isOver = true;
    this.#events.onLost(reason);
  }
}
