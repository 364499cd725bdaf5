/** What the journal says of one node. Pure. */
import type { JournalRecord } from '../../shared/journal/record';
import { wordRecord } from '../words/record-words';

/** Whether a record speaks of the node: it is where it happened, an end of it, or in its scope. */
export function isAbout(record: JournalRecord, node: string): boolean {
  if (record.type === 'supervisor.restarting') return record.node === node || record.child === node || record.scope.includes(node);
  // Its key says for whom it was made: `12/brain/1`.
  if (record.type === 'effect.settled') return record.key.split('/')[1] === node;
  return wordRecord(record).where.split(/[ .]+/).includes(node);
}

/** The newest first, at most `most` of them, from those before `until`. */
export function listRecordsOf(records: readonly JournalRecord[], until: number, node: string, most: number): readonly JournalRecord[] {
  const found: JournalRecord[] = [];
  for (let index = Math.min(until, records.length) - 1; index >= 0 && found.length < most; index -= 1) if (isAbout(records[index]!, node)) found.push(records[index]!);
  return found;
}
