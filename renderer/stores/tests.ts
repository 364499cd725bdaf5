/** The last run of the tests of the open project, as far as it has come. */
import { create } from 'zustand';
import type { RequestAnswer } from '../../shared/api/contract';
import type { ProjectDocument } from '../../shared/design/document';
import { LAYOUT_FILE } from '../../shared/design/project-files';
import type { Verdict } from '../../shared/design/scenario-plan';
import type { Diagnostic } from '../../shared/errors/diagnostic';
import type { TestResult } from '../../shared/tests/test-report';
import { api } from '../api/studio';
import { documentNow, projectNow, useDocument } from './document';
import { mocksToSend } from './mocks';
import { showBottom } from './viewport';

export type TestedProvider = { readonly node: string; readonly protocol: string; readonly tests: readonly TestResult[] };
export type TestsView = {
  readonly status: 'none' | 'running' | 'done' | 'failed';
  /** Asked for only this one. */
  readonly node?: string;
  readonly seed?: number;
  /** Models and tools answer from cassettes alone. */
  readonly recorded?: boolean;
  /** For whom mocks stand in. */
  readonly mocked?: readonly string[];
  readonly providers: readonly TestedProvider[];
  /** Whose turn it is, of how many. */
  readonly at?: { readonly node: string; readonly protocol: string; readonly index: number; readonly count: number };
  /** What was tested, where it was begun in this window. */
  readonly document?: ProjectDocument;
  /** Why there is no verdict. */
  readonly trouble?: { readonly message: string; readonly fix: string; readonly diagnostics: readonly Diagnostic[] };
};

const NOTHING: TestsView = { status: 'none', providers: [] };
export const useTests = create<TestsView>(() => NOTHING);

/** `node`: only that provider. `seed`: the cases of that seed again. `recorded`: what models and tools answer, comes from cassettes alone. The mocks of this window stand in. */
export async function runTests(asked: { readonly node?: string; readonly seed?: number; readonly recorded?: boolean } = {}): Promise<void> {
  const project = projectNow();
  if (project === undefined || useTests.getState().status === 'running') return;
  showBottom('tests');
  const { mocks } = mocksToSend();
  useTests.setState({ status: 'running', providers: [], document: documentNow(), ...asked, ...(mocks === undefined ? {} : { mocked: Object.keys(mocks) }) }, true);
  const answer = await api.request('tests.run', { project, ...asked, ...(mocks === undefined ? {} : { mocks }) });
  if (projectNow() === project) useTests.setState((now) => concluded(now, answer), true);
}

function concluded(now: TestsView, answer: RequestAnswer<'tests.run'>): TestsView {
  const { at: _, ...rest } = now;
  if (answer.ok) return { ...rest, status: 'done', seed: answer.value.seed, providers: answer.value.providers };
  const { message, fix } = answer.error;
  return { ...rest, status: 'failed', trouble: { message, fix, diagnostics: answer.diagnostics ?? [] } };
}

export function stopTests(): void {
  const project = projectNow();
  if (project !== undefined) void api.request('tests.stop', { project });
}

export function listenToTests(): void {
  // Another project has other tests.
  useDocument.subscribe((now, before) => {
    if (now.open?.project !== before.open?.project) useTests.setState(NOTHING, true);
  });
  api.subscribe('tests.progress', ({ project, seed, node, protocol, index, providers: count, test }) => {
    if (project !== projectNow()) return;
    useTests.setState((now) => {
      // Also of a run that another window has begun.
      const known = now.status === 'running' ? now.providers : [];
      const of = known.find((one) => one.node === node && one.protocol === protocol) ?? { node, protocol, tests: [] };
      const more = { ...of, tests: test ? [...of.tests, test] : of.tests };
      const { node: only, document, recorded, mocked } = now;
      const asked = { ...(only === undefined ? {} : { node: only }), ...(document ? { document } : {}), ...(recorded === undefined ? {} : { recorded }), ...(mocked === undefined ? {} : { mocked }) };
      return { status: 'running', ...asked, seed, providers: known.includes(of) ? known.map((one) => (one === of ? more : one)) : [...known, more], at: { node, protocol, index, count } };
    }, true);
  });
}

/** Whether a file has changed that means something: where a node is drawn says nothing of what it does. */
export function isOther(before: ProjectDocument, now: ProjectDocument): boolean {
  const paths = new Set([...Object.keys(before.files), ...Object.keys(now.files)]);
  paths.delete(LAYOUT_FILE);
  return [...paths].some((path) => before.files[path] !== now.files[path]);
}

export const verdictOf = (tests: readonly { readonly verdict: Verdict }[]): Verdict => (tests.some(({ verdict }) => verdict === 'fail') ? 'fail' : tests.some(({ verdict }) => verdict === 'unknown') ? 'unknown' : 'pass');

export function selectMark({ providers }: TestsView): string {
  const count = providers.flatMap(({ tests }) => tests).filter(({ verdict }) => verdict !== 'pass').length;
  return count === 0 ? '' : String(count);
}
