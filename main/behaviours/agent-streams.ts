/** The streams of one message of a code agent: the one it is answered with, and those that its handler reads. */
import type { Json } from '../../shared/json/json';
import type { Self } from '../kernel/behaviour';
import { STREAM_WINDOW } from '../kernel/signal';
import type { CallResult, CallSignal, CancelSignal, DemandSignal, StreamItemSignal } from '../kernel/signal';
import type { GuestAnswer } from './guest';
import { StreamOut } from './stream-out';

/** Items taken before more are asked for: half a window, so that the other half is under way meanwhile. */
const DEMANDED_AT_ONCE = STREAM_WINDOW / 2;
const DONE: GuestAnswer = { ok: true, output: null, done: true };

type Reading = { readonly stream: number; readonly ref: number; readonly items: Json[]; readonly asked: number[]; end: CallResult | undefined; taken: number };
/** What the guest is to be resumed with. */
export type Due = { readonly request: number; readonly answer: GuestAnswer };

export class AgentStreams {
  readonly #reading = new Map<number, Reading>();
  readonly #byRef = new Map<number, Reading>();
  readonly #due: Due[] = [];
  #writing: StreamOut | undefined;
  /** The guest's item that waits for room. */
  #waiting: number | undefined;
  #isRead = true;

  /** The message in hand is answered by a stream. */
  answer(call: CallSignal): void {
    this.#writing = new StreamOut(call);
    this.#isRead = true;
  }

  get isAnswering(): boolean {
    return this.#writing !== undefined;
  }

  takeDue(): Due | undefined {
    return this.#due.shift();
  }

  // ---- the one it is answered with ----

  item(self: Self, request: number, value: Json): void {
    if (!this.#isRead) return this.#resume(request, DONE);
    this.#writing!.push(self, value);
    this.#waiting = request;
    this.#goOn();
  }

  #goOn(): void {
    if (this.#waiting === undefined || !this.#writing?.hasRoom) return;
    this.#resume(this.#waiting, { ok: true, output: null });
    this.#waiting = undefined;
  }

  fromReader(self: Self, signal: DemandSignal | CancelSignal): void {
    if (!this.#writing?.isMeant(signal)) return;
    if (signal.kind === 'demand') {
      this.#writing.demanded(self, signal.items);
      return this.#goOn();
    }
    this.#isRead = false;
    if (this.#waiting !== undefined) this.#resume(this.#waiting, DONE);
    this.#waiting = undefined;
  }

  // ---- those that its handler reads ----

  open(stream: number, ref: number): void {
    const reading: Reading = { stream, ref, items: [], asked: [], end: undefined, taken: 0 };
    this.#reading.set(stream, reading);
    this.#byRef.set(ref, reading);
  }

  next(self: Self, { stream, request }: { readonly stream: number; readonly request: number }): void {
    const reading = this.#reading.get(stream);
    if (!reading) return this.#resume(request, DONE);
    reading.asked.push(request);
    this.#serve(self, reading);
  }

  close(self: Self, stream: number): void {
    const reading = this.#reading.get(stream);
    if (!reading) return;
    this.#forget(reading);
    if (!reading.end) self.abandon(reading.ref);
    for (const request of reading.asked) this.#resume(request, DONE);
  }

  received(self: Self, { ref, value }: StreamItemSignal): void {
    const reading = this.#byRef.get(ref);
    reading?.items.push(value);
    if (reading) this.#serve(self, reading);
  }

  /** Whether it was the end of one of them. */
  ended(self: Self, ref: number, result: CallResult): boolean {
    const reading = this.#byRef.get(ref);
    if (!reading) return false;
    reading.end = result;
    this.#serve(self, reading);
    return true;
  }

  #serve(self: Self, reading: Reading): void {
    while (reading.asked.length > 0 && reading.items.length > 0) {
      this.#resume(reading.asked.shift()!, { ok: true, output: reading.items.shift()! });
      this.#taken(self, reading);
    }
    if (reading.asked.length === 0 || !reading.end) return;
    const [first, ...others] = reading.asked.splice(0);
    this.#resume(first!, reading.end.ok ? DONE : reading.end);
    for (const request of others) this.#resume(request, DONE);
    this.#forget(reading);
  }

  #taken(self: Self, reading: Reading): void {
    reading.taken += 1;
    if (reading.end || reading.taken < DEMANDED_AT_ONCE) return;
    reading.taken = 0;
    self.demand(reading.ref, DEMANDED_AT_ONCE);
  }

  #forget(reading: Reading): void {
    this.#reading.delete(reading.stream);
    this.#byRef.delete(reading.ref);
  }

  #resume(request: number, answer: GuestAnswer): void {
    this.#due.push({ request, answer });
  }

  /** With the message ends what it has opened. */
  finish(self: Self): void {
    for (const { ref, end } of this.#reading.values()) if (!end) self.abandon(ref);
    this.#reading.clear();
    this.#byRef.clear();
    this.#due.length = 0;
    this.#writing = this.#waiting = undefined;
  }
}
