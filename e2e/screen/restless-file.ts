/**
 * A file that somebody is saving and does not come to an end with: half of a JSON file, ever another half; any other file is gone, then
 * empty. That is no change yet to the Studio, so as long as it goes on an edit of the file is acknowledged and not written.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';

export class RestlessFile {
  readonly #path: string;
  #last: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turns = 0;
  #isWritten = false;

  constructor(path: string) {
    this.#path = path;
    this.#last = this.#read();
    this.#turn();
  }

  #turn(): void {
    if (this.#read() !== this.#last) this.#isWritten = true;
    this.#turns += 1;
    this.#last = this.#path.endsWith('.json') ? `{${' '.repeat(this.#turns)}` : this.#turns % 2 === 0 ? '' : undefined;
    if (this.#last === undefined) rmSync(this.#path);
    else writeFileSync(this.#path, this.#last);
    // Not in step with whoever looks at it now and then.
    this.#timer = setTimeout(() => this.#turn(), 8 + ((this.#turns * 37) % 29));
  }

  #read(): string | undefined {
    try {
      return readFileSync(this.#path, 'utf8');
    } catch {
      // It is gone, by our own hand or another.
      return undefined;
    }
  }

  /** Whether somebody else has written it meanwhile. */
  get isWritten(): boolean {
    return this.#isWritten || this.#read() !== this.#last;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
