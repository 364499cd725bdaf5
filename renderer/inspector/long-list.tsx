/** Rows of one height: all of them while they are few, else those in sight of a scroller of its own. A stranger's supervisor may have thousands of children. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, type ReactNode } from 'react';

const ROW_HEIGHT = 24;
/** More rows than this get a scroller that shows so many. */
const MOST_PLAIN = 60;
const ROWS_SHOWN = 16;
const SPARE_ROWS = 6;

type LongListProps = { readonly className: string; readonly count: number; readonly keyOf: (index: number) => string; readonly children: (index: number) => ReactNode };

/** An ordered list; `children` draws what stands in the item at an index. */
export function LongList(props: LongListProps) {
  const { className, count, keyOf, children } = props;
  if (count > MOST_PLAIN) return <Scrolled {...props} />;
  return <ol className={className}>{Array.from({ length: count }, (_, index) => <li key={keyOf(index)}>{children(index)}</li>)}</ol>;
}

function Scrolled({ className, count, keyOf, children }: LongListProps) {
  const frame = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({ count, getScrollElement: () => frame.current, estimateSize: () => ROW_HEIGHT, overscan: SPARE_ROWS, getItemKey: keyOf });
  return (
    <div ref={frame} className="long-list" style={{ height: ROWS_SHOWN * ROW_HEIGHT }}>
      <ol className={className} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, key, start }) => (
          <li key={key} aria-posinset={index + 1} aria-setsize={count} style={{ top: start, height: ROW_HEIGHT }}>{children(index)}</li>
        ))}
      </ol>
    </div>
  );
}
