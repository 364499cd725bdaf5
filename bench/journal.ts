/** The store in its thread, durable, beside better-sqlite3 in this one: single events with 64 at once, chunks of records, replay. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { assert } from '../shared/assert';
import type { HostRecord, JournalChunk, JournalHeader } from '../shared/journal/record';
import { openRunStore, type OpenedRunStore } from '../main/store/store-client';
import { CHUNK_RECORDS } from '../main/runtime/chunk-writer';
import { perSecond, scaled, type Figure, type Measured, type OpenTopic, type Side } from './figure';

const APPENDERS = 64;
/** Rows that share a transaction of the raw side (performance study, section 5). */
const RAW_PER_COMMIT = 100;
/** Chunks under way: what a few hosts send while one commit lasts. */
const CHUNKS_AT_ONCE = 16;
const PAGE_ROWS = 200;

const HEADER: JournalHeader = { format: 'prismatic-journal/1', program: 'sha256:bench', world: 'real', seed: 1, scenario: null };

export const openJournal: OpenTopic = async (scale) => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-journal-'));
  let files = 0;
  const newFile = (): string => join(folder, `${++files}.db`);
  const events = scaled(20_000, scale, APPENDERS);
  const chunks = scaled(1000, scale, CHUNKS_AT_ONCE);
  const store = (measure: (store: OpenedRunStore) => Promise<Measured>): Side => ({ name: 'store', measure: () => withStore(newFile(), measure) });
  const raw = (measure: (raw: RawStore) => Measured): Side => ({ name: 'better-sqlite3', measure: () => withRaw(newFile(), measure) });
  const common = { kind: 'system', journal: 'durable', unit: '/s', mostRounds: 5, warmUps: 1 } as const;
  const replayed = newFile();
  await withStore(replayed, (one) => appendChunks(one, chunks));
  const rawReplayed = newFile();
  withRaw(rawReplayed, (one) => rawChunks(one, chunks), true);
  const figures: readonly Figure[] = [
    { ...common, id: 'append', title: `append, ${APPENDERS} at once, events`, ours: store((one) => appendEvents(one, events)), limits: [raw((one) => rawEvents(one, events))], budget: { text: '1.25x', timesLimit: 1.25 } },
    { ...common, id: 'append-chunks', title: `append, chunks of ${CHUNK_RECORDS}, records`, ours: store((one) => appendChunks(one, chunks)), limits: [raw((one) => rawChunks(one, chunks))], budget: { text: '800 k/s', value: 800_000 } },
    { ...common, id: 'replay', title: 'replay, records', ours: { name: 'store', measure: () => withStore(replayed, (one) => replay(one, chunks)) }, limits: [{ name: 'better-sqlite3 and JSON.parse', measure: () => withRaw(rawReplayed, (one) => rawReplay(one, chunks), true) }], budget: { text: '2.5x (400 k/s)', timesLimit: 2.5 } },
  ];
  return { figures, close: async () => rmSync(folder, { recursive: true, force: true }), absent: ['event streams'] };
};

// ---- ours ----

async function withStore(file: string, measure: (store: OpenedRunStore) => Promise<Measured>): Promise<Measured> {
  const opened = await openRunStore({ file, header: HEADER });
  assert(opened.ok, 'the store did not open');
  try {
    return await measure(opened.value);
  } finally {
    await opened.value.close();
  }
}

async function appendEvents(store: OpenedRunStore, count: number): Promise<Measured> {
  let left = count;
  const appender = async (): Promise<void> => {
    while (left-- > 0) await store.appendCoreEvent({ atMs: left, event: { type: 'log', node: 'agent-7', level: 'info', text: TEXT } });
  };
  const begin = performance.now();
  await Promise.all(Array.from({ length: APPENDERS }, appender));
  return perSecond(count, performance.now() - begin);
}

