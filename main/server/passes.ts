/**
 * The token of this start, and the one-time codes that are changed for it. Both are random, compared in constant time, and never in an
 * address line, a cookie or a log. Many wrong answers close the door for a second, whoever gave them.
 */
import { createHash, timingSafeEqual } from 'node:crypto';

const CODE_LIVES_MS = 60_000;
const MOST_WRONG = 20;
const CLOSED_MS = 1000;
/** Links that are open at a time; a newer one takes the place of the oldest. */
const MOST_CODES = 8;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const isSame = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

export type PassWorld = { readonly nowMs: () => number; readonly random: (bytes: number) => string };

export class Passes {
  readonly #world: PassWorld;
  readonly #token: string;
  #codes: { readonly code: string; readonly untilMs: number }[] = [];
  #wrong = 0;
  #closedUntilMs = -Infinity;

  constructor(world: PassWorld) {
    this.#world = world;
    this.#token = world.random(32);
  }

  /** A new one-time code, good for 60 s. */
  makeCode(): string {
    const code = this.#world.random(16);
    this.#codes = [...this.#codes, { code, untilMs: this.#world.nowMs() + CODE_LIVES_MS }].slice(-MOST_CODES);
    return code;
  }

  /** The token, once for each code. */
  exchange(code: unknown): string | undefined {
    if (this.#isClosed() || typeof code !== 'string') return this.#refuse();
    const nowMs = this.#world.nowMs();
    // All are compared, so that the time says nothing about which was near.
    const found = this.#codes.filter((one) => isSame(one.code, code)).find(({ untilMs }) => nowMs < untilMs);
    if (!found) return this.#refuse();
    this.#codes = this.#codes.filter((one) => one !== found);
    return this.#token;
  }

  isToken(token: unknown): boolean {
    if (this.#isClosed()) return false;
    if (typeof token === 'string' && isSame(token, this.#token)) return true;
    this.#refuse();
    return false;
  }

  #isClosed(): boolean {
    return this.#world.nowMs() < this.#closedUntilMs;
  }

  #refuse(): undefined {
    if (!this.#isClosed() && ++this.#wrong >= MOST_WRONG) {
      this.#wrong = 0;
      this.#closedUntilMs = this.#world.nowMs() + CLOSED_MS;
    }
    return undefined;
  }
}
