import { compileProject } from '../core/compile';
import { simulateProject } from '../core/simulate-project';
import type { SimulationResult, Verdict } from '../../shared/design/scenario-plan';
import { printDiagnostics } from './diagnostics';
import { EXIT, type ExitCode } from './exit-code';
import { readMockFlags } from './mocks';
import { printJson, printLine, sayError, sayLine } from './output';
import { fromHere } from './paths';

export type SimulateFlags = { readonly scenario?: string; readonly seed: number; readonly seeds?: number; readonly journal?: string; readonly mock?: readonly string[]; readonly json?: boolean };

const CODES: Readonly<Record<Verdict, ExitCode>> = { pass: EXIT.good, fail: EXIT.failed, unknown: EXIT.unknown };

export async function runSimulate(project: string, flags: SimulateFlags): Promise<ExitCode> {
  const projectDir = fromHere(project);
  const compiled = await compileProject(projectDir);
  const { program } = compiled;
  if (!program) {
    printDiagnostics(compiled.diagnostics, sayLine);
    return EXIT.failed;
  }
  const mocks = await readMockFlags(flags.mock);
  if (!mocks.ok) {
    sayError(mocks.error);
    return EXIT.failed;
  }
  const { scenario, seed, seeds, journal } = flags;
  const answer = await simulateProject({ program, mocks: mocks.value, projectDir, seed, ...(scenario === undefined ? {} : { scenario }), ...(seeds === undefined ? {} : { seeds }), ...(journal === undefined ? {} : { journalFile: fromHere(journal) }) });
  if (!answer.ok) {
    if ('diagnostics' in answer) printDiagnostics(answer.diagnostics, sayLine);
    else sayError(answer.error);
    return EXIT.failed;
  }
  if (flags.json) printJson(answer.value);
  else printResult(answer.value);
  return CODES[answer.value.verdict];
}

function printResult(result: SimulationResult): void {
  printLine(`${result.verdict}: ${result.virtualMs} virtual ms, ${result.steps} steps, seed ${result.seed}${result.scenario === null ? '' : `, scenario ${result.scenario}`}`);
  printLine(`  inputs ${result.inputs}: ${result.handled} handled, ${result.failed} failed, ${result.lost} lost; ${result.duplicated} effects made twice; ${result.restarts} restarts`);
  for (const { name, verdict, message } of result.expectations) printLine(`  ${verdict} ${name}: ${message}`);
}
