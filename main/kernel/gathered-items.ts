/** The items of a stream for whoever takes an answer in one piece: the outside. With an end, whatever the provider sends. */
import type { Json } from '../../shared/json/json';

export const MOST_GATHERED_ITEMS = 10_000;
/** Of JSON text. */
export const MOST_GATHERED_CHARACTERS = 8_000_000;

export class GatheredItems {
  readonly #items: Json[] = [];
  #characters = 0;
  readonly #wanted: number | undefined;

  /** `wanted`: so many are enough. */
  constructor(wanted?: number) {
    this.#wanted = wanted;
  }

  get isEnough(): boolean {
    return this.#items.length === this.#wanted;
  }

  /** Whether what there is may stand for the whole. */
  get isPart(): boolean {
    return this.#wanted !== undefined && this.#items.length > 0;
  }

  /** Answers why it can take no more, if it can't. */
  add(item: Json): string | undefined {
    this.#characters += JSON.stringify(item).length;
    if (this.#items.length >= MOST_GATHERED_ITEMS) return `it has more than ${MOST_GATHERED_ITEMS} items`;
    if (this.#characters > MOST_GATHERED_CHARACTERS) return `its items have more than ${MOST_GATHERED_CHARACTERS} characters`;
    this.#items.push(item);
    return undefined;
  }

  get list(): readonly Json[] {
    return this.#items;
  }
}
