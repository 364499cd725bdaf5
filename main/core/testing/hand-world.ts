import type { CoreWorld } from '../core-world';

/** Time goes on when a test says so. */
export class HandWorld implements CoreWorld {
  #now = 1000;
  #timers: { readonly atMs: number; readonly fire: () => void }[] = [];
  readonly nowMs = (): number => this.#now;
  readonly unixMs = (): number => this.#now;
  readonly setTimer = (ms: number, fire: () => void): { readonly cancel: () => void } => {
    const timer = { atMs: this.#now + ms, fire };
    this.#timers.push(timer);
    return { cancel: () => void (this.#timers = this.#timers.filter((one) => one !== timer)) };
  };
  get timers(): number {
    return this.#timers.length;
  }
  pass(ms: number): void {
    this.#now += ms;
    for (const timer of [...this.#timers]) {
      if (timer.atMs > this.#now) continue;
      this.#timers = this.#timers.filter((one) => one !== timer);
      timer.fire();
    }
  }
}
