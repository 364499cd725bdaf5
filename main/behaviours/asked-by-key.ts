/**
 * What waits for effects, by their keys: two deliveries of one input may ask for the same effect, which is made once and answers both.
 */
export class AskedByKey<T> {
  readonly #asked = new Map<string, readonly T[]>();

  /** How many effects are waited for. */
  get size(): number {
    return this.#asked.size;
  }

  add(key: string, one: T): void {
    this.#asked.set(key, [...(this.#asked.get(key) ?? []), one]);
  }

  /** All that waited for it; they do no more. */
  take(key: string): readonly T[] {
    const asked = this.#asked.get(key) ?? [];
    this.#asked.delete(key);
    return asked;
  }

  clear(): void {
    this.#asked.clear();
  }
}
