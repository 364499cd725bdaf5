/**
 * One thread beyond those of the hosts, ready to be whichever is lost next: our code is loaded and sandboxes stand, nothing of anybody has
 * been started. It is made in quiet moments, is no host, is not judged as one, and its end hurts nobody: the next host then begins cold.
 */
import { CONTROL_HOST, MAIN_HOST } from '../../shared/ids';
import type { Program } from '../../shared/program/program';
import type { HostThread } from './host-thread';
import { LATE_MS, PING_EVERY_MS } from './watchdog';

/** Every host has been up for so long, times how crowded the machine is, before a spare is made. */
export const QUIET_MS = 250;
/** It doubles with every spare in a row that ended by itself, up to this. */
export const LONGEST_QUIET_MS = 60_000;
/** A spare is given sandboxes for the isolated host that has most, but not more than these. */
const MOST_SANDBOXES = 4;
/** Electron 25 allows 100 WebAssembly memories in a process; a few are made and dropped while a thread begins. */
const MOST_MEMORIES = 90;

export const quietMs = (crowding: number, failures: number): number => Math.min(LONGEST_QUIET_MS, QUIET_MS * crowding * 2 ** failures);

/** Runs where only handlers that may hang live apart have one: the rest have one host to lose, and save the memory. */
export const wantsSpare = ({ hosts }: Program): boolean => hosts.some(({ id }) => id !== CONTROL_HOST && id !== MAIN_HOST);

/** Instances of an isolated host, and the one that each host keeps beside them; none where the process could not hold them. */
export function sandboxesAhead({ hosts }: Program): number {
  const counts = hosts.map(({ id, instances }) => ({ id, needed: instances.length === 0 ? 0 : instances.length + 1 }));
  const most = Math.max(0, ...counts.map(({ id, needed }) => (id === MAIN_HOST ? 0 : needed)));
  const ahead = Math.min(most, MOST_SANDBOXES);
  return counts.reduce((sum, { needed }) => sum + needed, ahead) > MOST_MEMORIES ? 0 : ahead;
}

/** `isQuiet`: every host is up, the tree stands and nobody has asked for its end. */
export type SpareRound = { readonly nowMs: number; readonly crowding: number; readonly isQuiet: boolean };

export class SpareHost {
  readonly #makeThread: () => HostThread;
  #thread: HostThread | undefined;
  #isWarm = false;
  #lastRoundMs: number | undefined;
  #quietForMs = 0;
  #failures = 0;
  #isOver = false;

  constructor(makeThread: () => HostThread) {
    this.#makeThread = makeThread;
  }

  get isWarm(): boolean {
    return this.#isWarm;
  }

  /** It burns processor time that no host's silence must be measured by. */
  get isStarting(): boolean {
    return this.#thread !== undefined && !this.#isWarm;
  }

  /** One round of the engine. Rounds for which the engine itself was late count for little, so that a starved machine waits longer. */
  beat({ nowMs, crowding, isQuiet }: SpareRound): void {
    const elapsedMs = nowMs - (this.#lastRoundMs ?? nowMs);
    this.#lastRoundMs = nowMs;
    if (this.#thread || this.#isOver) return;
    this.#quietForMs = isQuiet ? this.#quietForMs + Math.min(elapsedMs, PING_EVERY_MS + LATE_MS) : 0;
    if (this.#quietForMs >= quietMs(crowding, this.#failures)) this.#make();
  }

  #make(): void {
    const thread = this.#makeThread();
    this.#thread = thread;
    this.#quietForMs = 0;
    thread.listen({
      onMessage: ({ type }) => {
        if (type !== 'warm' || this.#thread !== thread) return;
        this.#isWarm = true;
        this.#failures = 0;
      },
      onEnd: () => this.#lose(thread),
    });
  }

  #lose(thread: HostThread): void {
    if (this.#thread !== thread) return;
    this.#failures += 1;
    this.#forget();
  }

  #forget(): void {
    this.#thread = undefined;
    this.#isWarm = false;
    this.#quietForMs = 0;
  }

  /** The thread, if it is warm: whoever takes it has it alone. */
  take(): HostThread | undefined {
    const thread = this.#isWarm ? this.#thread : undefined;
    if (thread) this.#forget();
    return thread;
  }

  /** An edit was applied. */
  takeProgram(program: Program): void {
    this.#thread?.post({ type: 'input', input: { type: 'program', program } });
  }

  /** No other is made. */
  end(): void {
    this.#isOver = true;
    const thread = this.#thread;
    this.#forget();
    thread?.terminate();
  }
}
