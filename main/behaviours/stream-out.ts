/** The answering side of one stream: what waits for its reader, and how much more of it the reader has asked for. */
import type { Json } from '../../shared/json/json';
import type { Self } from '../kernel/behaviour';
import { STREAM_WINDOW, type CallResult, type CallSignal } from '../kernel/signal';

export class StreamOut {
  readonly call: CallSignal;
  readonly #waiting: Json[] = [];
  #end: CallResult | undefined;
  #credit = STREAM_WINDOW;

  constructor(call: CallSignal) {
    this.call = call;
  }

  /** Whether one more item would leave at once. */
  get hasRoom(): boolean {
    return this.#credit > 0 && this.#waiting.length === 0;
  }

  /** A demand or a cancel is about this stream. */
  isMeant({ ref, from }: { readonly ref: number; readonly from: string }): boolean {
    return this.call.ref === ref && this.call.from === from;
  }

  push(self: Self, item: Json): void {
    this.#waiting.push(item);
    this.#flush(self);
  }

  /** After the items that wait: null where it went well, or the error it ended with. */
  end(self: Self, result: CallResult): void {
    this.#end = result.ok ? { ok: true, output: null } : result;
    this.#flush(self);
  }

  demanded(self: Self, items: number): void {
    this.#credit += items;
    this.#flush(self);
  }

  /** Whether all has been sent, and its end. */
  get isOver(): boolean {
    return this.#end !== undefined && this.#waiting.length === 0;
  }

  #flush(self: Self): void {
    while (this.#credit > 0 && this.#waiting.length > 0) {
      this.#credit -= 1;
      self.sendItem(this.call, this.#waiting.shift()!);
    }
    if (this.#end && this.#waiting.length === 0) self.reply(this.call, this.#end);
  }
}
