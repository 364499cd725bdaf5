/** Lines of text in a temporary file, read a page at a time: the journal of a simulation, which may be long. */
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Lines between two places that are remembered. */
const EVERY = 64;
const MOST_READ_BYTES = 16 * 1024 * 1024;

export class LineFile {
  readonly #folder: string;
  readonly #descriptor: number;
  /** Where every 64th line begins, from line 0 on. */
  readonly #places: number[] = [];
  #bytes = 0;
  count = 0;

  constructor() {
    this.#folder = mkdtempSync(join(tmpdir(), 'prismatic-lines-'));
    this.#descriptor = openSync(join(this.#folder, 'lines'), 'wx+', 0o600);
  }

  get bytes(): number {
    return this.#bytes;
  }

  append(lines: readonly string[]): void {
    let at = this.#bytes;
    for (const line of lines) {
      if (this.count % EVERY === 0) this.#places.push(at);
      at += Buffer.byteLength(line) + 1;
      this.count += 1;
    }
    const block = Buffer.from(lines.map((line) => `${line}\n`).join(''));
    for (let written = 0; written < block.length; ) written += writeSync(this.#descriptor, block, written, block.length - written, this.#bytes + written);
    this.#bytes = at;
  }

  /** Lines from `from` on, counted from 0; fewer than `count` where they are long. */
  page(from: number, count: number): readonly string[] {
    if (from >= this.count || count <= 0) return [];
    const first = Math.floor(from / EVERY);
    const begin = this.#places[first]!;
    let last = Math.floor((from + count - 1) / EVERY) + 1;
    while (last > first + 1 && (this.#places[last] ?? this.#bytes) - begin > MOST_READ_BYTES) last = Math.min(last, this.#places.length) - 1;
    const end = this.#places[last] ?? this.#bytes;
    const block = Buffer.alloc(end - begin);
    for (let read = 0; read < block.length; ) read += readSync(this.#descriptor, block, read, block.length - read, begin + read);
    return block.toString('utf8').split('\n').slice(0, -1).slice(from - first * EVERY, from - first * EVERY + count);
  }

  /** The file is gone afterwards. */
  close(): void {
    closeSync(this.#descriptor);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
