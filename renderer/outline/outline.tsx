import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { NodeContextMenu } from '../commands/node-context-menu';
import { selectDesign, useDocument } from '../stores/document';
import { hover, selectPrimary, useSelection } from '../stores/selection';
import { useViewport } from '../stores/viewport';
import { OutlineRow } from './outline-row';
import { listRows } from './outline-rows';
import { useOutlineDrag } from './use-outline-drag';
import { useOutlineKeys } from './use-outline-keys';

const ROW_HEIGHT = 24;
const SPARE_ROWS = 12;

const idOf = (target: EventTarget | null): string | undefined => (target instanceof Element ? target.closest<HTMLElement>('[data-id]')?.dataset['id'] : undefined);

/** The tree as text: an equal second editor, whole from the keyboard. Only rows that can be seen are in the page. */
export function Outline() {
  const design = useDocument(selectDesign);
  const folded = useViewport((state) => state.folded);
  const rows = useMemo(() => listRows(design, folded), [design, folded]);
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string>();
  const activeIndex = Math.max(0, rows.findIndex(({ id }) => id === active));
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: SPARE_ROWS,
    getItemKey: (index) => rows[index]?.id ?? index,
    // The row with the keyboard's focus stays in the page when it is scrolled away, so that the focus stays too.
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      const [first, last] = [Math.max(0, startIndex - overscan), Math.min(count - 1, endIndex + overscan)];
      const shown = Array.from({ length: last - first + 1 }, (_, step) => first + step);
      return activeIndex < first ? [activeIndex, ...shown] : activeIndex > last && activeIndex < count ? [...shown, activeIndex] : shown;
    },
  });

  const focusRow = (index: number): void => {
    const id = rows[index]?.id;
    if (id === undefined) return;
    setActive(id);
    virtualizer.scrollToIndex(index);
    // After the row is there: it may only now be scrolled into the page.
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-id="${id}"]`)?.focus({ preventScroll: true }));
  };
  const keys = useOutlineKeys(rows, activeIndex, focusRow);
  const drag = useOutlineDrag(rows);

  const primary = useSelection(selectPrimary);
  // Follows the selection, not each edit of the tree.
  const follow = useEffectEvent((id: string) => {
    const index = rows.findIndex((row) => row.id === id);
    if (index < 0) return;
    setActive(id);
    virtualizer.scrollToIndex(index);
  });
  useEffect(() => {
    if (primary !== undefined) follow(primary);
  }, [primary]);

  return (
    <section aria-label="Outline" className="outline">
      <div className="ph">Outline<span className="r">{design.nodes.size} {design.nodes.size === 1 ? 'node' : 'nodes'}</span></div>
      <NodeContextMenu nodeAt={idOf}>
        <div
          ref={scroller} className="tree" role="tree" aria-label="Outline" aria-multiselectable="true"
          onClick={(event) => keys.click(idOf(event.target), event)}
          onDoubleClick={(event) => keys.open(idOf(event.target))}
          onKeyDown={keys.press}
          onFocus={(event) => setActive(idOf(event.target))}
          onPointerOver={(event) => hover(idOf(event.target))}
          onPointerLeave={() => hover(undefined)}
          {...drag.handlers}
        >
          <div style={{ position: 'relative', height: virtualizer.getTotalSize() }} role="presentation">
            {virtualizer.getVirtualItems().map(({ index, key, start }) => (
              <OutlineRow key={key} row={rows[index]!} top={start} isActive={index === activeIndex} drop={drag.over?.id === rows[index]!.id ? drag.over.zone : undefined} />
            ))}
          </div>
          {rows.length === 0 && <p className="empty">Nothing drawn yet. Press A to add an agent under root.</p>}
        </div>
      </NodeContextMenu>
    </section>
  );
}
