import { catalog, pageOf, type ErrorCode } from '../../shared/errors/catalog';
import type { Diagnostic, Place } from '../../shared/errors/diagnostic';
import { nearest } from '../../shared/errors/nearest';

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

export function suggest(name: string, known: readonly string[], otherwise: string): string {
  const found = nearest(name, known);
  return found === undefined ? otherwise : `Did you mean ${found}?`;
}
