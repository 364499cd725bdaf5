import { useRef, type KeyboardEvent, type MouseEvent } from 'react';
import { moveNode } from '../../shared/design/edits/node-edits';
import { handlerOf } from '../commands/node-menu';
import { designNow, documentNow, edit } from '../stores/document';
import { notify } from '../stores/notices';
import { select, showField, toggleSelected, useSelection } from '../stores/selection';
import { openEditor, toggleFolded } from '../stores/viewport';
import { moveBy, type Direction } from './outline-moves';
import { findTyped, listBetween, type OutlineRow } from './outline-rows';

/** Letters that come within this time make one word. */
const TYPING_MS = 700;
const PAGE_ROWS = 12;
const MOVES: Readonly<Record<string, Direction>> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'out', ArrowRight: 'in' };

/** Moves the node and keeps the focus on it. */
function moveActive(id: string, direction: Direction): void {
  const move = moveBy(designNow(), id, direction);
  if (typeof move === 'string') notify({ kind: 'refused', text: move });
  else if (edit(moveNode(documentNow(), id, move.parent, move.index))) select([id]);
}

/** Enter: the handler or prompt of an agent, the first field of anything else. */
function open(id: string | undefined): void {
  const node = id === undefined ? undefined : designNow().nodes.get(id);
  if (!node) return;
  const handler = handlerOf(node);
  if (handler === undefined) showField(node.id, 'title');
  else openEditor(handler);
}

export type OutlineKeys = {
  readonly press: (event: KeyboardEvent) => void;
  readonly click: (id: string | undefined, event: MouseEvent) => void;
  readonly open: (id: string | undefined) => void;
};

/** Keys as in the ARIA tree pattern, and Alt with the arrows moves the node itself. Delete, F2, Ctrl+D and the like are the window's own. */
export function useOutlineKeys(rows: readonly OutlineRow[], activeIndex: number, focusRow: (index: number) => void): OutlineKeys {
  const anchor = useRef<string | undefined>(undefined);
  const typed = useRef({ letters: '', atMs: 0 });
  const row = rows[activeIndex];

  const go = (index: number, { shiftKey, isAdding }: { readonly shiftKey: boolean; readonly isAdding: boolean }): void => {
    const next = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (!next) return;
    if (shiftKey) select(listBetween(rows, (anchor.current ??= row?.id ?? next.id), next.id));
    else if (!isAdding) {
      anchor.current = next.id;
      select([next.id]);
    }
    focusRow(rows.indexOf(next));
  };

  const type = (event: KeyboardEvent): boolean => {
    const isNew = event.timeStamp - typed.current.atMs > TYPING_MS;
    // Alone, A adds an agent; inside a word it is a letter.
    if (isNew && event.key.toLowerCase() === 'a') return false;
    const letters = isNew ? event.key : typed.current.letters === event.key ? event.key : typed.current.letters + event.key;
    typed.current = { letters, atMs: event.timeStamp };
    const design = designNow();
    const found = findTyped(rows, activeIndex, letters, (id) => design.nodes.get(id)?.title ?? id);
    if (found !== undefined) go(found, { shiftKey: false, isAdding: false });
    return true;
  };

  const across = (key: string, event: KeyboardEvent): void => {
    if (!row) return;
    const isRight = key === 'ArrowRight';
    if (row.hasChildren && row.isFolded === isRight) return toggleFolded(row.id);
    const parent = designNow().nodes.get(row.id)?.parent;
    const target = isRight ? (row.hasChildren ? activeIndex + 1 : activeIndex) : rows.findIndex(({ id }) => id === parent);
    if (target >= 0 && target !== activeIndex) go(target, { shiftKey: event.shiftKey, isAdding: event.ctrlKey });
  };

  const press = (event: KeyboardEvent): void => {
    if (!row || event.defaultPrevented) return;
    const { key } = event;
    const steps: Readonly<Record<string, number>> = { ArrowUp: activeIndex - 1, ArrowDown: activeIndex + 1, Home: 0, End: rows.length - 1, PageUp: activeIndex - PAGE_ROWS, PageDown: activeIndex + PAGE_ROWS };
    const isAdding = event.ctrlKey || event.metaKey;
    if (event.altKey && MOVES[key] !== undefined) moveActive(row.id, MOVES[key]);
    else if (steps[key] !== undefined && !event.altKey) go(steps[key], { shiftKey: event.shiftKey, isAdding });
    else if ((key === 'ArrowLeft' || key === 'ArrowRight') && !event.altKey) across(key, event);
    else if (key === 'Enter' && !isAdding) open(row.id);
    else if (key === ' ') toggleSelected(row.id);
    else if (isAdding && key.toLowerCase() === 'a') select(rows.map(({ id }) => id));
    else if (key === 'Escape') escape(row.id);
    else if (key.length !== 1 || isAdding || event.altKey || !type(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  const click = (id: string | undefined, event: MouseEvent): void => {
    if (id === undefined) return;
    if (event.shiftKey) return select(listBetween(rows, (anchor.current ??= useSelection.getState().nodes[0] ?? id), id));
    anchor.current = id;
    if (event.ctrlKey || event.metaKey) toggleSelected(id);
    else select([id]);
  };
  return { press, click, open };
}

/** Up one supervisor; at the top nothing is selected. */
function escape(id: string): void {
  const parent = designNow().nodes.get(id)?.parent;
  select(parent === undefined ? [] : [parent]);
}
