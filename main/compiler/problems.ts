import type { Diagnostic, Place, Severity } from '../../shared/errors/diagnostic';
import { nearest } from '../../shared/errors/nearest';

type Problem = { readonly code: string; readonly at: Place; readonly message: string; readonly fix: string; readonly got?: unknown; readonly severity?: Severity };

/** What a pass found wrong, gathered so that all of it comes in one run. */
export class Problems {
  readonly list: Diagnostic[] = [];

  add({ severity = 'error', ...problem }: Problem): void {
    this.list.push({ ...problem, severity, see: `docs/errors/${problem.code}.md` });
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
