import type { Json } from '../../../shared/json/json';
import type { TextItem } from '../../../shared/sources/text-items';
import type { SourceReader } from './source-reader';

/** Messages that a person sends while a run goes on. It has no end but `close`. */
export class PromptReader implements SourceReader {
  #waiting: TextItem[] = [];
  #wake: (() => void) | undefined;
  #count = 0;
  #isOver = false;

  /** Answers the number of the message: the id of its reply. */
  send(value: Json): number {
    this.#count += 1;
    this.#waiting.push({ ok: true, value });
    this.#wake?.();
    return this.#count;
  }

  async next(max: number): Promise<readonly TextItem[]> {
    while (this.#waiting.length === 0 && !this.#isOver) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.#waiting.splice(0, max);
  }

  close(): Promise<void> {
    this.#isOver = true;
    this.#wake?.();
    return Promise.resolve();
  }
}
