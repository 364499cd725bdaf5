/** The run file itself, synchronous: opened with care, appended to in transactions, never changed behind its end. */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { canonicalJson } from '../../shared/json/canonical';
import type { EffectAnswer, EffectRequest, OutsideInput, Settlement } from '../../shared/run/engine-protocol';
import type { JournalChunk, JournalHeader, RunEndReason } from '../../shared/journal/record';
import type { SqliteConnection, SqliteDriver, SqliteStatement } from './driver';
import { EMPTY_HEAD, ENTRY_COLUMNS, hashEntry, hostLife, parseEntry, parseHashedEntry, parseHead, type Entry, type EntryDraft, type EntryKind, type Head } from './entry';
import { findHolder, releaseLock, takeLock } from './run-lock';
import { RunState } from './run-state';
import type { CoreEvent, EffectState, RowName } from './run-store';
import { APPLICATION_ID, configureForReading, configureForWriting, migrate, MIGRATIONS, newestVersion, OLDEST_SQLITE, readSchema } from './schema';
import { damaged, ended, foreign, held, newer, StoreError } from './store-error';

/** Rows looked at from the end when a file is opened; `verify` walks them all. */
const TAIL_ROWS = 64;
const PAGE_ROWS = 200;

export class RunDatabase {
  readonly file: string;
  readonly #connection: SqliteConnection;
  readonly #insert: SqliteStatement;
  readonly #moveHead: SqliteStatement;
  #head: Head;
  state = new RunState();

  private constructor(file: string, connection: SqliteConnection) {
    this.file = file;
    this.#connection = connection;
    this.#insert = connection.prepare(`INSERT INTO entry (${ENTRY_COLUMNS}, hash) VALUES (?, ?, ?, ?, ?, ?, ?)`);
    this.#moveHead = connection.prepare('UPDATE head SET seq = ?, hash = ? WHERE id = 1');
    this.#head = parseHead(connection.prepare('SELECT seq, hash FROM head').get());
  }

  /** Throws `StoreError` or `SqliteFailure`; a file that is not ours, newer or damaged is looked at without a write. */
  static open(options: { readonly file: string; readonly driver: SqliteDriver; readonly header: JournalHeader; readonly onlyIfUnended?: boolean }): RunDatabase {
    const { file, driver } = options;
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const isNew = !existsSync(file) || statSync(file).size === 0;
    if (!isNew) inspect(file, driver, options.onlyIfUnended === true);
    takeLock(file);
    try {
      const connection = driver.open(file, 'write');
      checkSqlite(connection);
      configureForWriting(connection);
      if (!isNew) backUpBeforeMigration(file, connection);
      migrate(connection);
      const database = new RunDatabase(file, connection);
      database.reload();
      database.transact(() => database.#append({ kind: 'run.opened', stream: 'run', version: database.state.openings + 1, last: database.state.openings + 1, body: canonicalJson(options.header) }));
      return database;
    } catch (error) {
      releaseLock(file);
      throw error;
    }
  }

  /** All of it or nothing; what memory holds is what the file holds, also after a failure. */
  transact<T>(work: () => T): T {
    this.#connection.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#moveHead.run(this.#head.seq, this.#head.hash);
      this.#connection.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.#connection.isInTransaction()) this.#connection.exec('ROLLBACK');
      this.#head = parseHead(this.#connection.prepare('SELECT seq, hash FROM head').get());
      this.reload();
      throw error;
    }
  }

