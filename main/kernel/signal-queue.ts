import type { Signal } from './signal';

/** Of all queues that are empty: most are, and nothing is ever put into this one. */
const NONE: Signal[] = [];

/** First in, first out, with removal from the middle for selective receive. Taking from the front costs the same at any length. */
export class SignalQueue {
  #items: Signal[] = NONE;
  #head = 0;

  get length(): number {
    return this.#items.length - this.#head;
  }

  push(signal: Signal): void {
    if (this.#items === NONE) this.#items = [signal];
    else this.#items.push(signal);
  }

  shift(): Signal | undefined {
    if (this.#head === this.#items.length) return undefined;
    const signal = this.#items[this.#head];
    this.#head += 1;
    if (this.#head === this.#items.length) {
      this.#items = NONE;
      this.#head = 0;
    } else if (this.#head >= 1024 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return signal;
  }

  takeFirst(matches: (signal: Signal) => boolean): Signal | undefined {
    for (let index = this.#head; index < this.#items.length; index += 1) {
      const signal = this.#items[index]!;
      if (!matches(signal)) continue;
      if (index === this.#head) return this.shift();
      this.#items.splice(index, 1);
      return signal;
    }
    return undefined;
  }

  has(matches: (signal: Signal) => boolean): boolean {
    for (let index = this.#head; index < this.#items.length; index += 1) if (matches(this.#items[index]!)) return true;
    return false;
  }

  drain(): readonly Signal[] {
    const rest = this.#items.slice(this.#head);
    this.#items = NONE;
    this.#head = 0;
    return rest;
  }
}
