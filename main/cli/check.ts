import { compileProject, type CompiledProject } from '../core/compile';
import { printDiagnostics } from './diagnostics';
import { EXIT, type ExitCode } from './exit-code';
import { printJson, printLine } from './output';
import { fromHere } from './paths';

export async function runCheck(project: string, options: { readonly json?: boolean }): Promise<ExitCode> {
  const compiled = await compileProject(fromHere(project));
  if (options.json) printJson(reportOf(compiled));
  else {
    printDiagnostics(compiled.diagnostics, printLine);
    const { error, warning, info } = compiled.counts;
    printLine(compiled.ok ? `good: ${warning} warnings, ${info} notes, program ${compiled.program?.hash ?? ''}` : `not good: ${error} errors, ${warning} warnings, ${info} notes`);
  }
  return compiled.ok ? EXIT.good : EXIT.failed;
}

/** The value of `check --json`. */
export const reportOf = (compiled: CompiledProject): object => ({
  ok: compiled.ok,
  program: compiled.program?.hash ?? null,
  counts: compiled.counts,
  diagnostics: compiled.diagnostics,
});
