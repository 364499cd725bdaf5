/**
 * Guards as one would write them without a thought for speed: nested async functions, a promise for each wait, all of it on a clock of its
 * own. What it says of who is asked when, and who is answered what, is compared with the layers.
 */
import { setImmediate as immediately } from 'node:timers/promises';
import { assertNever } from '../../../shared/assert';
import type { Guard, GuardOf } from '../../../shared/design/guard';
import { PASSING_FAILURES, UNBEGUN_FAILURES } from '../../../shared/run/call-failure';
import { SlowBreaker } from './slow-breaker';

/** How the provider answers the n-th attempt of a call: after so long, with `yes` or a failure; or never. */
export type Scripted = { readonly afterMs: number; readonly code: string } | 'never';
export type Seen = { readonly call: number; readonly asked: readonly string[]; readonly answer: string | undefined };

/** Whoever waits stops waiting when it is cancelled; what stands inside of it is cancelled with it. */
class Cancel {
  readonly cancelled: Promise<'cancelled'>;
  isCancelled = false;
  #tell: () => void = () => undefined;

  /** When it is cancelled for being late. */
  readonly untilMs: number;

  constructor(untilMs: number, outer?: Cancel) {
    this.untilMs = Math.min(untilMs, outer?.untilMs ?? Infinity);
    this.cancelled = new Promise((resolve) => (this.#tell = () => resolve('cancelled')));
    void outer?.cancelled.then(() => this.cancel());
  }

  cancel(): void {
    this.isCancelled = true;
    this.#tell();
  }
}

class Cancelled extends Error {}

export class SlowWire {
  readonly #guards: readonly Guard[];
  readonly #script: (call: number, attempt: number) => Scripted;
  readonly #isIdempotent: boolean;
  #events: { readonly atMs: number; readonly order: number; readonly run: () => void }[] = [];
  #order = 0;
  nowMs = 0;
  readonly #seen = new Map<number, { asked: string[]; answer?: string }>();
  readonly #breakers = new Map<Guard, SlowBreaker>();
  readonly #running = new Map<Guard, number>();
  readonly #queues = new Map<Guard, (() => void)[]>();
  readonly #taken = new Map<Guard, { readonly atMs: number }[]>();

  constructor(guards: readonly Guard[], script: (call: number, attempt: number) => Scripted, isIdempotent: boolean) {
    this.#guards = guards;
    this.#script = script;
    this.#isIdempotent = isIdempotent;
  }

  seen(): readonly Seen[] {
    return [...this.#seen].map(([call, { asked, answer }]) => ({ call, asked, answer }));
  }

  async pass(ms: number): Promise<void> {
    const untilMs = this.nowMs + ms;
    await settled();
    for (;;) {
      this.#events.sort((a, b) => a.atMs - b.atMs || a.order - b.order);
      const next = this.#events[0];
      if (!next || next.atMs > untilMs) break;
      this.#events.shift();
      this.nowMs = next.atMs;
      next.run();
      await settled();
    }
    this.nowMs = untilMs;
  }

  async ask(call: number): Promise<void> {
    const seen: { asked: string[]; answer?: string } = { asked: [] };
    this.#seen.set(call, seen);
    void this.#through(0, call, new Cancel(Infinity)).then((code) => (seen.answer = `${this.nowMs} ${code}`));
    await settled();
  }

  #sleep(ms: number): Promise<'slept'> {
    return new Promise((resolve) => this.#events.push({ atMs: this.nowMs + ms, order: this.#order++, run: () => resolve('slept') }));
  }

  /** Throws where nobody waits any more. */
  async #wait<T>(promise: Promise<T>, cancel: Cancel): Promise<T> {
    const first = await Promise.race([promise, cancel.cancelled]);
    if (cancel.isCancelled || first === 'cancelled') throw new Cancelled();
    return first;
  }

  #through(place: number, call: number, cancel: Cancel): Promise<string> {
    const guard = this.#guards[place];
    const inner = (within = cancel): Promise<string> => this.#through(place + 1, call, within);
    if (!guard) return this.#attempt(call, cancel);
    switch (guard.kind) {
      case 'timeout':
        return this.#inTime(guard.ms, inner, cancel);
      case 'retry':
        return this.#retried(guard, inner, cancel);
      case 'breaker':
        return this.#broken(guard, inner);
      case 'bulkhead':
        return this.#inPlace(guard, inner, cancel);
      case 'rateLimit':
        return this.#inTurn(guard, inner, cancel);
      case 'fallback':
        return inner().then((code) => (PASSING_FAILURES.has(code) ? 'instead' : code));
      default:
        return assertNever(guard);
    }
  }

  async #attempt(call: number, cancel: Cancel): Promise<string> {
    const { asked } = this.#seen.get(call)!;
    asked.push(String(this.nowMs));
    const scripted = this.#script(call, asked.length);
    const answer = scripted === 'never' ? new Promise<string>(() => undefined) : this.#sleep(scripted.afterMs).then(() => scripted.code);
    const hasTimeout = this.#guards.some(({ kind }) => kind === 'timeout');
    return this.#wait(hasTimeout ? answer : Promise.race([answer, this.#sleep(5000).then(() => 'timeout')]), cancel);
  }

