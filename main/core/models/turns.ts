/** A bound on what is under way at once: who comes later waits, in order. */
export class Turns {
  readonly #most: number;
  readonly #waiting = new Set<() => void>();
  #taken = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** Whether the turn was got, and is to be given back; not where `signal` came first. */
  async take(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    if (this.#taken < this.#most) {
      this.#taken += 1;
      return true;
    }
    return new Promise((resolve) => {
      const leave = (): void => {
        if (this.#waiting.delete(answer)) resolve(false);
      };
      const answer = (): void => {
        signal.removeEventListener('abort', leave);
        resolve(true);
      };
      this.#waiting.add(answer);
      signal.addEventListener('abort', leave);
    });
  }

  /** Goes to the one who has waited longest. */
  giveBack(): void {
    const [next] = this.#waiting;
    if (!next) return void (this.#taken -= 1);
    this.#waiting.delete(next);
    next();
  }
}
