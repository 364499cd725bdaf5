/** Tests a compiled project: what its protocols promise, their examples, and the person's own tests. */
import type { Diagnostic } from '../../shared/errors/diagnostic';
import { failed, ok, type AppError } from '../../shared/errors/result';
import type { Verdict } from '../../shared/design/scenario-plan';
import type { Program } from '../../shared/program/program';
import type { ProviderReport, TestReport } from '../../shared/tests/test-report';
import { loadTestPlan } from './compile';
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
  readonly onNews?: (news: TestNews, seed: number) => void;
  readonly signal?: AbortSignal;
  readonly testsEntry?: string | undefined;
  readonly forkChild?: ForkChild | undefined;
  readonly loadPlan?: typeof loadTestPlan | undefined;
};
type Answer = { readonly ok: true; readonly value: TestReport } | { readonly ok: false; readonly error: AppError } | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export async function testProject(options: TestOptions): Promise<Answer> {
  const { program, projectDir, node } = options;
  const known = Object.values(program.nodes).filter(({ provides = [] }) => provides.length > 0).map(({ id }) => id);
  if (node !== undefined && !known.includes(node)) return failed({ code: 'TST011', message: `no node ${node} provides a protocol`, fix: `There are ${known.join(', ')}.` });
  const loaded = await (options.loadPlan ?? loadTestPlan)(projectDir, program);
  if (!loaded.ok) return loaded;
  const seed = options.seed ?? seedFrom(program.hash);
  const news: TestNews[] = [];
  const onNews = (one: TestNews): void => {
    news.push(one);
    options.onNews?.(one, seed);
  };
  const cases = options.cases ?? DEFAULT_CASES;
  const mostMs = Math.ceil((MOST_MS * cases) / DEFAULT_CASES);
  const ended = await runTestsApart({ program, plan: loaded.value, node, seed, cases, mostMs: Math.max(MOST_MS, mostMs), onNews, signal: options.signal }, options.testsEntry, options.forkChild);
  return ended.ok ? ok(reportOf(program.hash, seed, news)) : ended;
}

/** 31 bits of it. */
export const seedFrom = (hash: string): number => parseInt(hash.slice(hash.indexOf(':') + 1).slice(0, 8), 16) >>> 1;

export function reportOf(program: string, seed: number, news: readonly TestNews[]): TestReport {
  const providers: ProviderReport[] = [];
  for (const { node, protocol } of news.filter(({ type }) => type === 'begin')) {
    const tests = news.flatMap((one) => (one.type === 'test' && one.node === node && one.protocol === protocol ? [one.test] : []));
    providers.push({ node, protocol, verdict: worstOf(tests), tests });
  }
  const verdict = worstOf(providers);
  return { ok: verdict === 'pass', verdict, program, seed, providers };
}

const worstOf = (all: readonly { readonly verdict: Verdict }[]): Verdict => (all.some(({ verdict }) => verdict === 'fail') ? 'fail' : all.some(({ verdict }) => verdict === 'unknown') ? 'unknown' : 'pass');
