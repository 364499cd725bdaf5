import type { JournalRecord } from '../../../shared/journal/record';
import { shortenRecord } from './shorten-record';

/** What one answer holds at most; whoever wants more asks from where it ends. */
const MOST_PAGE_BYTES = 4 * 1024 * 1024;

/** The beginning of a list of records that fits into one answer: at least one, where there is one. */
export function takePage(records: readonly JournalRecord[]): readonly JournalRecord[] {
  const page: JournalRecord[] = [];
  let bytes = 0;
  for (const record of records) {
    const short = shortenRecord(record);
    bytes += JSON.stringify(short).length;
    if (page.length > 0 && bytes > MOST_PAGE_BYTES) break;
    page.push(short);
  }
  return page;
}
