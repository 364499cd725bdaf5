/** Timers of one host by due time; equal times in the order they were set. A binary heap, cancelled entries leave when they surface. */
export type TimerEntry = { readonly id: number; readonly atMs: number; readonly fire: () => void; readonly pid: string; isCancelled: boolean };

export class TimerQueue {
  readonly #heap: TimerEntry[] = [];
  readonly #live = new Map<number, TimerEntry>();
  #nextId = 1;

  get size(): number {
    return this.#live.size;
  }

  set(options: { readonly atMs: number; readonly pid: string; readonly fire: () => void }): number {
    const entry: TimerEntry = { id: this.#nextId++, atMs: options.atMs, pid: options.pid, fire: options.fire, isCancelled: false };
    this.#live.set(entry.id, entry);
    this.#heap.push(entry);
    this.#rise(this.#heap.length - 1);
    return entry.id;
  }

  cancel(id: number): void {
    const entry = this.#live.get(id);
    if (!entry) return;
    entry.isCancelled = true;
    this.#live.delete(id);
    // Deadlines are mostly cancelled long before they are due: without this, the heap would hold one for every call of the last 5 s.
    if (this.#heap.length > 64 && this.#heap.length > 4 * this.#live.size) this.#compact();
  }

  nextAtMs(): number | undefined {
    this.#dropCancelled();
    return this.#heap[0]?.atMs;
  }

  /** Takes the first entry that is due at `nowMs`, or nothing. */
  takeDue(nowMs: number): TimerEntry | undefined {
    this.#dropCancelled();
    const first = this.#heap[0];
    if (!first || first.atMs > nowMs) return undefined;
    this.#removeFirst();
    this.#live.delete(first.id);
    return first;
  }

  #dropCancelled(): void {
    while (this.#heap[0]?.isCancelled) this.#removeFirst();
  }

  #compact(): void {
    const live = this.#heap.filter((entry) => !entry.isCancelled).sort((a, b) => (isBefore(a, b) ? -1 : 1));
    this.#heap.splice(0, this.#heap.length, ...live);
  }

  #removeFirst(): void {
    const last = this.#heap.pop();
    if (!last || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#sink(0);
  }

  #rise(index: number): void {
    const heap = this.#heap;
    for (let at = index; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!isBefore(heap[at]!, heap[parent]!)) return;
      [heap[at], heap[parent]] = [heap[parent]!, heap[at]!];
      at = parent;
    }
  }

  #sink(index: number): void {
    const heap = this.#heap;
    for (let at = index; ; ) {
      const left = 2 * at + 1;
      if (left >= heap.length) return;
      const right = left + 1;
      const least = right < heap.length && isBefore(heap[right]!, heap[left]!) ? right : left;
      if (!isBefore(heap[least]!, heap[at]!)) return;
      [heap[at], heap[least]] = [heap[least]!, heap[at]!];
      at = least;
    }
  }
}

const isBefore = (a: TimerEntry, b: TimerEntry): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.id < b.id);