  async #inTime(ms: number, inner: (within: Cancel) => Promise<string>, cancel: Cancel): Promise<string> {
    const within = new Cancel(this.nowMs + ms, cancel);
    const answer = inner(within).catch(() => 'timeout');
    const result = await this.#wait(Promise.race([answer, this.#sleep(ms)]), cancel);
    if (result !== 'slept') return result;
    within.cancel();
    // What is inside has heard of it before those outside.
    await answer;
    return 'timeout';
  }

  async #retried(guard: GuardOf<'retry'>, inner: () => Promise<string>, cancel: Cancel): Promise<string> {
    for (let attempt = 1; ; attempt += 1) {
      const code = await inner();
      const mayBe = PASSING_FAILURES.has(code) && ((guard.idempotent ?? this.#isIdempotent) || UNBEGUN_FAILURES.has(code));
      if (!mayBe || attempt >= guard.attempts) return code;
      const pauseMs = Math.min(guard.maxBackoffMs, guard.backoffMs * guard.factor ** (attempt - 1));
      // Nobody would wait for it.
      if (this.nowMs + pauseMs >= cancel.untilMs) return code;
      await this.#wait(this.#sleep(pauseMs), cancel);
    }
  }

  async #broken(guard: GuardOf<'breaker'>, inner: () => Promise<string>): Promise<string> {
    const breaker = this.#breakers.get(guard) ?? new SlowBreaker(guard);
    this.#breakers.set(guard, breaker);
    const phase = breaker.begin(this.nowMs);
    if (phase === undefined) return 'overloaded';
    try {
      const code = await inner();
      breaker.end(phase, PASSING_FAILURES.has(code) ? 'failure' : 'success', this.nowMs);
      return code;
    } catch (cancelled) {
      breaker.end(phase, 'failure', this.nowMs);
      throw cancelled;
    }
  }

  async #inPlace(guard: GuardOf<'bulkhead'>, inner: () => Promise<string>, cancel: Cancel): Promise<string> {
    const queue = this.#queues.get(guard) ?? [];
    this.#queues.set(guard, queue);
    const running = (): number => this.#running.get(guard) ?? 0;
    const free = (): void => {
      const next = queue.shift();
      if (next) next();
      else this.#running.set(guard, running() - 1);
    };
    if (running() < guard.concurrency) this.#running.set(guard, running() + 1);
    else if (queue.length >= guard.queue) return 'overloaded';
    else await this.#queued(queue, cancel);
    try {
      return await inner();
    } finally {
      free();
    }
  }

  /** A place is handed over by whoever frees it. */
  async #queued(queue: (() => void)[], cancel: Cancel): Promise<void> {
    let take: () => void = () => undefined;
    const turn = new Promise<void>((resolve) => queue.push((take = resolve)));
    try {
      await this.#wait(turn, cancel);
    } catch (cancelled) {
      if (queue.includes(take)) queue.splice(queue.indexOf(take), 1);
      throw cancelled;
    }
  }

  /** A bucket that is filled evenly, never beyond its brim; who takes a token that is not there yet waits until it is. */
  async #inTurn(guard: GuardOf<'rateLimit'>, inner: () => Promise<string>, cancel: Cancel): Promise<string> {
    const taken = this.#taken.get(guard) ?? [];
    this.#taken.set(guard, taken);
    const everyMs = guard.perMs / guard.calls;
    const thereMs = filledAt(guard, taken, this.nowMs);
    if (thereMs < everyMs && thereMs - everyMs < -guard.queue * everyMs) return 'overloaded';
    const taking = { atMs: this.nowMs };
    taken.push(taking);
    try {
      if (thereMs < everyMs) await this.#wait(this.#sleep(Math.ceil(everyMs - thereMs)), cancel);
    } catch (cancelled) {
      taken.splice(taken.indexOf(taking), 1);
      throw cancelled;
    }
    return inner();
  }
}

/** How full it is at a moment, in ms of filling, after all that has ever been taken. */
function filledAt({ calls, perMs }: GuardOf<'rateLimit'>, taken: readonly { readonly atMs: number }[], nowMs: number): number {
  let [filledMs, beforeMs] = [perMs, 0];
  for (const { atMs } of taken) {
    filledMs = Math.min(perMs, filledMs + atMs - beforeMs) - perMs / calls;
    beforeMs = atMs;
  }
  return Math.min(perMs, filledMs + nowMs - beforeMs);
}

/** All promises that can go on have gone on. */
const settled = (): Promise<void> => immediately();
