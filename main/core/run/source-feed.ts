/** One source of the design at the core: reads as the source node pulls, acknowledges, delivers, and knows what is not settled. */
import type { OutsideInput, ToEngine } from '../../../shared/run/engine-protocol';
import type { ProgramSource } from '../../../shared/program/program';
import type { TextItem } from '../../../shared/sources/text-items';
import type { RunStore } from '../../store/run-store';
import type { SourceReader } from '../sources/source-reader';

export type SourceFeedOptions = {
  readonly source: ProgramSource;
  readonly reader: SourceReader;
  readonly store: RunStore;
  readonly nextId: () => number;
  readonly nowMs: () => number;
  readonly send: (message: ToEngine) => void;
  /** An item that is none: settled as failed before anyone sees it. */
  readonly onBadItem: (input: OutsideInput, message: string) => Promise<void>;
  readonly onError: (error: unknown) => void;
  /** Looks again whether the run is over. */
  readonly onChange: () => void;
};

export type Pull = { readonly engineLife: number; readonly incarnation: number; readonly credit: number };

export class SourceFeed {
  readonly #options: SourceFeedOptions;
  readonly #unsettled = new Map<number, OutsideInput>();
  #credit = 0;
  #items = 0;
  #engineLife = 0;
  #incarnation = 0;
  #isReading = false;
  #isOver = false;

  constructor(options: SourceFeedOptions) {
    this.#options = options;
  }

  get isFinished(): boolean {
    return this.#isOver && this.#unsettled.size === 0;
  }

  /** A new incarnation of the source node, or of the engine, knows nothing, and gets again what is not settled. */
  pull({ engineLife, incarnation, credit }: Pull): void {
    if (engineLife !== this.#engineLife || incarnation !== this.#incarnation) {
      this.#engineLife = engineLife;
      this.#incarnation = incarnation;
      this.#credit = credit;
      for (const input of this.#unsettled.values()) this.#deliver(input);
      if (this.#isOver) this.#tellEnd();
    } else this.#credit += credit;
    void this.#read();
  }

  settle(id: number): boolean {
    return this.#unsettled.delete(id);
  }

  async #read(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    try {
      while (this.#credit > 0 && !this.#isOver) {
        const items = await this.#options.reader.next(this.#credit);
        if (items.length === 0) this.#end();
        else await this.#take(items);
      }
    } catch (error) {
      this.#options.onError(error);
    } finally {
      this.#isReading = false;
    }
  }

  #end(): void {
    this.#isOver = true;
    this.#tellEnd();
    this.#options.onChange();
  }

  async #take(items: readonly TextItem[]): Promise<void> {
    const { source, store, nextId, nowMs, onBadItem } = this.#options;
    const inputs = items.map(({ value }): OutsideInput => ({ id: nextId(), node: source.id, operation: source.operation, value }));
    this.#items += inputs.length;
    const atMs = nowMs();
    await store.acknowledgeInputs(inputs.map((input) => ({ ...input, atMs })));
    for (const [index, input] of inputs.entries()) {
      const item = items[index]!;
      if (!item.ok) await onBadItem(input, item.message);
      else {
        // Not before: an incarnation that begins meanwhile would get it twice.
        this.#unsettled.set(input.id, input);
        this.#deliver(input);
      }
    }
  }

  #deliver(input: OutsideInput): void {
    this.#credit -= 1;
    this.#options.send({ type: 'input', input, incarnation: this.#incarnation });
  }

  #tellEnd(): void {
    this.#options.send({ type: 'sourceEnd', node: this.#options.source.id, incarnation: this.#incarnation, items: this.#items });
  }

  close(): Promise<void> {
    return this.#options.reader.close();
  }
}
