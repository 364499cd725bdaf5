/** A file that somebody saves again and again. As long as that goes on it never comes to rest, so an edit of it is acknowledged and not written. */
import { readFileSync, writeFileSync } from 'node:fs';

const PAUSE_MS = 12;

export class RestlessFile {
  readonly #path: string;
  readonly #text: string;
  readonly #timer: ReturnType<typeof setInterval>;
  #saved = 0;

  constructor(path: string) {
    this.#path = path;
    this.#text = readFileSync(path, 'utf8');
    // Another number of empty lines each time: other bytes, and they say the same.
    this.#timer = setInterval(() => writeFileSync(path, `${this.#text}${'\n'.repeat((this.#saved += 1) % 97)}`), PAUSE_MS);
  }

  /** Whether nobody else has written it meanwhile. */
  get isAsItWas(): boolean {
    return readFileSync(this.#path, 'utf8').trimEnd() === this.#text.trimEnd();
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
