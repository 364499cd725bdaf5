/** Requests about tests: what each provider promises, examples, the person's own. One run of them at a time for a project. */
import { z } from 'zod';
import type { Diagnostic } from '../errors/diagnostic';
import type { AppError, Result } from '../errors/result';
import { mocks } from '../run/mock';
import type { TestReport, TestResult } from '../tests/test-report';
import { projectKey, type ProjectKey } from './project';

export const testRequests = {
  /**
   * `node`: only that provider. `seed`: the cases of an earlier run. `mocks` stand in for nodes, which are not tested themselves then.
   * `recorded`: models and tools answer from the cassettes of the project alone; else answers that fit are generated. The answer comes at
   * the end; on the way there is `tests.progress`.
   */
  'tests.run': z.strictObject({ project: projectKey, node: z.string().max(100).optional(), seed: z.int().min(0).max(2 ** 31 - 1).optional(), mocks: mocks.optional(), recorded: z.boolean().optional() }),
  'tests.stop': z.strictObject({ project: projectKey }),
} as const;

export type TestAnswers = {
  'tests.run': { readonly ok: true; readonly value: TestReport } | { readonly ok: false; readonly error: AppError; readonly diagnostics?: readonly Diagnostic[] };
  'tests.stop': Result<null>;
};

export type TestEvents = {
  /** `test` is judged, or absent where the provider's turn has just come. `index` from 1. */
  'tests.progress': { readonly project: ProjectKey; readonly seed: number; readonly node: string; readonly protocol: string; readonly index: number; readonly providers: number; readonly test?: TestResult };
};
