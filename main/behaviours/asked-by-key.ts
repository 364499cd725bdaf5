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
    this.#asked.set(key, [...this.of(key), one]);
  }

  of(key: string): readonly T[] {
    return this.#asked.get(key) ?? [];
  }

  /** One waits no more. Answers whether any other does. */
  leave(key: string, one: T): boolean {
    const left = this.of(key).filter((other) => other !== one);
    if (left.length === 0) this.#asked.delete(key);
    else this.#asked.set(key, left);
    return left.length > 0;
  }

  /** All that waited for it; they do no more. */
  take(key: string): readonly T[] {
    const asked = this.of(key);
    this.#asked.delete(key);
    return asked;
  }

  clear(): void {
    this.#asked.clear();
  }
}
