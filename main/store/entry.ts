/**
 * One row of a run file. All that a run acknowledges is such a row, in the order of its commit:
 *
 * | kind               | stream        | version            | last           | body                                  |
 * | run.opened         | run           | 1, 2 (resumed) ... | = version      | the journal's header                  |
 * | chunk              | host#life     | first record       | last record    | canonical records, one a line         |
 * | core.event         | core          | 1, 2 ...           | = version      | {atMs, event}                         |
 * | input.acknowledged | input         | id of the input    | = version      | the input with atMs                   |
 * | input.settled      | input         | id of the input    | = version      | the settlement with deadLetter        |
 * | effect.intended    | key           | 0                  | 0              | the request with atMs                 |
 * | effect.settled     | key           | 0                  | 0              | the answer with atMs                  |
 *
 * `hash` is sha256 over the hash of the row before, the row's own columns and its body: a changed, missing, added or moved row
 * breaks the chain at its place. (SQLite does not checksum its pages: of 300 flipped bits its own check noticed 10.)
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { SqlRow } from './driver';

export const ENTRY_KINDS = [
  'run.opened', 'chunk', 'core.event', 'input.acknowledged', 'input.settled', 'effect.intended', 'effect.settled',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** What is appended: the store adds `seq` and `hash`. */
export type EntryDraft = {
  readonly kind: EntryKind;
  readonly stream: string;
  readonly version: number;
  readonly last: number;
  readonly body: string;
};
export type Entry = EntryDraft & { readonly seq: number };
export type HashedEntry = Entry & { readonly hash: Uint8Array };

/** Number and hash of the last row. */
export type Head = { readonly seq: number; readonly hash: Uint8Array };
export const EMPTY_HEAD: Head = { seq: 0, hash: new Uint8Array(32) };

export function hashEntry(previous: Uint8Array, entry: Entry): Uint8Array {
  const columns = JSON.stringify([entry.seq, entry.kind, entry.stream, entry.version, entry.last]);
  return createHash('sha256').update(previous).update(columns).update('\n').update(entry.body).digest();
}

const whole = z.number().int();
const entryRow = z.object({
  seq: whole,
  kind: z.enum(ENTRY_KINDS),
  stream: z.string(),
  version: whole,
  last: whole,
  body: z.string(),
});
const hashedEntryRow = entryRow.extend({ hash: z.instanceof(Uint8Array) });
const headRow = z.object({ seq: whole, hash: z.instanceof(Uint8Array) });

export const ENTRY_COLUMNS = 'seq, kind, stream, version, last, body';
export const parseEntry = (row: SqlRow): Entry => entryRow.parse(row);
export const parseHashedEntry = (row: SqlRow): HashedEntry => hashedEntryRow.parse(row);
export const parseHead = (row: SqlRow | undefined): Head => headRow.parse(row);

export const hostLife = (host: string, life: number): string => `${host}#${life}`;
export function splitHostLife(stream: string): { readonly host: string; readonly life: number } {
  const at = stream.lastIndexOf('#');
  return { host: stream.slice(0, at), life: Number(stream.slice(at + 1)) };
}
