/**
 * Starts the engine as a child process without secrets, files or environment (security study 2.4, 2.5), and watches it: a beat
 * every 250 ms; too long a silence or too much memory end it.
 */
import { join } from 'node:path';
import type { FromEngine, ToEngine } from '../../shared/run/engine-protocol';
import { unpackedPath } from '../../shared/unpacked-path';
import { parseFromEngine } from './engine-messages';
import { beginEngineWatch, judgeEngine, WATCH_EVERY_MS } from './engine-watch';
import { forkInNode, type ChildEvents, type CoreChild, type ForkChild } from './fork-child';

const MOST_RSS_BASE_BYTES = 512 * 1024 * 1024;
const RSS_PER_HOST_BYTES = 120 * 1024 * 1024;
const RSS_PER_INSTANCE_BYTES = 40 * 1024 * 1024;

export type EngineEvents = {
  readonly onMessage: (message: FromEngine) => void;
  /** Once, after the last message. */
  readonly onExit: (reason: string) => void;
};
export interface EngineLink {
  send(message: ToEngine): void;
  kill(reason: string): void;
}
export type StartEngine = (events: EngineEvents) => EngineLink;

/** For a run of so many hosts, and the spare thread beside them. */
export const mostRssBytes = (hosts: number, instances: number): number => MOST_RSS_BASE_BYTES + (hosts + 1) * RSS_PER_HOST_BYTES + instances * RSS_PER_INSTANCE_BYTES;

/** `entry`: `engine.js` of the build, beside the core's own folder. */
export const defaultEngineEntry = (): string => unpackedPath(join(import.meta.dirname, '..', 'engine', 'engine.js'));

export const startEngineFrom =
  (entry: string, limits: { readonly mostRssBytes: number }, forkChild: ForkChild = forkInNode): StartEngine =>
  (events) =>
    new EngineProcess((childEvents) => forkChild(entry, childEvents), limits.mostRssBytes, events);

class EngineProcess implements EngineLink {
  readonly #child: CoreChild;
  readonly #events: EngineEvents;
  readonly #mostRssBytes: number;
  readonly #timer: ReturnType<typeof setInterval>;
  #watch = beginEngineWatch(performance.now());
  #hasBeaten = false;
  #why: string | undefined;
  #isOver = false;

  constructor(start: (events: ChildEvents) => CoreChild, mostRssBytes: number, events: EngineEvents) {
    this.#events = events;
    this.#mostRssBytes = mostRssBytes;
    this.#child = start({ onMessage: (raw) => this.#receive(raw), onEnd: (reason) => this.#end(this.#why ?? reason) });
    this.#timer = setInterval(() => this.#round(), WATCH_EVERY_MS);
  }

  #receive(raw: unknown): void {
    if (this.#isOver) return;
    const parsed = parseFromEngine(raw);
    if (!parsed.ok) return this.kill(`it said what no engine of ours says (${parsed.problem})`);
    const { message } = parsed;
    this.#hasBeaten = true;
    if (message.type === 'heartbeat' && message.rssBytes > this.#mostRssBytes) return this.kill(`memory: ${Math.round(message.rssBytes / 1e6)} MB`);
    if (message.type === 'fatal') this.#why = message.message;
    this.#events.onMessage(message);
  }

  #round(): void {
    const judged = judgeEngine(this.#watch, { nowMs: performance.now(), hasBeaten: this.#hasBeaten });
    this.#watch = judged.watch;
    this.#hasBeaten = false;
    if (judged.isSilent) this.kill('heartbeat');
  }

  send(message: ToEngine): void {
    // A message to an engine that is just ending is lost with it; `onExit` comes, and whoever sent it begins anew.
    if (!this.#isOver) this.#child.send(message);
  }

  kill(reason: string): void {
    this.#why ??= reason;
    this.#child.kill();
  }

  #end(reason: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearInterval(this.#timer);
    this.#events.onExit(reason);
  }
}
