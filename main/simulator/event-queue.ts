/** What is due when, in virtual time; equal times in the order they were put in. */
export class EventQueue<T> {
  #items: { readonly atMs: number; readonly serial: number; readonly event: T }[] = [];
  #serial = 0;

  get size(): number {
    return this.#items.length;
  }

  put(atMs: number, event: T): void {
    const item = { atMs, serial: this.#serial++, event };
    let low = 0;
    for (let high = this.#items.length; low < high; ) {
      const middle = (low + high) >> 1;
      // Latest first, so that the next one leaves from the end.
      if (this.#items[middle]!.atMs > atMs) low = middle + 1;
      else high = middle;
    }
    this.#items.splice(low, 0, item);
  }

  nextAtMs(): number | undefined {
    return this.#items.at(-1)?.atMs;
  }

  take(): T | undefined {
    return this.#items.pop()?.event;
  }

  /** Takes out all that match, in order. */
  takeAll(matches: (event: T) => boolean): readonly T[] {
    const taken = this.#items.filter(({ event }) => matches(event)).map(({ event }) => event);
    this.#items = this.#items.filter(({ event }) => !matches(event));
    return taken.toReversed();
  }
}
