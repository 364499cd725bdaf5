/** All tests of a program: each provider with each of its protocols, in the order of the tree. */
import type { NodeId } from '../../../shared/ids';
import type { Program } from '../../../shared/program/program';
import type { TestPlan } from '../../../shared/tests/test-plan';
import { testedProviders } from '../../../shared/tests/tested-providers';
import type { TestResult } from '../../../shared/tests/test-report';
import { LIMITS } from '../../runtime/sandbox/limits';
import { SandboxPool } from '../../runtime/sandbox/sandbox-pool';
import { CASE } from './case-runner';
import type { TestEffort } from './test-effort';
import { testProvider } from './test-provider';

/** Of a handler or a test that never ends in branches that take long: without it, all other results would go with the process. */
const LONGEST_TURN_MS = 5000;

/** `node`: only that one. */
export type TestRun = { readonly program: Program; readonly plan: TestPlan; readonly node?: NodeId | undefined };
export type TestNews = { readonly type: 'begin'; readonly node: NodeId; readonly protocol: string } | { readonly type: 'test'; readonly node: NodeId; readonly protocol: string; readonly test: TestResult };

export async function* runTests(run: TestRun, effort: Omit<TestEffort, 'guests'>): AsyncGenerator<TestNews, void, void> {
  const guests = await SandboxPool.prepare([...run.program.hosts.flatMap(({ instances }) => instances), CASE.instance], { ...LIMITS, turnTime: { mostMs: LONGEST_TURN_MS, nowMs: effort.clock } });
  for (const provider of testedProviders(run.program, run.node)) {
    if (effort.isStopped()) return;
    yield { type: 'begin', ...provider };
    for await (const test of testProvider({ ...run, ...provider }, { ...effort, guests })) yield { type: 'test', ...provider, test };
  }
}
