import { useEffect, useMemo, useRef, useState, type DragEvent } from 'react';
import type { WireView } from '../../../shared/design/design-view';
import { moveGuard, removeGuard } from '../../../shared/design/edits/guard-edits';
import { documentNow, edit } from '../../stores/document';
import { useProblemsOfWire } from '../../stores/problems';
import { FieldProblem } from '../field-row';
import { AddGuard } from './add-guard';
import { GuardCard } from './guard-card';
import { dropPlace } from './guard-order';
import { problemsOfList } from './guard-problems';
import { guardKeys } from './use-guard-target';

/** A guard of this list that is dragged to another place of it; its place, as text. */
const ORDER_MIME = 'application/x-prismatic-guard-place';

/** The guards of a wire in the order in which a call meets them: to edit, to move, to take off, and to add. */
export function GuardList({ wire, chosen }: { readonly wire: WireView; /** Place of the guard that is pointed at. */ readonly chosen?: number | undefined }) {
  const list = useRef<HTMLOListElement>(null);
  const focusPlace = useRef<number>(undefined);
  const problems = useProblemsOfWire(wire.key);
  const keys = useMemo(() => guardKeys(wire.guards), [wire.guards]);
  // The hand stays on the guard that it has moved.
  useEffect(() => {
    if (focusPlace.current === undefined) return;
    list.current?.children[focusPlace.current]?.querySelector<HTMLElement>('.grip-handle')?.focus();
    focusPlace.current = undefined;
  }, [wire.guards]);
  const move = (from: number, to: number): void => {
    if (edit(moveGuard(documentNow(), wire.index, from, to))) focusPlace.current = to;
  };
  const drag = useOrderDrag(move);
  return (
    <div className="guards">
      <ol ref={list} aria-label="Guards">
        {keys.map((name, index) => (
          <li key={name} data-place={index} className={`${drag.markOf(index)}${index === chosen ? ' chosen' : ''}`} {...drag.handlers(index)}>
            <GuardCard place={{ wire, index, name }} moves={{ move: (to) => move(index, to), remove: () => void edit(removeGuard(documentNow(), wire.index, index)) }} />
          </li>
        ))}
      </ol>
      {problemsOfList(problems, wire.index, wire.guards.length).map((problem) => <FieldProblem key={`${problem.code} ${problem.message}`} problem={problem} />)}
      <AddGuard wire={wire} />
      {!wire.guards.some(({ kind }) => kind === 'timeout') && <p className="note dim">Without a timeout a call has 5 000 ms.</p>}
    </div>
  );
}

type Handlers = { readonly [name in 'onDragStart' | 'onDragOver' | 'onDragEnd' | 'onDrop']: (event: DragEvent) => void };

/** A card is dragged by its handle; a line shows where it would stand. */
function useOrderDrag(move: (from: number, to: number) => void): { readonly markOf: (index: number) => string; readonly handlers: (index: number) => Handlers } {
  const [drag, setDrag] = useState<{ readonly from: number; readonly over?: number; readonly share: number }>();
  const shareOf = (event: DragEvent): number => {
    const { top, height } = event.currentTarget.getBoundingClientRect();
    return (event.clientY - top) / height;
  };
  const to = drag?.over === undefined ? undefined : dropPlace(drag.from, drag.over, drag.share);
  return {
    markOf: (index) => (drag === undefined || to === undefined || index !== drag.over ? '' : drag.share < 0.5 ? 'drop-before' : 'drop-after'),
    handlers: (index) => ({
      onDragStart: (event) => {
        event.dataTransfer.setData(ORDER_MIME, String(index));
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setDragImage(event.currentTarget, 8, 12);
        setDrag({ from: index, share: 0 });
      },
      onDragOver: (event) => {
        if (!drag || !event.dataTransfer.types.includes(ORDER_MIME)) return;
        event.preventDefault();
        const isUpper = shareOf(event) < 0.5;
        if (drag.over !== index || isUpper !== drag.share < 0.5) setDrag({ from: drag.from, over: index, share: isUpper ? 0 : 1 });
      },
      onDragEnd: () => setDrag(undefined),
      onDrop: (event) => {
        event.preventDefault();
        if (drag && to !== undefined) move(drag.from, to);
        setDrag(undefined);
      },
    }),
  };
}
