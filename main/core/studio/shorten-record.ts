import { createHash } from 'node:crypto';
import type { Json } from '../../../shared/json/json';
import { BLOB_LIMIT_BYTES, type JournalRecord } from '../../../shared/journal/record';

const LONGEST_TEXT = 4096;

/** A value of more than 64 KiB does not go to the screen: what stands for it is what stands for it in a written journal. A long text is cut. */
export function shortenRecord(record: JournalRecord): JournalRecord {
  if (JSON.stringify(record).length <= BLOB_LIMIT_BYTES) return record;
  // The cast holds: only fields whose type is Json are objects that may be long, and texts stay texts.
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, shorten(value)])) as JournalRecord;
}

/** The same for any value that goes to the screen. */
export const shortenValue = (value: Json): Json => shorten(value) as Json;

function shorten(value: unknown): unknown {
  if (typeof value === 'string') return value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}\u2026` : value;
  const json = JSON.stringify(value);
  if (json.length <= BLOB_LIMIT_BYTES) return value;
  return { $blob: `sha256:${createHash('sha256').update(json).digest('hex')}`, bytes: Buffer.byteLength(json) };
}
