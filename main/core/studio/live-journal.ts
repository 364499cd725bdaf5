/**
 * The journal of a run while it is written: which rows hold which records, so that any page is read from the store, and the newest
 * records for the screen. It numbers records as the store's merge does: in the order in which their rows are committed. Of a row
 * it keeps four fields; texts stay in the store.
 */
import type { HostRecord, JournalChunk, JournalRecord } from '../../../shared/journal/record';
import { hostLife, splitHostLife } from '../../store/entry';
import type { CoreEvent, RowName } from '../../store/run-store';
import type { OpenedRunStore } from '../../store/store-client';
import { shortenRecord } from './shorten-record';

/** `seq` of the first record, and how many. Records of a chunk are numbered without a gap from `row.version`. */
type Row = { readonly name: RowName; readonly seq: number; readonly count: number };
type Held = { readonly row: Row; readonly text: string };

/** Records that one event to the screen holds at most. */
export const MOST_RECORDS_AT_ONCE = 300;
/** Of these, at most so many are older than the newest: what a busy run must not push out of sight. */
const MOST_KEPT_LIVES = 100;
/** Rows that are read from the store together, and the length of text after which a page ends. */
const ROWS_AT_ONCE = 32;
const MOST_READ_BYTES = 8 * 1024 * 1024;
/** The life of a node: what a person watches for. */
const LIFE = /"type":"(process\.exited|process\.startFailed|supervisor\.restarting|supervisor\.gaveUp|host\.lost|operator)"/;

/** What `applyRecord` takes in, but messages: those are there only with a trace. */
const STATE = /"type":"(process\.(started|startFailed|exited)|supervisor\.(restarting|gaveUp)|host\.(started|lost)|run\.ended)"/;

export type Tail = { readonly records: readonly JournalRecord[]; readonly skipped: number };

export class LiveJournal {
  readonly #onRecords: () => void;
  readonly #onState: (record: JournalRecord) => void;
  readonly #rows: Row[] = [];
  readonly #streams = new Map<string, Row[]>();
  #store: OpenedRunStore | undefined;
  #coreEvents = 0;
  #hasEnd = false;
  #held: Held[] = [];
  #heldCount = 0;
  #lives: JournalRecord[] = [];
  #skipped = 0;
  /** How many records there are: the `seq` of the last. */
  total = 0;

  /** `onRecords`: there are new ones; `takeTail` gives them. `onState` takes each record that changes how the run stands, in order. */
  constructor(onRecords: () => void, onState: (record: JournalRecord) => void) {
    this.#onRecords = onRecords;
    this.#onState = onState;
  }

  /** The same store, and what it commits is seen here. Answers of the store come in the order of its commits. */
  tap(store: OpenedRunStore): OpenedRunStore {
    this.#store = store;
    return {
      ...store,
      appendChunk: async (chunk) => {
        await store.appendChunk(chunk);
        this.#addChunk(chunk);
      },
      appendCoreEvent: async (event) => {
        await store.appendCoreEvent(event);
        this.#addCoreEvent(event);
      },
      end: async (reason, atMs) => {
        await store.end(reason, atMs);
        if (!this.#hasEnd) this.#addCoreEvent({ atMs, event: { type: 'run.ended', reason } });
        this.#hasEnd = true;
      },
    };
  }

  #addChunk(chunk: JournalChunk): void {
    this.#add({ kind: 'chunk', stream: hostLife(chunk.host, chunk.life), version: chunk.first }, chunk.last - chunk.first + 1, chunk.text);
  }

