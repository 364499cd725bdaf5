import type { Diagnostic } from '../../shared/errors/diagnostic';

const placeOf = ({ at }: Diagnostic): string => {
  const line = at.line === undefined ? '' : `:${at.line}${at.column === undefined ? '' : `:${at.column}`}`;
  const node = at.node === undefined ? '' : ` ${at.node}${at.field === undefined ? '' : `.${at.field}`}`;
  return `${at.file}${line}${node}`;
};

/** For people: what, where, and what to do about it. */
export function printDiagnostics(diagnostics: readonly Diagnostic[], print: (line: string) => void): void {
  for (const diagnostic of diagnostics) {
    print(`${diagnostic.severity} ${diagnostic.code}  ${placeOf(diagnostic)}`);
    print(`  ${diagnostic.message}`);
    print(`  fix: ${diagnostic.fix}`);
  }
}
