import type { HostRecord, JournalChunk } from '../../shared/journal/record';

/** Records that go to the store in one row, at most (design section 6, Journal). */
export const CHUNK_RECORDS = 256;

/** Gathers a host's records into chunks. The host calls `flush` at the end of each slice, which is at most 5 ms long. */
export class ChunkWriter {
  readonly #host: string;
  readonly #life: number;
  readonly #emit: (chunk: JournalChunk) => void;
  #lines: string[] = [];
  #first = 1;

  constructor(options: { readonly host: string; readonly life: number; readonly emit: (chunk: JournalChunk) => void }) {
    this.#host = options.host;
    this.#life = options.life;
    this.#emit = options.emit;
  }

  add(record: HostRecord): void {
    this.#lines.push(JSON.stringify(record));
    if (this.#lines.length >= CHUNK_RECORDS) this.flush();
  }

  flush(): void {
    if (this.#lines.length === 0) return;
    const last = this.#first + this.#lines.length - 1;
    this.#emit({ host: this.#host, life: this.#life, first: this.#first, last, text: this.#lines.join('\n') });
    this.#first = last + 1;
    this.#lines = [];
  }
}
