import { join } from 'node:path';
import type { Verdict } from '../../shared/design/scenario-plan';
import type { Json } from '../../shared/json/json';
import { CASSETTE_FOLDER } from '../../shared/run/cassette';
import { ANSWER_ORIGINS, type ProviderReport, type TestReport, type TestResult } from '../../shared/tests/test-report';
import { compileProject } from '../core/compile';
import { testProject } from '../core/test-project';
import { printDiagnostics } from './diagnostics';
import { EXIT, type ExitCode } from './exit-code';
import { readMockFlags } from './mocks';
import { printJson, printLine, sayError, sayLine } from './output';
import { fromHere } from './paths';

export type TestFlags = { readonly json?: boolean; readonly seed?: number; readonly cases?: number; readonly node?: string; /** `node=file`. */ readonly mock?: readonly string[]; /** `true`: of the project. */ readonly cassettes?: string | true };

const CODES: Readonly<Record<Verdict, ExitCode>> = { pass: EXIT.good, fail: EXIT.failed, unknown: EXIT.unknown };
/** A counterexample may be a text at a bound of its schema. */
const LONGEST_VALUE = 2000;

export async function runTest(project: string, flags: TestFlags): Promise<ExitCode> {
  const projectDir = fromHere(project);
  const compiled = await compileProject(projectDir);
  if (!compiled.program) {
    printDiagnostics(compiled.diagnostics, sayLine);
    return EXIT.failed;
  }
  const mocks = await readMockFlags(flags.mock);
  if (!mocks.ok) {
    sayError(mocks.error);
    return EXIT.failed;
  }
  const { seed, cases, node } = flags;
  const answer = await testProject({ program: compiled.program, projectDir, seed, cases, node, mocks: mocks.value, cassettes: cassettesOf(flags, projectDir) });
  if (!answer.ok) {
    if ('diagnostics' in answer) printDiagnostics(answer.diagnostics, sayLine);
    else sayError(answer.error);
    return EXIT.failed;
  }
  if (flags.json) printJson(answer.value);
  else printReport(answer.value, wordAgain(project, flags, answer.value.seed));
  return CODES[answer.value.verdict];
}

function cassettesOf({ cassettes }: TestFlags, projectDir: string): string | undefined {
  return cassettes === true ? join(projectDir, CASSETTE_FOLDER) : cassettes === undefined ? undefined : fromHere(cassettes);
}

function wordAgain(project: string, { node, cases, mock = [], cassettes }: TestFlags, seed: number): string {
  const options = [
    ...(node === undefined ? [] : [`--node ${node}`]),
    `--seed ${seed}`,
    ...(cases === undefined ? [] : [`--cases ${cases}`]),
    ...mock.map((one) => `--mock ${one}`),
    ...(cassettes === undefined ? [] : cassettes === true ? ['--cassettes'] : [`--cassettes ${cassettes}`]),
  ];
  return `prismatic test ${project} ${options.join(' ')}`;
}

function printReport(report: TestReport, again: string): void {
  report.providers.forEach(printProvider);
  const tests = report.providers.flatMap((provider) => provider.tests);
  const count = (verdict: Verdict): number => tests.filter((test) => test.verdict === verdict).length;
  printLine(`${report.verdict}: ${count('pass')} of ${tests.length} tests pass, ${count('fail')} fail, ${count('unknown')} unknown; seed ${report.seed}`);
  if (report.mocked) printLine(`mocked, and not tested: ${report.mocked.join(', ')}`);
  for (const line of wordOrigins(tests)) printLine(line);
  if (report.verdict !== 'pass') printLine(`again: ${again}`);
}

/** Which answers were nobody's own: what passes holds with them. */
function wordOrigins(tests: readonly TestResult[]): readonly string[] {
  return ANSWER_ORIGINS.flatMap((origin) => {
    const nodes = [...new Set(tests.flatMap(({ heard = [] }) => heard.filter(({ from }) => from === origin).map(({ node }) => node)))];
    return nodes.length === 0 ? [] : [`answers of ${nodes.toSorted().join(', ')}: ${origin}`];
  });
}

function printProvider({ node, protocol, verdict, tests }: ProviderReport): void {
  printLine(`${verdict.padEnd(7)} ${node} as ${protocol}`);
  tests.forEach(printTest);
}

function printTest({ verdict, name, file, runs, message, counterexample, answers = [], heard = [], missing }: TestResult): void {
  const origins = heard.length === 0 ? '' : `; ${heard.map(({ node, from }) => `${node} ${from}`).join(', ')}`;
  printLine(`  ${verdict.padEnd(7)} ${file === undefined ? '' : `${file}: `}${name} (${runs} ${runs === 1 ? 'case' : 'cases'}${origins})`);
  if (message !== undefined) printLine(`          ${message}`);
  if (missing) printLine(`          asked: ${shorten(JSON.stringify(missing.request))}`);
  if (counterexample?.length === 1) printLine(`          with: ${shorten(JSON.stringify(counterexample[0]))}`);
  else printSequence(counterexample ?? []);
  const isSequence = (counterexample?.length ?? 0) > 1 && file === undefined;
  for (const { call, node, from, answer } of answers) printLine(`          ${isSequence ? `in ${call}., ` : ''}${node} answered (${from}): ${shorten(JSON.stringify(answer))}`);
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
