/** One call on its way through the guards of its wire, and back. */
import { adaptError, adaptMessage, adaptOutput } from '../../shared/adapters/adapt';
import type { Json } from '../../shared/json/json';
import { DEFAULT_CALL_TIMEOUT_MS } from '../../shared/run/call-failure';
import { callError, type CallRequest } from '../kernel/behaviour';
import type { AttemptOwner, GuardedHost } from '../kernel/guarding';
import type { Process } from '../kernel/process';
import type { CallResult } from '../kernel/signal';
import type { Cancelled, GuardedWire, Passing } from './layer';

export type GuardedCallOptions = {
  readonly host: GuardedHost;
  readonly ref: number;
  readonly process: Process;
  readonly request: CallRequest;
  readonly wire: GuardedWire;
  readonly onEnd: () => void;
  /** Something that a layer held may be free. */
  readonly onMoved: () => void;
};

const NEVER = Infinity;

export class GuardedCall implements Passing, AttemptOwner {
  readonly #options: GuardedCallOptions;
  readonly tickets: number[];
  /** Layers that have been entered and not left. */
  #depth = 0;
  #attempt: number | undefined;
  #attempts = 0;
  /** The layer to which what comes back is given: the innermost, or a fallback that has asked its substitute. */
  #returnsTo = 0;
  #attemptDeadlineMs = NEVER;
  #goOnAtMs = NEVER;
  #timer: number | undefined;
  #timerAtMs = NEVER;
  #isAdapted = false;
  hasItems = false;
  #isOver = false;

  constructor(options: GuardedCallOptions) {
    this.#options = options;
    this.tickets = options.wire.layers.map(() => 0);
  }