async function appendChunks(store: OpenedRunStore, count: number): Promise<Measured> {
  const made = Array.from({ length: count }, (_, index) => chunkOf(index));
  const begin = performance.now();
  for (let sent = 0; sent < count; sent += CHUNKS_AT_ONCE) await Promise.all(made.slice(sent, sent + CHUNKS_AT_ONCE).map((chunk) => store.appendChunk(chunk)));
  return perSecond(count * CHUNK_RECORDS, performance.now() - begin);
}

async function replay(store: OpenedRunStore, chunks: number): Promise<Measured> {
  let records = 0;
  const begin = performance.now();
  for await (const record of store.readJournal()) if ('seq' in record) records += 1;
  const ms = performance.now() - begin;
  assert(records === chunks * CHUNK_RECORDS, `${records} records replayed`);
  return perSecond(records, ms);
}

const TEXT = 'the quick brown fox jumps over the lazy dog';

function chunkOf(index: number): JournalChunk {
  const first = index * CHUNK_RECORDS + 1;
  const record = (number: number): HostRecord => ({ number, step: number * 3, atMs: number >> 4, cause: number - 1, type: 'message.handled', node: `agent-${number % 100}`, operation: 'Desk.answer' });
  const text = Array.from({ length: CHUNK_RECORDS }, (_, at) => JSON.stringify(record(first + at))).join('\n');
  return { host: 'main', life: 1, first, last: first + CHUNK_RECORDS - 1, text };
}

// ---- raw: the same rows without a chain of hashes, a thread or a promise ----

type RawStore = { readonly insert: (stream: string, version: number, body: string) => void; readonly transact: (work: () => void) => void; readonly page: (after: number) => readonly { readonly seq: number; readonly body: string }[] };

function withRaw(file: string, measure: (raw: RawStore) => Measured, isThere = false): Measured {
  const database = new Database(file);
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE IF NOT EXISTS entry (seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, stream TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL, UNIQUE (kind, stream, version)) STRICT');
    const insert = database.prepare<[string, number, string]>("INSERT INTO entry (kind, stream, version, body) VALUES ('chunk', ?, ?, ?)");
    const page = database.prepare<[number], { seq: number; body: string }>(`SELECT seq, body FROM entry WHERE seq > ? ORDER BY seq LIMIT ${PAGE_ROWS}`);
    return measure({ insert: (stream, version, body) => void insert.run(stream, version, body), transact: (work) => database.transaction(work)(), page: (after) => page.all(after) });
  } finally {
    database.close();
    if (!isThere) rmSync(file, { force: true });
  }
}

function rawEvents({ insert, transact }: RawStore, count: number): Measured {
  const begin = performance.now();
  for (let version = 1; version <= count; ) {
    transact(() => {
      for (let one = 0; one < RAW_PER_COMMIT && version <= count; one += 1) insert('core', version, JSON.stringify({ atMs: version++, event: { level: 'info', node: 'agent-7', text: TEXT, type: 'log' } }));
    });
  }
  return perSecond(count, performance.now() - begin);
}

function rawChunks({ insert, transact }: RawStore, count: number): Measured {
  const made = Array.from({ length: count }, (_, index) => chunkOf(index));
  const begin = performance.now();
  for (let sent = 0; sent < count; sent += CHUNKS_AT_ONCE) transact(() => made.slice(sent, sent + CHUNKS_AT_ONCE).forEach(({ first, text }) => insert('main#1', first, text)));
  return perSecond(count * CHUNK_RECORDS, performance.now() - begin);
}

function rawReplay({ page }: RawStore, chunks: number): Measured {
  let records = 0;
  const begin = performance.now();
  for (let rows = page(0); rows.length > 0; rows = page(rows.at(-1)!.seq)) {
    for (const { body } of rows) for (const line of body.split('\n')) records += (JSON.parse(line) as HostRecord).number > 0 ? 1 : 0;
  }
  assert(records === chunks * CHUNK_RECORDS, `${records} records read`);
  return perSecond(records, performance.now() - begin);
}
