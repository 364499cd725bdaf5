import type { Verdict } from '../../shared/design/scenario-plan';
import type { Json } from '../../shared/json/json';
import type { ProviderReport, TestReport, TestResult } from '../../shared/tests/test-report';
import { compileProject } from '../core/compile';
import { testProject } from '../core/test-project';
import { printDiagnostics } from './diagnostics';
import { EXIT, type ExitCode } from './exit-code';
import { printJson, printLine, sayError, sayLine } from './output';
import { fromHere } from './paths';

export type TestFlags = { readonly json?: boolean; readonly seed?: number; readonly cases?: number; readonly node?: string };

const CODES: Readonly<Record<Verdict, ExitCode>> = { pass: EXIT.good, fail: EXIT.failed, unknown: EXIT.unknown };
/** A counterexample may be a text at a bound of its schema. */
const LONGEST_VALUE = 2000;

export async function runTest(project: string, { json, seed, cases, node }: TestFlags): Promise<ExitCode> {
  const projectDir = fromHere(project);
  const compiled = await compileProject(projectDir);
  if (!compiled.program) {
    printDiagnostics(compiled.diagnostics, sayLine);
    return EXIT.failed;
  }
  const answer = await testProject({ program: compiled.program, projectDir, seed, cases, node });
  if (!answer.ok) {
    if ('diagnostics' in answer) printDiagnostics(answer.diagnostics, sayLine);
    else sayError(answer.error);
    return EXIT.failed;
  }
  if (json) printJson(answer.value);
  else printReport(answer.value, `prismatic test ${project}${node === undefined ? '' : ` --node ${node}`} --seed ${answer.value.seed}${cases === undefined ? '' : ` --cases ${cases}`}`);
  return CODES[answer.value.verdict];
}

function printReport(report: TestReport, again: string): void {
  report.providers.forEach(printProvider);
  const tests = report.providers.flatMap((provider) => provider.tests);
  const count = (verdict: Verdict): number => tests.filter((test) => test.verdict === verdict).length;
  printLine(`${report.verdict}: ${count('pass')} of ${tests.length} tests pass, ${count('fail')} fail, ${count('unknown')} unknown; seed ${report.seed}`);
  if (report.verdict !== 'pass') printLine(`again: ${again}`);
}

function printProvider({ node, protocol, verdict, tests }: ProviderReport): void {
  printLine(`${verdict.padEnd(7)} ${node} as ${protocol}`);
  tests.forEach(printTest);
}

function printTest({ verdict, name, file, runs, message, counterexample, missing }: TestResult): void {
  printLine(`  ${verdict.padEnd(7)} ${file === undefined ? '' : `${file}: `}${name} (${runs} ${runs === 1 ? 'case' : 'cases'})`);
  if (message !== undefined) printLine(`          ${message}`);
  if (missing) printLine(`          asked: ${shorten(JSON.stringify(missing.request))}`);
  if (counterexample?.length === 1) printLine(`          with: ${shorten(JSON.stringify(counterexample[0]))}`);
  else printSequence(counterexample ?? []);
}

/** Calls, one after the other; the same again is told once. */
function printSequence(values: readonly Json[]): void {
  const texts = values.map((value) => JSON.stringify(value));
  for (let from = 0; from < texts.length; ) {
    let to = from + 1;
    while (texts[to] === texts[from]) to += 1;
    printLine(`          ${to - from === 1 ? `${to}.` : `${from + 1}. to ${to}.`} ${shorten(texts[from]!)}`);
    from = to;
  }
}

const shorten = (text: string): string => (text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}... (${text.length} characters)` : text);
