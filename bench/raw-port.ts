/** What a raw message port reaches: arrays or JSON texts of 64 messages, one round trip at a time, 64 at once. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { perSecond, type Measured } from './figure';
import { inputOf } from './program';

const BATCH = 64;

export class RawPort {
  #worker = this.#begin();
  #onAnswer: () => void = () => undefined;

  #begin(): Worker {
    const worker = new Worker(join(import.meta.dirname, 'raw-peer.js'));
    worker.on('message', () => this.#onAnswer());
    return worker;
  }

  /** Ends the thread, begins another, and waits for its first answer. */
  async replace(): Promise<Measured> {
    const begin = performance.now();
    await this.#worker.terminate();
    this.#worker = this.#begin();
    await this.roundTrips(1);
    return { value: performance.now() - begin };
  }

  /** Two halves of the window under way, each ending in a message that comes back: as the bench's own driver does it. */
  oneWay(count: number, window: number, encode: (batch: readonly object[]) => unknown): Promise<Measured> {
    let sent = 0;
    let open = 0;
    const half = (): void => {
      for (let one = 0; one < window / 2; one += BATCH) {
        const isLast = one + BATCH >= window / 2;
        const batch = Array.from({ length: BATCH }, (_, index) => ({ id: sent + index, echo: isLast && index === BATCH - 1, input: inputOf(index) }));
        sent += BATCH;
        this.#worker.postMessage(encode(batch));
      }
      open += 1;
    };
    const begin = performance.now();
    half();
    half();
    return new Promise((resolve) => {
      this.#onAnswer = () => {
        open -= 1;
        if (sent < count) half();
        else if (open === 0) resolve(perSecond(sent, performance.now() - begin));
      };
    });
  }

  /** `value`: microseconds at the median. */
  async roundTrips(count: number): Promise<Measured> {
    const took = new Float64Array(count);
    for (let one = 0; one < count; one += 1) {
      const begin = performance.now();
      const answered = new Promise<void>((resolve) => (this.#onAnswer = resolve));
      this.#worker.postMessage({ id: one, echo: true, input: inputOf(one) });
      await answered;
      took[one] = (performance.now() - begin) * 1000;
    }
    took.sort();
    return { value: took[count >> 1]!, also: { p99Us: took[Math.floor(count * 0.99)]! } };
  }

  inFlight(count: number, atOnce: number): Promise<Measured> {
    let [sent, answered] = [0, 0];
    const send = (): void => this.#worker.postMessage({ id: sent, echo: true, input: inputOf(sent++) });
    const begin = performance.now();
    for (let one = 0; one < atOnce; one += 1) send();
    return new Promise((resolve) => {
      this.#onAnswer = () => {
        answered += 1;
        if (sent < count) send();
        else if (answered === sent) resolve(perSecond(count, performance.now() - begin));
      };
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