  get process(): Process {
    return this.#options.process;
  }
  get nowMs(): number {
    return this.#options.host.nowMs;
  }
  get operation(): string {
    return this.#options.request.operation;
  }
  get isIdempotent(): boolean {
    return this.#options.host.isIdempotent(this.#options.request);
  }
  get random(): number {
    return this.#options.host.random(this.#options.wire.name, this.#options.ref, this.#attempts);
  }
  get #notAfterMs(): number {
    return this.#options.request.notAfterMs ?? NEVER;
  }

  begin(): void {
    this.#enter(0);
    this.#moved();
  }

  /** What it waited for has come. */
  goOnFrom(place: number): void {
    if (!this.#isOver) this.#enter(place);
    this.#rearm();
  }

  settled(result: CallResult): void {
    this.#attempt = undefined;
    this.#leave(this.#returnsTo, this.#isAdapted && !this.#isEndOfStream(result) ? this.#adapt(result) : result);
    this.#moved();
  }

  item(value: Json): void {
    const adapted = this.#isAdapted ? this.#adapt({ ok: true, output: value }) : undefined;
    if (adapted?.ok === false) {
      this.#dropAttempt(true);
      return this.settled(adapted);
    }
    this.hasItems = true;
    this.#options.host.item(this.process, this.#options.ref, adapted ? adapted.output : value);
  }

  demand(items: number): void {
    if (this.#attempt !== undefined) this.#options.host.demand(this.process, this.#attempt, items);
  }

  #adapt(result: CallResult): CallResult {
    const { wire, operation, input } = this.#options.request;
    const adapter = wire.adapter!;
    if (!result.ok) return { ok: false, error: { ...result.error, code: adaptError(adapter, operation, result.error.code) } };
    const adapted = adaptOutput(adapter, operation, { input, output: result.output });
    return adapted.ok ? { ok: true, output: adapted.value } : { ok: false, error: callError('invalid', adapted.message, wire.to) };
  }

  /** Nobody waits for it any more. */
  cancel(): void {
    const { host, process, wire } = this.#options;
    this.#dropAttempt(false);
    this.#cancelLayers(0, 'nobody');
    host.record({ type: 'call.abandoned', from: process.name, to: wire.wire.to });
    this.#end();
    this.#moved();
  }

  goOnAt(atMs: number): void {
    this.#goOnAtMs = atMs;
  }

  ask(node: string): void {
    this.#send(node, this.#depth - 1);
  }

  deadlineOutside(place: number): number {
    let deadlineMs = this.#notAfterMs;
    for (const limit of this.#options.wire.limits) if (limit.place < place) deadlineMs = Math.min(deadlineMs, this.tickets[limit.place]!);
    return deadlineMs;
  }

  #enter(from: number): void {
    const { layers } = this.#options.wire;
    for (let place = from; place < layers.length; place += 1) {
      this.#depth = place + 1;
      const entry = layers[place]!.enter(this, place);
      if (entry === 'wait') return;
      if (entry === 'on') continue;
      this.#depth = place;
      return this.#leave(place - 1, entry);
    }
    this.#send(this.#options.wire.wire.to, layers.length - 1);
  }

  #send(to: string, returnsTo: number): void {
    const { host, process, request } = this.#options;
    const limitMs = this.deadlineOutside(returnsTo + 1);
    const isLimited = this.#options.wire.limits.some(({ place }) => place <= returnsTo);
    this.#attemptDeadlineMs = isLimited ? NEVER : this.nowMs + DEFAULT_CALL_TIMEOUT_MS;
    this.#returnsTo = returnsTo;
    this.#attempts += 1;
    // A substitute speaks the protocol of the port.
    const { wire } = request;
    this.#isAdapted = wire.adapter !== undefined && to === wire.to;
    const message = adaptMessage(this.#isAdapted ? wire : { protocol: wire.protocol }, request);
    if (!message.ok) return this.#leave(returnsTo, { ok: false, error: callError('invalid', message.message, to) });
    this.#attempt = host.attempt(process, { request, message: message.value, to, deadlineMs: Math.min(limitMs, this.#attemptDeadlineMs), owner: this });
  }

  #leave(from: number, result: CallResult): void {
    const { layers } = this.#options.wire;
    let outcome = result;
    for (let place = from; place >= 0; place -= 1) {
      this.#depth = place + 1;
      const next = layers[place]!.leave(this, place, outcome);
      if (next === undefined) return;
      outcome = next;
    }
    this.#depth = 0;
    this.#answer(outcome);
  }

  /** Each of its items was adapted. */
  #isEndOfStream(result: CallResult): boolean {
    return result.ok && result.output === null && this.#options.host.isStream(this.#options.request);
  }

  #answer(result: CallResult): void {
    this.#end();
    const { host, process, ref, request } = this.#options;
    // A constant that stands in for a stream is the list of its items.
    const items = result.ok && Array.isArray(result.output) && host.isStream(request) ? (result.output as readonly Json[]) : undefined;
    for (const item of items ?? []) host.item(process, ref, item);
    host.answer(process, ref, items ? { ok: true, output: null } : result);
  }

  #end(): void {
    this.#isOver = true;
    this.#options.onEnd();
  }

  #dropAttempt(hasFailed: boolean): void {
    if (this.#attempt !== undefined) this.#options.host.forget(this.#options.process, this.#attempt, hasFailed);
    this.#attempt = undefined;
  }

  #cancelLayers(downTo: number, why: Cancelled): void {
    const { layers } = this.#options.wire;
    for (let place = this.#depth - 1; place >= downTo; place -= 1) layers[place]!.cancel(this, place, why);
    this.#depth = downTo;
  }

  // ---- time ----

  #moved(): void {
    this.#rearm();
    this.#options.onMoved();
  }

  #rearm(): void {
    const { host, process } = this.#options;
    const atMs = this.#isOver ? NEVER : Math.min(this.deadlineOutside(this.#depth), this.#attempt === undefined ? NEVER : this.#attemptDeadlineMs, this.#goOnAtMs);
    if (atMs === this.#timerAtMs) return;
    if (this.#timer !== undefined) host.cancelTimer(this.#timer);
    this.#timerAtMs = atMs;
    this.#timer = atMs === NEVER ? undefined : host.setTimer(process, atMs, () => this.#due());
  }

  /** The outermost time that has passed decides. */
  #due(): void {
    this.#timer = undefined;
    this.#timerAtMs = NEVER;
    const { nowMs } = this;
    const passed = this.#options.wire.limits.find(({ place }) => place < this.#depth && this.tickets[place]! <= nowMs);
    if (this.#notAfterMs <= nowMs) this.#late(0, 'within the time of its own caller');
    else if (passed) {
      passed.limit.timedOut();
      this.#late(passed.place, `within ${passed.limit.ms} ms`);
    } else if (this.#goOnAtMs <= nowMs) {
      this.#goOnAtMs = NEVER;
      this.#enter(this.#depth);
    } else if (this.#attempt !== undefined && this.#attemptDeadlineMs <= nowMs) {
      this.#dropAttempt(true);
      this.#leave(this.#returnsTo, this.#timeout(`within ${DEFAULT_CALL_TIMEOUT_MS} ms`));
    }
    this.#moved();
  }

  /** The time of the layer at `place` is over: all behind it is late, and those before it hear `timeout`. */
  #late(place: number, words: string): void {
    this.#goOnAtMs = NEVER;
    this.#dropAttempt(true);
    this.#cancelLayers(place, 'late');
    this.#leave(place - 1, this.#timeout(words));
  }

  #timeout(words: string): CallResult {
    const { to } = this.#options.wire.wire;
    return { ok: false, error: callError('timeout', `${to} did not answer ${words}`, to) };
  }
}
