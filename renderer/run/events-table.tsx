import { useVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef } from 'react';
import type { JournalRecord } from '../../shared/journal/record';
import { select } from '../stores/selection';
import { moveCursor } from '../stores/simulation';
import { WorldMark } from '../glyphs/world-mark';
import type { World } from '../words/record-worlds';
import { wordClock, type RecordWords } from '../words/record-words';

const ROW = 24;
type Row = { readonly record: JournalRecord; readonly words: RecordWords; readonly of: World };
type EventsTableProps = { readonly rows: readonly Row[]; readonly world: 'live' | 'simulated'; readonly skipped: number };

/** Records of the journal, the newest at the end; it follows the end as long as the person has not scrolled away from it. */
export function EventsTable({ rows, world, skipped }: EventsTableProps) {
  const frame = useRef<HTMLDivElement>(null);
  const isFollowing = useRef(true);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => frame.current, estimateSize: () => ROW, overscan: 12 });
  useLayoutEffect(() => {
    if (isFollowing.current && rows.length > 0) virtual.scrollToIndex(rows.length - 1);
  }, [rows.length, virtual]);
  const scrolled = (): void => {
    const { scrollTop, clientHeight, scrollHeight } = frame.current!;
    isFollowing.current = scrollHeight - scrollTop - clientHeight < ROW * 2;
  };
  return (
    <div ref={frame} className="table-frame" tabIndex={0} onScroll={scrolled}>
      {skipped > 0 && <p className="note dim">{skipped} more came too fast to be listed; they are in the run’s journal.</p>}
      <div role="table" aria-label="Events" aria-rowcount={rows.length} className="grid-table">
        <div role="row" className="grid-head"><span role="columnheader">Time</span><span role="columnheader">Kind</span><span role="columnheader">Where</span><span role="columnheader">Detail</span><span role="columnheader">World</span></div>
        <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map(({ index, start }) => <EventRow key={index} {...rows[index]!} world={world} top={start} index={index} />)}
        </div>
      </div>
      {rows.length === 0 && <p className="empty">No event fits the filter.</p>}
    </div>
  );
}

function EventRow({ record, words, of, world, top, index }: Row & { readonly world: string; readonly top: number; readonly index: number }) {
  const show = (): void => {
    if (world === 'simulated') moveCursor(record.seq);
    if ('node' in record) select([record.node]);
  };
  return (
    <div role="row" aria-rowindex={index + 1} className={`grid-row ${words.tone}`} style={{ position: 'absolute', top, left: 0, right: 0 }} onClick={show}>
      <span role="cell" className="m">{wordClock(record.atMs)}</span><span role="cell">{words.kind}</span><span role="cell">{words.where}</span><span role="cell" className="m t" title={words.detail}>{words.detail}</span><span role="cell"><WorldMark world={of} /></span>
    </div>
  );
}