  #addCoreEvent(event: CoreEvent): void {
    this.#coreEvents += 1;
    this.#add({ kind: 'core.event', stream: 'core', version: this.#coreEvents }, 1, JSON.stringify(event));
  }

  #add(name: RowName, count: number, text: string): void {
    const row: Row = { name, seq: this.total + 1, count };
    this.total += count;
    this.#rows.push(row);
    const stream = this.#streams.get(name.stream) ?? [];
    stream.push(row);
    this.#streams.set(name.stream, stream);
    if (STATE.test(text)) this.#parse(row, text, (line) => STATE.test(line)).forEach(this.#onState);
    this.#held.push({ row, text });
    this.#heldCount += count;
    while (this.#heldCount - this.#held[0]!.row.count >= MOST_RECORDS_AT_ONCE) this.#letGo(this.#held.shift()!);
    this.#onRecords();
  }

  /** Too many to show: only what tells of a node's life is kept of it. */
  #letGo({ row, text }: Held): void {
    this.#heldCount -= row.count;
    const hasRoom = this.#lives.length < MOST_KEPT_LIVES && LIFE.test(text);
    const lives = hasRoom ? this.#parse(row, text).filter(isOfLife).slice(0, MOST_KEPT_LIVES - this.#lives.length) : [];
    this.#lives.push(...lives);
    this.#skipped += row.count - lives.length;
  }

  /** The records since the last time, the newest where there are too many. */
  takeTail(): Tail {
    const newest = this.#held.flatMap(({ row, text }) => this.#parse(row, text));
    const shown = chooseShown(newest, MOST_RECORDS_AT_ONCE - this.#lives.length, MOST_KEPT_LIVES - this.#lives.length);
    const records = [...this.#lives, ...shown].map(shortenRecord);
    const skipped = this.#skipped + newest.length - shown.length;
    this.#held = [];
    this.#heldCount = 0;
    this.#lives = [];
    this.#skipped = 0;
    return { records, skipped };
  }

  /** Records from `seq` `from` on (0 and 1 mean the first), at most `count`; fewer where their texts are long. */
  async page(from: number, count: number): Promise<readonly JournalRecord[]> {
    const [first, last] = [Math.max(1, from), Math.min(this.total, Math.max(1, from) + count - 1)];
    if (!this.#store || last < first) return [];
    const records: JournalRecord[] = [];
    let index = lastAtMost(this.#rows, first, (row) => row.seq);
    for (let bytes = 0; bytes < MOST_READ_BYTES && index < this.#rows.length && this.#rows[index]!.seq <= last; index += ROWS_AT_ONCE) {
      const rows = this.#rows.slice(index, index + ROWS_AT_ONCE).filter(({ seq }) => seq <= last);
      const texts = await this.#store.readRows(rows.map(({ name }) => name));
      for (const [at, text] of texts.entries()) {
        bytes += text.length;
        records.push(...this.#parse(rows[at]!, text));
      }
    }
    return records.filter(({ seq }) => seq >= first && seq <= last);
  }

  #parse(row: Row, text: string, wants: (line: string) => boolean = () => true): readonly JournalRecord[] {
    if (row.name.kind === 'core.event') {
      const { atMs, event } = JSON.parse(text) as CoreEvent;
      return [{ seq: row.seq, host: 'core', step: 0, atMs, cause: null, ...event }];
    }
    const { host } = splitHostLife(row.name.stream);
    return text.split('\n').flatMap((line, index) => {
      if (!wants(line)) return [];
      const { number: _, step, atMs, cause, causeIn, ...event } = JSON.parse(line) as HostRecord;
      return [{ seq: row.seq + index, host, step, atMs, cause: cause === null ? null : this.#causeOf(row.seq + index, causeIn ?? row.name.stream, cause), ...event }];
    });
  }

  /** As the journal's file says it: what stands behind a record is not named as its cause. */
  #causeOf(seq: number, stream: string, number: number): number | null {
    const cause = this.#seqOf(stream, number);
    return cause !== null && cause < seq ? cause : null;
  }

  /** The `seq` of a host life's own number. */
  #seqOf(stream: string, number: number): number | null {
    const rows = this.#streams.get(stream) ?? [];
    const row = rows[lastAtMost(rows, number, ({ name }) => name.version)];
    return row && number < row.name.version + row.count ? row.seq + number - row.name.version : null;
  }
}

const isOfLife = ({ type }: JournalRecord): boolean => LIFE.test(`"type":"${type}"`);

/** At most `most` of them, in order: the newest, and of what tells of lives at most `mostLives` whatever their age. */
function chooseShown(records: readonly JournalRecord[], most: number, mostLives: number): readonly JournalRecord[] {
  if (records.length <= most) return records;
  const lives = new Set(records.filter(isOfLife).slice(0, mostLives));
  const newest = new Set(records.filter((record) => !lives.has(record)).slice(-(most - lives.size)));
  return records.filter((record) => lives.has(record) || newest.has(record));
}

/** Index of the last row whose key is at most `wanted`, or 0: keys grow. */
function lastAtMost(rows: readonly Row[], wanted: number, keyOf: (row: Row) => number): number {
  let [low, high] = [0, rows.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (keyOf(rows[middle]!) <= wanted) low = middle;
    else high = middle;
  }
  return low;
}
