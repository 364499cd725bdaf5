/** Tests a compiled project: what its protocols promise, their examples, and the person's own tests. */
import { basename } from 'node:path';
import type { Diagnostic } from '../../shared/errors/diagnostic';
import { failed, ok, type AppError, type Result } from '../../shared/errors/result';
import type { Verdict } from '../../shared/design/scenario-plan';
import type { Program } from '../../shared/program/program';
import type { ProviderReport, TestReport } from '../../shared/tests/test-report';
import type { Mocks } from '../../shared/run/mock';
import { testedProviders } from '../../shared/tests/tested-providers';
import { loadTestPlan } from './compile';
import { mockedNodes, mockProgram } from './mocks/mock-program';
import { readCassetteFolder, type Cassettes } from './models/cassettes';
import type { ForkChild } from './fork-child';
import { runTestsApart, type TestNews } from './test-process';

/** Cases of a property, where nobody says how many, and real time that each may take. */
export const DEFAULT_CASES = 100;
export const MOST_CASES = 10_000;
const MOST_MS = 10_000;

export type TestOptions = {
  readonly program: Program;
  readonly projectDir: string;
  /** Only that provider. */
  readonly node?: string | undefined;
  /** Absent: one made of the program's hash, so that the same design is tried in the same way. */
  readonly seed?: number | undefined;
  readonly cases?: number | undefined;
  /** What stands in for nodes, which are not tested themselves then. */
  readonly mocks?: Mocks | undefined;
  /** A folder of cassettes: models and tools answer from there alone. Absent: answers that fit are generated. */
  readonly cassettes?: string | undefined;
  readonly onNews?: (news: TestNews, seed: number) => void;
  readonly signal?: AbortSignal;
  readonly testsEntry?: string | undefined;
  readonly forkChild?: ForkChild | undefined;
  readonly loadPlan?: typeof loadTestPlan | undefined;
};
type Answer = { readonly ok: true; readonly value: TestReport } | { readonly ok: false; readonly error: AppError } | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export async function testProject(options: TestOptions): Promise<Answer> {
  const { projectDir, node, program: designed } = options;
  const mocked = mockProgram(designed, options.mocks ?? {});
  if (!mocked.ok) return mocked;
  const program = mocked.value;
  const refusal = findRefusal(program, node);
  if (refusal) return refusal;
  const cassettes = await readRecorded(options.cassettes);
  if (!cassettes.ok) return cassettes;
  const loaded = await (options.loadPlan ?? loadTestPlan)(projectDir, designed);
  if (!loaded.ok) return loaded;
  // Of the design: with a mock the same cases are tried.
  const seed = options.seed ?? seedFrom(designed.hash);
  const news: TestNews[] = [];
  const onNews = (one: TestNews): void => {
    news.push(one);
    options.onNews?.(one, seed);
  };
  const cases = options.cases ?? DEFAULT_CASES;
  const mostMs = Math.ceil((MOST_MS * cases) / DEFAULT_CASES);
  const ended = await runTestsApart({ program, plan: loaded.value, node, seed, cases, mostMs: Math.max(MOST_MS, mostMs), cassettes: cassettes.value, onNews, signal: options.signal }, options.testsEntry, options.forkChild);
  return ended.ok ? ok(reportOf(program, seed, news)) : ended;
}

function findRefusal(program: Program, node: string | undefined): Result<never> | undefined {
  const known = [...new Set(testedProviders(program).map((one) => one.node))];
  if (known.length === 0 && program.mocks) return failed({ code: 'TST015', message: 'mocks stand in for all that could be tested', fix: 'Leave one of the mocks out.' });
  if (node === undefined) return undefined;
  if (known.includes(node)) return undefined;
  if (mockedNodes(program).includes(node)) return failed({ code: 'TST015', message: `a mock stands in for ${node}, so there is nothing of it to test`, fix: `Test it without its mock, or another: ${known.join(', ')}.` });
  return failed({ code: 'TST011', message: `no node ${node} provides a protocol`, fix: `There are ${known.join(', ')}.` });
}

async function readRecorded(folder: string | undefined): Promise<Result<Cassettes | undefined>> {
  if (folder === undefined) return ok(undefined);
  const read = await readCassetteFolder(folder);
  if (!read.ok || read.value.size > 0) return read;
  return failed({ code: 'TST016', message: `there are no cassettes in ${basename(folder)}/`, fix: 'Record some with "prismatic run --record", or test without --cassettes: answers are generated then.' });
}

/** 31 bits of it. */
export const seedFrom = (hash: string): number => parseInt(hash.slice(hash.indexOf(':') + 1).slice(0, 8), 16) >>> 1;

export function reportOf(program: Program, seed: number, news: readonly TestNews[]): TestReport {
  const providers: ProviderReport[] = [];
  for (const { node, protocol } of news.filter(({ type }) => type === 'begin')) {
    const tests = news.flatMap((one) => (one.type === 'test' && one.node === node && one.protocol === protocol ? [one.test] : []));
    providers.push({ node, protocol, verdict: worstOf(tests), tests });
  }
  const verdict = worstOf(providers);
  const mocked = mockedNodes(program);
  return { ok: verdict === 'pass', verdict, program: program.hash, ...(mocked.length === 0 ? {} : { mocked: [...mocked] }), seed, providers };
}

const worstOf = (all: readonly { readonly verdict: Verdict }[]): Verdict => (all.some(({ verdict }) => verdict === 'fail') ? 'fail' : all.some(({ verdict }) => verdict === 'unknown') ? 'unknown' : 'pass');
