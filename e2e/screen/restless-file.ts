/**
 * A file that somebody is saving and does not come to an end with: now it is gone, now it is empty. That is no change yet to the Studio,
 * so as long as it goes on an edit of the file is acknowledged and not written.
 */
import { rmSync, statSync, writeFileSync } from 'node:fs';

/** Far less than a file that is gone or empty has to rest until it is taken for meant so. */
const PAUSE_MS = 15;

export class RestlessFile {
  readonly #path: string;
  readonly #timer: ReturnType<typeof setInterval> | undefined;
  #isWritten = false;

  constructor(path: string) {
    this.#path = path;
    this.#turn();
    this.#timer = setInterval(() => this.#turn(), PAUSE_MS);
  }

  #turn(): void {
    const bytes = statSync(this.#path, { throwIfNoEntry: false })?.size;
    if (bytes !== undefined && bytes > 0 && this.#timer) this.#isWritten = true;
    if (bytes === undefined) writeFileSync(this.#path, '');
    else rmSync(this.#path);
  }

  /** Whether somebody else has written it meanwhile. */
  get isWritten(): boolean {
    return this.#isWritten;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
