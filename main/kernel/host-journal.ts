import type { DropReason, HostRecord, JournalEvent } from '../../shared/journal/record';

/** Numbers a host's records, names their cause, and adds up drops so that a storm is one record a slice and not a thousand. */
export class HostJournal {
  #number = 0;
  #input: number | null = null;
  #drops = new Map<string, { node: string; reason: DropReason; count: number }>();

  readonly #clock: { readonly nowMs: number; readonly steps: number };
  readonly #emit: (record: HostRecord) => void;

  constructor(clock: { readonly nowMs: number; readonly steps: number }, emit: (record: HostRecord) => void) {
    this.#clock = clock;
    this.#emit = emit;
  }

  get lastNumber(): number {
    return this.#number;
  }

  record(event: JournalEvent): void {
    this.#write(event, { cause: this.#input });
  }

  #write(event: JournalEvent, cause: Pick<HostRecord, 'cause' | 'causeIn'>): void {
    this.#number += 1;
    this.#emit({ number: this.#number, step: this.#clock.steps, atMs: this.#clock.nowMs, ...cause, ...event });
  }

  /** An input: what is recorded until the next one follows from it. It may itself follow from a record of another host's life. */
  recordInput(event: JournalEvent, from?: { readonly hostLife: string; readonly number: number }): void {
    this.#write(event, from ? { cause: from.number, causeIn: from.hostLife } : { cause: null });
    this.#input = this.#number;
  }

  countDrop(node: string, reason: DropReason, count = 1): void {
    const key = `${node} ${reason}`;
    const known = this.#drops.get(key);
    if (known) known.count += count;
    else this.#drops.set(key, { node, reason, count });
  }

  flushDrops(): void {
    for (const drop of this.#drops.values()) this.record({ type: 'message.dropped', ...drop });
    this.#drops.clear();
  }
}
