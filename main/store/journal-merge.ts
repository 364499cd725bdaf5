import type { HostRecord, JournalHeader, JournalRecord } from '../../shared/journal/record';
import type { Entry } from './entry';
import type { CoreEvent } from './run-store';

/** Turns rows, in the order of their commit, into the journal's lines: one `seq` for all hosts, causes as `seq`s. */
export class JournalMerge {
  #seq = 0;
  readonly #seqs = new Map<string, number[]>();

  *add(entry: Entry): Generator<JournalHeader | JournalRecord> {
    if (entry.kind === 'run.opened' && entry.version === 1) yield JSON.parse(entry.body) as JournalHeader;
    else if (entry.kind === 'core.event') yield this.#own(JSON.parse(entry.body) as CoreEvent);
    else if (entry.kind === 'chunk') for (const line of entry.body.split('\n')) yield this.#record(entry.stream, JSON.parse(line) as HostRecord);
  }

  #own({ atMs, event }: CoreEvent): JournalRecord {
    return { seq: ++this.#seq, host: 'core', step: 0, atMs, cause: null, ...event };
  }

  #record(stream: string, record: HostRecord): JournalRecord {
    const { number, step, atMs, cause, causeIn, ...event } = record;
    const seqs = this.#seqs.get(stream) ?? [];
    this.#seqs.set(stream, seqs);
    seqs[number] = ++this.#seq;
    const host = stream.slice(0, stream.lastIndexOf('#'));
    // Rows are committed as they come: what a batch follows from may stand behind it, and is not named then.
    const causes = causeIn === undefined ? seqs : this.#seqs.get(causeIn);
    return { seq: this.#seq, host, step, atMs, cause: cause === null ? null : (causes?.[cause] ?? null), ...event };
  }
}
