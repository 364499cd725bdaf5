/** Puts the records of a run's hosts into causal order, as they come in: what a batch follows from goes before it. */
import type { HostRecord, JournalChunk } from '../../../shared/journal/record';

type Stream = { readonly waiting: HostRecord[]; last: number };

export class CausalOrder {
  readonly #emit: (hostLife: string, record: HostRecord) => void;
  readonly #streams = new Map<string, Stream>();

  constructor(emit: (hostLife: string, record: HostRecord) => void) {
    this.#emit = emit;
  }

  /** Records that still wait for others, of which there are none once every host has told all. */
  get waiting(): number {
    return [...this.#streams.values()].reduce((sum, { waiting }) => sum + waiting.length, 0);
  }

  add({ host, life, text }: JournalChunk): void {
    this.#streamOf(`${host}#${life}`).waiting.push(...text.split('\n').map((line) => JSON.parse(line) as HostRecord));
    while ([...this.#streams].some(([hostLife, stream]) => this.#advance(hostLife, stream))) continue;
  }

  #streamOf(hostLife: string): Stream {
    const stream = this.#streams.get(hostLife) ?? { waiting: [], last: 0 };
    this.#streams.set(hostLife, stream);
    return stream;
  }

  /** Answers whether a record could go. */
  #advance(hostLife: string, stream: Stream): boolean {
    const [next] = stream.waiting;
    if (!next || (next.causeIn !== undefined && this.#streamOf(next.causeIn).last < next.cause!)) return false;
    stream.waiting.shift();
    stream.last = next.number;
    this.#emit(hostLife, next);
    return true;
  }
}
