import { useMemo } from 'react';
import { refuseValue } from '../../../shared/design/check-field';
import type { WireView } from '../../../shared/design/design-view';
import { setGuards } from '../../../shared/design/edits/wire-edits';
import { guardSchemas, isGuardKind } from '../../../shared/design/guard';
import type { Diagnostic } from '../../../shared/errors/diagnostic';
import type { JsonObject } from '../../../shared/json/json';
import { withValueAt } from '../../../shared/json/value-at';
import { guardKindOf } from '../../words/guard-words';
import { documentNow, edit } from '../../stores/document';
import { useProblemsOfWire } from '../../stores/problems';
import type { FieldTarget } from '../field-target';
import { placeIn, problemsOfGuard } from './guard-problems';

/** The same for a guard as long as it is there, wherever it is moved: `retry`, `retry 2`. */
export function guardKeys(guards: readonly JsonObject[]): readonly string[] {
  const seen = new Map<string, number>();
  return guards.map((guard) => {
    const kind = guardKindOf(guard);
    const count = (seen.get(kind) ?? 0) + 1;
    seen.set(kind, count);
    return count === 1 ? kind : `${kind} ${count}`;
  });
}

export type GuardPlace = { readonly wire: WireView; readonly index: number; readonly name: string };

export const replaceGuard = ({ wire, index }: GuardPlace, guard: JsonObject, group?: string): void => void edit(setGuards(documentNow(), wire.index, wire.guards.with(index, guard), { group }));

/** The fields of one guard. What is wrong with it at no field that is shown stands above them. */
export function useGuardTarget(place: GuardPlace, shown: readonly string[]): { readonly target: FieldTarget; readonly others: readonly Diagnostic[] } {
  const { wire, index, name } = place;
  const problems = useProblemsOfWire(wire.key);
  const guard = wire.guards[index]!;
  const kind = guardKindOf(guard);
  const target = useMemo<FieldTarget>(() => ({
    key: `${wire.key} ${name}`,
    prefix: `${placeIn(wire.index, index)}.`,
    raw: guard,
    refuse: (path, value) => (isGuardKind(kind) ? refuseValue(guardSchemas[kind], guard, path, value) : undefined),
    set: (path, value, group) => replaceGuard({ wire, index, name }, withValueAt(guard, path, value) as JsonObject, group),
    problemsOf: (field) => problemsOfGuard(problems, wire.index, index, field),
  }), [wire, index, name, guard, kind, problems]);
  const others = useMemo(() => problemsOfGuard(problems, wire.index, index).filter(({ at }) => !shown.some((field) => target.problemsOf(field).some((one) => one.at.field === at.field))), [problems, wire.index, index, shown, target]);
  return { target, others };
}
