import { ArrowDown, ArrowUp, GripVertical, X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { isGuardKind, type GuardKind } from '../../../shared/design/guard-kinds';
import type { JsonObject } from '../../../shared/json/json';
import { GuardIcon } from '../../glyphs/guard-icon';
import { useSelection } from '../../stores/selection';
import { GUARD_WORDS, guardKindOf, wordGuard } from '../../words/guard-words';
import { FieldProblem } from '../field-row';
import { FieldTargetContext } from '../field-target';
import { BreakerOpensBy } from './breaker-opens-by';
import { GuardLive } from './guard-live';
import { GuardFieldRow } from './guard-fields';
import { listShownFields } from './guard-form';
import { KEY_STEPS } from './guard-order';
import { placeIn } from './guard-problems';
import { replaceGuard, useGuardTarget, type GuardPlace } from './use-guard-target';

export type CardMoves = { readonly move: (to: number) => void; readonly remove: () => void };
const NO_FIELDS: readonly string[] = [];

/** One guard: what it is, its fields, and its place among the others. */
export function GuardCard({ place, moves }: { readonly place: GuardPlace; readonly moves: CardMoves }) {
  const { wire, index } = place;
  const guard = wire.guards[index]!;
  const kind = guardKindOf(guard);
  const card = useRef<HTMLDivElement>(null);
  const asked = useSelection((state) => (state.field?.node === wire.key && state.field.field === placeIn(wire.index, index) ? state.field.asked : undefined));
  useEffect(() => {
    if (asked === undefined) return;
    card.current?.scrollIntoView({ block: 'nearest' });
    card.current?.querySelector<HTMLElement>('input, select, textarea')?.focus({ preventScroll: true });
  }, [asked]);
  return (
    <div ref={card} className="guard" role="group" aria-label={`guard ${kind}`}>
      <CardHead kind={kind} index={index} count={wire.guards.length} {...moves} />
      <GuardLive wire={wire.key} place={index} kind={kind} />
      {isGuardKind(kind) ? <KnownFields kind={kind} guard={guard} place={place} /> : <UnknownGuard guard={guard} place={place} />}
    </div>
  );
}

function CardHead({ kind, index, count, move, remove }: CardMoves & { readonly kind: string; readonly index: number; readonly count: number }) {
  const press = (event: KeyboardEvent): void => {
    const by = KEY_STEPS[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (index + by >= 0 && index + by < count) move(index + by);
  };
  return (
    <div className="guard-head">
      <button type="button" className="grip-handle" draggable aria-label={`Move ${kind}`} aria-description={`${index + 1} of ${count}; arrow up and down move it`} title="Drag, or arrow up and down" onKeyDown={press}><GripVertical size={12} aria-hidden="true" /></button>
      <GuardIcon kind={kind} size={13} />
      <b title={isGuardKind(kind) ? GUARD_WORDS[kind].says : undefined}>{wordGuard(kind)}</b>
      <span className="r">
        <button type="button" className="b ic small" aria-label={`Move ${kind} up`} disabled={index === 0} onClick={() => move(index - 1)}><ArrowUp size={12} /></button>
        <button type="button" className="b ic small" aria-label={`Move ${kind} down`} disabled={index === count - 1} onClick={() => move(index + 1)}><ArrowDown size={12} /></button>
        <button type="button" className="b ic small" aria-label={`Take ${kind} off`} onClick={remove}><X size={12} /></button>
      </span>
    </div>
  );
}

function KnownFields({ kind, guard, place }: { readonly kind: GuardKind; readonly guard: JsonObject; readonly place: GuardPlace }) {
  const [isMore, setMore] = useState(false);
  const { shown, hidden } = useMemo(() => listShownFields(kind, guard, isMore), [kind, guard, isMore]);
  const names = useMemo(() => shown.map(({ name }) => name), [shown]);
  const { target, others } = useGuardTarget(place, names);
  const replace = (next: JsonObject): void => replaceGuard(place, next);
  return (
    <FieldTargetContext value={target}>
      {others.map((problem) => <FieldProblem key={`${problem.code} ${problem.message}`} problem={problem} />)}
      {kind === 'breaker' && <BreakerOpensBy replace={replace} />}
      {shown.map((field) => <GuardFieldRow key={field.name} field={field} wire={place.wire} replace={replace} />)}
      {(hidden > 0 || isMore) && <button type="button" className="link" aria-expanded={isMore} onClick={() => setMore(!isMore)}>{isMore ? 'Fewer' : `${hidden} more with defaults`}</button>}
    </FieldTargetContext>
  );
}

function UnknownGuard({ guard, place }: { readonly guard: JsonObject; readonly place: GuardPlace }) {
  const { target, others } = useGuardTarget(place, NO_FIELDS);
  return (
    <FieldTargetContext value={target}>
      <output className="in m" title="kept as it is">{JSON.stringify(guard)}</output>
      {others.map((problem) => <FieldProblem key={`${problem.code} ${problem.message}`} problem={problem} />)}
    </FieldTargetContext>
  );
}
