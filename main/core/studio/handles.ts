/** Names for the folders and files that a person has chosen: a page says a name, never a path (security 4.1). */
import { createHash } from 'node:crypto';

const MOST_HANDLES = 100_000;

export class Handles {
  readonly #salt: string;
  readonly #paths = new Map<string, string>();

  /** `salt` is random for each process, so that a page can't make names up. */
  constructor(salt: string) {
    this.#salt = salt;
  }

  /** The same path has the same name as long as the process lives. */
  give(path: string): string {
    const handle = createHash('sha256').update(`${this.#salt}\n${path}`).digest('base64url').slice(0, 32);
    if (this.#paths.size >= MOST_HANDLES && !this.#paths.has(handle)) this.#paths.clear();
    this.#paths.set(handle, path);
    return handle;
  }

  find(handle: string): string | undefined {
    return this.#paths.get(handle);
  }
}
