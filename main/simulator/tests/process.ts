/**
 * Entry of the process that runs tests. Handlers and test files run in it, so it has the engine's walls: no environment, no files but its
 * own code, one channel to the core. It is asked once, tells each result as it comes, and says now and then that it lives.
 */
import { z } from 'zod';
import { assert } from '../../../shared/assert';
import type { Program } from '../../../shared/program/program';
import { openCorePort } from '../../../shared/run/core-port';
import type { TestPlan } from '../../../shared/tests/test-plan';
import { readCassettes, sentCassette, type SentCassette } from '../recorded-answers';
import { runTests, type TestNews } from './run-tests';

export type TestRequest = {
  readonly type: 'test';
  readonly program: Program;
  readonly plan: TestPlan;
  readonly node?: string | undefined;
  readonly seed: number;
  readonly cases: number;
  /** Real time that one property may take. */
  readonly mostMs: number;
  /** Models and tools answer from these alone. */
  readonly cassettes?: readonly SentCassette[] | undefined;
};
export type TestAnswer = TestNews | { readonly type: 'alive' } | { readonly type: 'done' } | { readonly type: 'fatal'; readonly message: string };

const ALIVE_EVERY_MS = 500;

const isObject = (value: unknown): boolean => value !== null && typeof value === 'object';
const whole = z.int().min(0);
const request: z.ZodType<TestRequest> = z.strictObject({
  type: z.literal('test'),
  program: z.custom<Program>(isObject),
  plan: z.custom<TestPlan>(isObject),
  node: z.string().optional(),
  seed: whole,
  cases: whole,
  mostMs: whole,
  cassettes: z.array(sentCassette).optional(),
});

const core = openCorePort(process);
const post = (answer: TestAnswer): void => core.post(answer);

async function answer(raw: unknown): Promise<void> {
  const { seed, cases, mostMs, cassettes, ...run } = request.parse(raw);
  assert(run.program.format === 'prismatic-program/1', 'a compiled program is tested');
  post({ type: 'alive' });
  let saidMs = performance.now();
  const onAlive = (): void => {
    if (performance.now() - saidMs < ALIVE_EVERY_MS) return;
    saidMs = performance.now();
    post({ type: 'alive' });
  };
  for await (const news of runTests(run, { seed, cases, mostMs, cassettes: cassettes && readCassettes(cassettes), clock: () => performance.now(), isStopped: () => false, onAlive })) post(news);
  post({ type: 'done' });
}

core.onMessage((raw) => {
  answer(raw).catch((error: unknown) => post({ type: 'fatal', message: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown' }));
});
