import { LineSplitter, type TextItem } from '../../../shared/sources/text-items';
import { ItemBuffer, type SourceReader } from './source-reader';

/** Lines of a stream: the standard input. Reads on only while nothing is left to give. */
export class StreamReader implements SourceReader {
  readonly #pieces: AsyncIterator<Uint8Array>;
  readonly #splitter: LineSplitter;
  readonly #buffer = new ItemBuffer();
  #isOver = false;

  constructor(stream: AsyncIterable<Uint8Array>, parse: 'text' | 'json') {
    this.#pieces = stream[Symbol.asyncIterator]();
    this.#splitter = new LineSplitter(parse);
  }

  async next(max: number): Promise<readonly TextItem[]> {
    while (this.#buffer.isEmpty && !this.#isOver) {
      const piece = await this.#pieces.next();
      if (piece.done) {
        this.#isOver = true;
        this.#buffer.add(this.#splitter.end());
      } else this.#buffer.add(this.#splitter.push(piece.value));
    }
    return this.#buffer.take(max);
  }

  async close(): Promise<void> {
    this.#isOver = true;
    await this.#pieces.return?.();
  }
}
