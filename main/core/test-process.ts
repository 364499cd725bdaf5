/** Runs tests in a process of their own, behind the engine's walls, and gives up on one that says nothing for a minute. */
import { join } from 'node:path';
import { z } from 'zod';
import { failed, ok, type Result } from '../../shared/errors/result';
import type { Program } from '../../shared/program/program';
import { testResult, type TestResult } from '../../shared/tests/test-report';
import type { TestPlan } from '../../shared/tests/test-plan';
import { unpackedPath } from '../../shared/unpacked-path';
import { sendCassettes, type Cassettes } from './models/cassettes';
import { askChild } from './ask-child';
import { forkInNode, type ForkChild } from './fork-child';

const SILENT_MS = 60_000;

export const defaultTestsEntry = (): string => unpackedPath(join(import.meta.dirname, '..', 'engine', 'tests.js'));

export type TestNews = { readonly type: 'begin'; readonly node: string; readonly protocol: string } | { readonly type: 'test'; readonly node: string; readonly protocol: string; readonly test: TestResult };
export type TestsRequest = {
  readonly program: Program;
  readonly plan: TestPlan;
  readonly node?: string | undefined;
  readonly seed: number;
  readonly cases: number;
  readonly mostMs: number;
  /** Models and tools answer from these alone; absent: answers that fit are generated. */
  readonly cassettes?: Cassettes | undefined;
  readonly onNews: (news: TestNews) => void;
  /** Ends it without a result. */
  readonly signal?: AbortSignal | undefined;
};

const place = { node: z.string(), protocol: z.string() };
const answer = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('alive') }),
  z.strictObject({ type: z.literal('begin'), ...place }),
  z.strictObject({ type: z.literal('test'), ...place, test: testResult }),
  z.strictObject({ type: z.literal('done') }),
  z.strictObject({ type: z.literal('fatal'), message: z.string() }),
]);

const unable = (why: string): Result<never> => failed({ code: 'TST010', message: `the tests ended without a result: ${why}`, fix: 'Test again, with fewer cases; if it happens again, please report it.' });
const STOPPED: Result<never> = failed({ code: 'TST014', message: 'the tests were stopped', fix: 'Run them again.' });

export function runTestsApart(request: TestsRequest, entry = defaultTestsEntry(), forkChild: ForkChild = forkInNode): Promise<Result<null>> {
  const { onNews, signal, cassettes, ...asked } = request;
  // One that hangs or ends takes all results along: where it was is all that there is to go by.
  let at = '';
  const unableHere = (why: string): Result<never> => unable(`${why}${at}`);
  return askChild({
    entry,
    forkChild,
    ask: { type: 'test', ...asked, ...(cassettes ? { cassettes: sendCassettes(cassettes) } : {}) },
    said: answer,
    silentMs: SILENT_MS,
    signal,
    onSaid: (said) => {
      if (said.type === 'done') return ok(null);
      if (said.type === 'fatal') return unableHere(said.message);
      if (said.type === 'begin') at = `, in the tests of ${said.node} for ${said.protocol}`;
      if (said.type === 'test') at = `, in the tests of ${said.node} for ${said.protocol}, after "${said.test.name}"`;
      if (said.type !== 'alive' && !signal?.aborted) onNews(said);
      return undefined;
    },
    wordSilence: `they said nothing for ${SILENT_MS / 1000} s`,
    wordStrange: 'they said what no tests of ours say',
    unable: unableHere,
    stopped: () => STOPPED,
  });
}
