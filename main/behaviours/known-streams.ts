/**
 * Streams whose items are known when they begin: those of scripts, recordings and made-up answers. Each item goes out at its time, in order, and
 * as the reader asks for more; the end comes after the last.
 */
import { isObject } from '../../shared/json/is-object';
import type { Json } from '../../shared/json/json';
import { formatMismatch } from '../../shared/schema/validate-value';
import { mismatchOf } from '../../shared/schema/fits-schema';
import type { ValueSchema } from '../../shared/schema/value-schema';
import type { Self } from '../kernel/behaviour';
import { outputOf } from '../kernel/door';
import type { CallResult, CallSignal, CancelSignal, DemandSignal } from '../kernel/signal';
import { StreamOut } from './stream-out';

/** `delayMs`: from the call to the end; the items come evenly spread over it. */
export type KnownStream = { readonly items: readonly Json[]; readonly end: CallResult; readonly delayMs: number };
type Running = KnownStream & { readonly out: StreamOut; next: number; readonly beganMs: number; timer: number | undefined };

export class KnownStreams {
  readonly #running = new Set<Running>();

  /** Answers what is wrong with an item, if one is: nothing has been sent then. */
  begin(self: Self, call: CallSignal, stream: KnownStream): string | undefined {
    const output = outputOf(self.program, call);
    for (const item of stream.items) {
      const mismatch = mismatchOf(output, item);
      if (mismatch) return formatMismatch(mismatch);
    }
    const running: Running = { ...stream, out: new StreamOut(call), next: 0, beganMs: self.nowMs, timer: undefined };
    this.#running.add(running);
    this.#goOn(self, running);
    return undefined;
  }

  /** Whether the timer was one of a stream. */
  due(self: Self, timer: number): boolean {
    const running = [...this.#running].find((one) => one.timer === timer);
    if (running) this.#goOn(self, running);
    return running !== undefined;
  }

  fromReader(self: Self, signal: DemandSignal | CancelSignal): void {
    const running = [...this.#running].find(({ out }) => out.isMeant(signal));
    if (!running) return;
    if (signal.kind === 'demand') running.out.demanded(self, signal.items);
    else if (running.timer !== undefined) self.cancelTimer(running.timer);
    if (signal.kind === 'cancel' || running.out.isOver) this.#running.delete(running);
  }

  #goOn(self: Self, running: Running): void {
    const { out, items, end, beganMs } = running;
    running.timer = undefined;
    for (; running.next < items.length; running.next += 1) {
      const leftMs = beganMs + this.#dueMs(running, running.next + 1) - self.nowMs;
      if (leftMs > 0) return void (running.timer = self.setTimer(leftMs, null));
      out.push(self, items[running.next]!);
    }
    const leftMs = beganMs + running.delayMs - self.nowMs;
    if (leftMs > 0) return void (running.timer = self.setTimer(leftMs, null));
    out.end(self, end);
    if (out.isOver) this.#running.delete(running);
  }

  #dueMs({ items, delayMs }: Running, count: number): number {
    return Math.round((delayMs * count) / items.length);
  }

  clear(): void {
    this.#running.clear();
  }
}

/**
 * What a script's reply is as a stream: a list is its items; an answer with a `text`, where an item may be a text alone, is said in words, and the
 * rest of it comes last; anything else is one item.
 */
export function itemsOf(reply: Json | undefined, output: ValueSchema): readonly Json[] {
  if (reply === undefined) return [];
  if (Array.isArray(reply)) return reply as readonly Json[];
  if (typeof reply === 'string' && !mismatchOf(output, 'a')) return wordsOf(reply);
  if (!isObject(reply) || typeof reply['text'] !== 'string' || mismatchOf(output, { text: 'a' })) return [reply];
  const { text, ...rest } = reply;
  const words = wordsOf(text).map((word) => ({ text: word }));
  return Object.keys(rest).length === 0 ? words : [...words, { text: '', ...rest }];
}

/** Each with the space behind it: put together they are the text again. */
const wordsOf = (text: string): readonly string[] => text.match(/\S+\s*|\s+/g) ?? [];
