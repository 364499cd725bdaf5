/** One row of the edit log of a project, and the chain of hashes over its rows: a changed, missing or moved row breaks it. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { LogEntry } from '../../shared/design/history';
import type { SqlRow } from './driver';

const editRow = z.object({ seq: z.int(), at: z.int(), kind: z.enum(['edit', 'undo', 'redo', 'outside']), body: z.string(), seen: z.string(), hash: z.instanceof(Uint8Array) });
export type EditRow = z.infer<typeof editRow>;
export const parseEditRow = (row: SqlRow): EditRow => editRow.parse(row);

export function hashEdit(before: Uint8Array, row: Omit<EditRow, 'hash'>): Uint8Array {
  return createHash('sha256').update(before).update(JSON.stringify([row.seq, row.at, row.kind])).update('\n').update(row.seen).update('\n').update(row.body).digest();
}

/** Bodies come from our own log, whose hash was just found right, so they are trusted as they stand. */
export const toLogEntry = ({ seq, at, kind, body, seen }: EditRow): LogEntry => ({ seq, atUnixMs: at, kind, edit: JSON.parse(body) as LogEntry['edit'], ...(seen === '' ? {} : { seen: JSON.parse(seen) as NonNullable<LogEntry['seen']> }) });
export const toEditRow = ({ seq, atUnixMs, kind, edit, seen }: LogEntry): Omit<EditRow, 'hash'> => ({ seq, at: Math.trunc(atUnixMs), kind, body: JSON.stringify(edit), seen: seen ? JSON.stringify(seen) : '' });

/** The rows as far as they are whole, and the number of the first that is not. */
export function readChain(rows: Iterable<SqlRow>, from: { readonly seq: number; readonly hash: Uint8Array }): { readonly rows: readonly EditRow[]; readonly brokenAt?: number } {
  const whole: EditRow[] = [];
  let { seq, hash } = from;
  for (const raw of rows) {
    const row = parseEditRow(raw);
    const expected = hashEdit(hash, row);
    if (row.seq !== seq + 1 || Buffer.compare(expected, row.hash) !== 0) return { rows: whole, brokenAt: seq + 1 };
    whole.push(row);
    seq = row.seq;
    hash = expected;
  }
  return { rows: whole };
}
