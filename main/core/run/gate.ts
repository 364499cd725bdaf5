import type { Depends } from '../../../shared/run/engine-protocol';
import type { JournalChunk } from '../../../shared/journal/record';

type Waiter = { readonly depends: Depends; readonly open: (isCommitted: boolean) => void };

/**
 * Output commit (design section 6): an output waits until every journal record that it follows from is on disk. Where such a
 * record can never be, since its host died with it unsent, the output never happened: `pass` answers false.
 */
export class Gate {
  readonly #committed = new Map<string, number>();
  readonly #gone = new Set<string>();
  #waiters: Waiter[] = [];

  pass(depends: Depends): Promise<boolean> {
    return new Promise((open) => {
      this.#waiters.push({ depends, open });
      this.#look();
    });
  }

  /** A chunk is committed. Chunks of a life come in order. */
  commit(chunk: Pick<JournalChunk, 'host' | 'life' | 'last'>): void {
    const key = `${chunk.host}#${chunk.life}`;
    this.#committed.set(key, Math.max(this.#committed.get(key) ?? 0, chunk.last));
    this.#look();
  }

  /** No more chunks will come of this life: call it after the last one is committed. */
  close(hostLife: string): void {
    this.#gone.add(hostLife);
    this.#look();
  }

  /** The engine is gone, and with it all lives that it had. */
  closeAll(hostLives: Iterable<string>): void {
    for (const hostLife of hostLives) this.#gone.add(hostLife);
    this.#look();
  }

  #look(): void {
    this.#waiters = this.#waiters.filter((waiter) => {
      const missing = Object.entries(waiter.depends).filter(([hostLife, number]) => (this.#committed.get(hostLife) ?? 0) < number);
      if (missing.length === 0) waiter.open(true);
      else if (missing.some(([hostLife]) => this.#gone.has(hostLife))) waiter.open(false);
      else return true;
      return false;
    });
  }
}
