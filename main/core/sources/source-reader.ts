import type { TextItem } from '../../../shared/sources/text-items';

/** Reads a source's items when asked, and no further: back-pressure is not reading. */
export interface SourceReader {
  /** At least one item and at most `max`; empty at the end. May wait for as long as the outside takes. */
  next(max: number): Promise<readonly TextItem[]>;
  close(): Promise<void>;
}

/** Items that a splitter has made and nobody has asked for yet. */
export class ItemBuffer {
  #items: TextItem[] = [];

  get isEmpty(): boolean {
    return this.#items.length === 0;
  }

  add(items: readonly TextItem[]): void {
    this.#items.push(...items);
  }

  take(max: number): readonly TextItem[] {
    return this.#items.splice(0, max);
  }
}
