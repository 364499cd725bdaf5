import { compileProject } from '../core/compile';
import { exportProject } from '../core/export-project';
import { findMissingGrants } from '../core/grants';
import { printDiagnostics } from './diagnostics';
import { EXIT, type ExitCode } from './exit-code';
import { printLine, sayError, sayLine } from './output';
import { fromHere } from './paths';

export async function runExport(project: string, flags: { readonly target: string; readonly out: string; readonly grant?: string }): Promise<ExitCode> {
  if (flags.target !== 'node') {
    sayLine(`There is no target ${flags.target}; there is node.`);
    return EXIT.usage;
  }
  const projectDir = fromHere(project);
  const { program, diagnostics } = await compileProject(projectDir);
  if (!program) {
    printDiagnostics(diagnostics, sayLine);
    return EXIT.failed;
  }
  const granted = await findMissingGrants(program, flags.grant === undefined ? undefined : fromHere(flags.grant));
  if (!granted.ok) {
    sayError(granted.error);
    return EXIT.failed;
  }
  const exported = await exportProject({ program, projectDir, out: fromHere(flags.out), grants: granted.value.given });
  if (!exported.ok) {
    sayError(exported.error);
    return EXIT.failed;
  }
  if (granted.value.missing) sayLine('It reaches beyond its folder: whoever runs it is told which grants it wants. --grant <file> puts them in.');
  printLine(`${exported.value.length} files in ${flags.out}. Run it with: node ${flags.out}/main.mjs`);
  return EXIT.good;
}
