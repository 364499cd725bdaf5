import { checkProject, type CheckedProject } from '../core/compile';
import { printDiagnostics } from './diagnostics';
import { EXIT, type ExitCode } from './exit-code';
import { printJson, printLine } from './output';
import { fromHere } from './paths';

export async function runCheck(project: string, options: { readonly json?: boolean }): Promise<ExitCode> {
  const checked = await checkProject(fromHere(project));
  if (options.json) printJson(reportOf(checked));
  else {
    printDiagnostics(checked.diagnostics, printLine);
    const { error, warning, info } = checked.counts;
    printLine(checked.ok ? `good: ${warning} warnings, ${info} notes, program ${checked.hash ?? ''}` : `not good: ${error} errors, ${warning} warnings, ${info} notes`);
  }
  return checked.ok ? EXIT.good : EXIT.failed;
}

/** The value of `check --json`. */
export const reportOf = (checked: CheckedProject): object => ({
  ok: checked.ok,
  program: checked.hash ?? null,
  counts: checked.counts,
  diagnostics: checked.diagnostics,
});
