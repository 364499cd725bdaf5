import { useVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef } from 'react';
import { WorldMark } from '../glyphs/world-mark';
import { moveCursor, useSimulation } from '../stores/simulation';
import { select } from '../stores/selection';
import { wordClock, wordRecord } from '../words/record-words';

const ROW = 24;

/** Every event of the journal; the one at the playhead is marked, a click goes there. */
export function EventList() {
  const records = useSimulation((state) => state.records);
  const cursor = useSimulation((state) => state.cursor);
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count: records.length, getScrollElement: () => frame.current, estimateSize: () => ROW, overscan: 12 });
  useLayoutEffect(() => virtual.scrollToIndex(Math.max(0, cursor - 1), { align: 'auto' }), [cursor, virtual]);
  return (
    <div ref={frame} className="timeline-list table-frame" tabIndex={0} role="region" aria-label="Events of the simulation">
      <ol aria-label="In their order" style={{ height: virtual.getTotalSize(), position: 'relative', listStyle: 'none', padding: 0 }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const record = records[index]!;
          const words = wordRecord(record);
          const place = index === cursor - 1 ? 'now' : index >= cursor ? 'later' : '';
          const go = (): void => {
            moveCursor(index + 1);
            if ('node' in record) select([record.node]);
          };
          return (
            <li key={index} aria-current={place === 'now' ? 'step' : undefined} style={{ position: 'absolute', top: start, left: 0, right: 0 }}>
              <button type="button" tabIndex={-1} className={`grid-row ${words.tone} ${place}`} style={{ width: '100%' }} onClick={go}>
                <span className="m">{wordClock(record.atMs)}</span><span>{words.kind}</span><span title={words.detail}>{words.where} {record.type === 'effect.settled' && <WorldMark world={record.mode} />} <span className="dim">{words.detail}</span></span>
              </button>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
