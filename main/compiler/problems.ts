<<<<<<< HEAD
import type { Diagnostic, Place, Severity } from '../../shared/errors/diagnostic';
import { nearest } from '../../shared/errors/nearest';
=======
import { catalog, pageOf, type ErrorCode } from '../../shared/errors/catalog';
import type { Diagnostic, Place } from '../../shared/errors/diagnostic';
>>>>>>> refs/heads/main

/** How severe it is, and where it is explained, the catalog says. */
type Problem = { readonly code: ErrorCode; readonly at: Place; readonly message: string; readonly fix: string; readonly got?: unknown };

/** What a pass found wrong, gathered so that all of it comes in one run. */
export class Problems {
  readonly list: Diagnostic[] = [];

  add(problem: Problem): void {
    this.list.push({ ...problem, severity: catalog[problem.code].severity, see: pageOf(problem.code) });
  }
}

export function sortDiagnostics(list: readonly Diagnostic[]): readonly Diagnostic[] {
  const key = ({ at, code }: Diagnostic): readonly string[] => [at.file, at.node ?? '', at.field ?? '', code, String(at.line ?? 0).padStart(7, '0')];
  const compare = (a: readonly string[], b: readonly string[]): number => {
    for (const [index, part] of a.entries()) if (part !== b[index]) return part < b[index]! ? -1 : 1;
    return 0;
  };
  return list.toSorted((a, b) => compare(key(a), key(b)));
}

<<<<<<< HEAD
=======
/** The known name nearest to a misspelt one, for a fix; at most a third of it may differ. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const scored = known.map((one) => ({ one, distance: editDistance(name.toLowerCase(), one.toLowerCase()) })).toSorted((a, b) => a.distance - b.distance);
  const [best] = scored;
  return best && best.distance <= Math.max(1, Math.floor(name.length / 3)) ? best.one : undefined;
}

/** Letters left out, added, changed, or swapped with their neighbour (optimal string alignment), one row at a time. */
function editDistance(a: string, b: string): number {
  let before: readonly number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1), isSwap ? before[j - 2]! + 1 : Infinity));
    }
    [before, row] = [row, next];
  }
  return row[b.length]!;
}

>>>>>>> refs/heads/main
export function suggest(name: string, known: readonly string[], otherwise: string): string {
  const found = nearest(name, known);
  return found === undefined ? otherwise : `Did you mean ${found}?`;
}
