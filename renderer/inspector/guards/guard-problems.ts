/** What the check says about guards, by where it is: `wires.0.guards`, `wires.0.guards.1`, `wires.0.guards.1.ms`. Pure. */
import type { Diagnostic } from '../../../shared/errors/diagnostic';

export const placeIn = (wire: number, guard: number): string => `wires.${wire}.guards.${guard}`;

const isAtOrIn = (field: string, place: string): boolean => field === place || field.startsWith(`${place}.`);

/** All of a guard, or those of one of its fields and what stands inside it. */
export const problemsOfGuard = (problems: readonly Diagnostic[], wire: number, guard: number, field?: string): readonly Diagnostic[] => {
  const place = field === undefined ? placeIn(wire, guard) : `${placeIn(wire, guard)}.${field}`;
  return problems.filter(({ at }) => isAtOrIn(at.field ?? '', place));
};

/** Those of the list itself, or of a place where no guard stands any more. */
export const problemsOfList = (problems: readonly Diagnostic[], wire: number, guards: number): readonly Diagnostic[] =>
  problems.filter(({ at }) => isAtOrIn(at.field ?? '', `wires.${wire}.guards`) && !Array.from({ length: guards }, (_, index) => placeIn(wire, index)).some((place) => isAtOrIn(at.field ?? '', place)));

/** Those of a wire that speak of no guard. */
export const problemsOfEnds = (problems: readonly Diagnostic[], wire: number): readonly Diagnostic[] => problems.filter(({ at }) => !isAtOrIn(at.field ?? '', `wires.${wire}.guards`));