  reload(): void {
    this.state = new RunState();
    for (const row of this.#connection.prepare(`SELECT ${ENTRY_COLUMNS} FROM entry ORDER BY seq`).iterate()) this.state.apply(parseEntry(row));
  }

  #append(draft: EntryDraft): void {
    const entry: Entry = { ...draft, seq: this.#head.seq + 1 };
    const hash = hashEntry(this.#head.hash, entry);
    this.#insert.run(entry.seq, entry.kind, entry.stream, entry.version, entry.last, entry.body, hash);
    this.#head = { seq: entry.seq, hash };
    this.state.apply(entry);
  }

  #appendOnce(kind: EntryKind, stream: string, version: number, value: unknown): void {
    this.#append({ kind, stream, version, last: version, body: canonicalJson(value) });
  }

  // ---- what a run says; each inside a transaction ----

  acknowledgeInputs(inputs: readonly (OutsideInput & { readonly atMs: number })[]): void {
    for (const input of inputs) if (!this.state.inputs.has(input.id)) this.#appendOnce('input.acknowledged', 'input', input.id, input);
  }

  settleInput(settlement: Settlement, deadLetter: boolean): void {
    if (!this.state.settlements.has(settlement.id)) this.#appendOnce('input.settled', 'input', settlement.id, { ...settlement, deadLetter });
  }

  appendChunk(chunk: JournalChunk): void {
    const stream = hostLife(chunk.host, chunk.life);
    const expected = (this.state.chunks.get(stream) ?? 0) + 1;
    if (chunk.first !== expected) throw new StoreError('STO009', `a chunk of ${stream} begins with record ${chunk.first} where ${expected} is next`, 'This is a bug of ours: please report it.');
    this.#append({ kind: 'chunk', stream, version: chunk.first, last: chunk.last, body: chunk.text });
  }

  appendCoreEvent(event: CoreEvent): void {
    this.#appendOnce('core.event', 'core', this.state.coreEvents + 1, event);
  }

  intendEffect(effect: EffectRequest, atMs: number): EffectState {
    const known = this.state.effect(effect.key);
    if (known.status === 'new') this.#appendOnce('effect.intended', effect.key, 0, { ...effect, atMs });
    return known;
  }

  settleEffect(answer: EffectAnswer, atMs: number): void {
    if (!this.state.answers.has(answer.key)) this.#appendOnce('effect.settled', answer.key, 0, { ...answer, atMs });
  }

  end(reason: RunEndReason, atMs: number): void {
    if (!this.state.isEnded) this.appendCoreEvent({ atMs, event: { type: 'run.ended', reason } });
  }

  /** Puts on record what nobody can answer any more: effects of a core that was lost. Answers how many. */
  seal(atMs: number): number {
    const open = [...this.state.intents].filter((key) => !this.state.answers.has(key));
    const error = { code: 'unknown', message: 'the core was lost between intent and answer; whether the effect was made is unknown' };
    for (const key of open) this.settleEffect({ key, mode: 'live', ok: false, error }, atMs);
    if (!this.state.isEnded) this.appendCoreEvent({ atMs, event: { type: 'host.lost', life: this.state.openings, reason: 'core: core_lost' } });
    this.end('signal', atMs);
    return open.length;
  }

  // ---- reading ----

  /** Rows after `seq`, in order, at most a page. */
  page(afterSeq: number): readonly Entry[] {
    return this.#connection.prepare(`SELECT ${ENTRY_COLUMNS} FROM entry WHERE seq > ? ORDER BY seq LIMIT ${PAGE_ROWS}`).all(afterSeq).map(parseEntry);
  }

  /** Bodies, in the order asked for. */
  rows(of: readonly RowName[]): readonly string[] {
    const find = this.#connection.prepare('SELECT body FROM entry WHERE kind = ? AND stream = ? AND version = ?');
    return of.flatMap(({ kind, stream, version }) => {
      const row = find.get(kind, stream, version);
      return row ? [String(row['body'])] : [];
    });
  }

  verify(): void {
    verifyChain(this.file, this.#connection, 0, EMPTY_HEAD.hash);
  }

  close(): void {
    this.#connection.close();
    releaseLock(this.file);
  }
}

function checkSqlite(connection: SqliteConnection): void {
  const row = connection.prepare('SELECT sqlite_version() AS version').get();
  const version = String(row?.['version']);
  const order = version.localeCompare(OLDEST_SQLITE, 'en', { numeric: true });
  if (order < 0) throw new StoreError('STO007', `SQLite ${version} is older than ${OLDEST_SQLITE}, which mends a bug that can damage a run file`, 'Use the SQLite that comes with the program.');
}

/** Looks at an existing file without writing to it: ours, not newer, whole. */
function inspect(file: string, driver: SqliteDriver, onlyIfUnended: boolean): void {
  const living = findHolder(file);
  if (living && living.pid !== process.pid) throw held(file, `process ${living.pid}`);
  const connection = driver.open(file, 'read');
  try {
    configureForReading(connection);
    const applicationId = Number(connection.pragma('application_id'));
    const version = Number(connection.pragma('user_version'));
    if (applicationId !== APPLICATION_ID) throw foreign(file);
    if (version > newestVersion(MIGRATIONS)) throw newer(file, version, newestVersion(MIGRATIONS));
    const check = connection.pragma('quick_check');
    if (check !== 'ok') throw damaged(file, String(check));
    if (version === newestVersion(MIGRATIONS) && !readSchema(connection).includes('entry_is_never_updated')) throw damaged(file, 'its tables are not ours');
    if (onlyIfUnended && hasEnded(connection)) throw ended(file);
    checkTail(file, connection);
  } finally {
    connection.close();
  }
}

const hasEnded = (connection: SqliteConnection): boolean =>
  connection.prepare(`SELECT 1 AS found FROM entry WHERE kind = 'core.event' AND body LIKE '%"type":"run.ended"%' LIMIT 1`).get() !== undefined;

function checkTail(file: string, connection: SqliteConnection): void {
  const last = Number(connection.prepare('SELECT coalesce(max(seq), 0) AS seq FROM entry').get()?.['seq']);
  const from = Math.max(0, last - TAIL_ROWS);
  const before = from === 0 ? EMPTY_HEAD.hash : parseHashedEntry(connection.prepare(`SELECT ${ENTRY_COLUMNS}, hash FROM entry WHERE seq = ?`).get(from)!).hash;
  verifyChain(file, connection, from, before);
}

/** Walks the chain from row `from` on: numbers without a gap, each hash over the one before, the head as its last. */
export function verifyChain(file: string, connection: SqliteConnection, from: number, hash: Uint8Array): void {
  let head: Head = { seq: from, hash };
  for (const row of connection.prepare(`SELECT ${ENTRY_COLUMNS}, hash FROM entry WHERE seq > ? ORDER BY seq`).iterate(from)) {
    const entry = parseHashedEntry(row);
    if (entry.seq !== head.seq + 1) throw damaged(file, `row ${head.seq + 1} is missing`);
    const expected = hashEntry(head.hash, entry);
    if (Buffer.compare(expected, entry.hash) !== 0) throw damaged(file, `row ${entry.seq} is not what was written`);
    head = { seq: entry.seq, hash: expected };
  }
  const kept = parseHead(connection.prepare('SELECT seq, hash FROM head').get());
  if (kept.seq !== head.seq || Buffer.compare(kept.hash, head.hash) !== 0) throw damaged(file, `it ends with row ${head.seq}, and should with ${kept.seq}`);
}

function backUpBeforeMigration(file: string, connection: SqliteConnection): void {
  const version = Number(connection.pragma('user_version'));
  if (version > 0 && version < newestVersion(MIGRATIONS)) connection.prepare('VACUUM INTO ?').run(`${file}.v${version}.backup`);
}
