/**
 * Entry of the simulator's process. Handlers run in it, so it gets the engine's walls: no environment, no files but its own code,
 * one channel to the core. It is asked once, answers with journal lines and one result a seed, and says now and then that it lives.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { assert } from '../../shared/assert';
import type { ScenarioPlan, SimulationResult } from '../../shared/design/scenario-plan';
import type { Program } from '../../shared/program/program';
import { openCorePort } from '../../shared/run/core-port';
import { SandboxPool } from '../runtime/sandbox/sandbox-pool';
import { readCassettes, sentCassette, type SentCassette } from './recorded-answers';
import { simulate } from './simulate';

export type SimulateRequest = {
  readonly type: 'simulate';
  readonly program: Program;
  readonly scenario: ScenarioPlan;
  readonly seeds: readonly number[];
  /** Bytes of the data files that sources name, in base64, by path. */
  readonly files: { readonly [path: string]: string };
  readonly cassettes?: readonly SentCassette[];
  readonly wantJournal: boolean;
};

export type SimulateAnswer =
  | { readonly type: 'progress'; readonly virtualMs: number }
  | { readonly type: 'journal'; readonly seed: number; readonly lines: readonly string[] }
  | { readonly type: 'result'; readonly result: SimulationResult }
  | { readonly type: 'done' }
  | { readonly type: 'fatal'; readonly message: string };

const PROGRESS_EVERY_MS = 500;
const LINES_AT_ONCE = 500;

const isObject = (value: unknown): boolean => value !== null && typeof value === 'object';
const request: z.ZodType<SimulateRequest> = z.strictObject({
  type: z.literal('simulate'),
  program: z.custom<Program>(isObject),
  scenario: z.custom<ScenarioPlan>(isObject),
  seeds: z.array(z.int()).min(1),
  files: z.record(z.string(), z.string()),
  cassettes: z.array(sentCassette).optional(),
  wantJournal: z.boolean(),
});

const core = openCorePort(process);
const post = (answer: SimulateAnswer): void => core.post(answer);

async function simulateSeed(asked: SimulateRequest, seed: number): Promise<SimulationResult> {
  const hash = createHash('sha256');
  let lines: string[] = [];
  const sendLines = (): void => {
    if (lines.length > 0) post({ type: 'journal', seed, lines });
    lines = [];
  };
  let saidMs = performance.now();
  const result = await simulate({
    program: asked.program,
    scenario: asked.scenario,
    seed,
    files: new Map(Object.entries(asked.files).map(([path, text]) => [path, new Uint8Array(Buffer.from(text, 'base64'))])),
    cassettes: readCassettes(asked.cassettes ?? []),
    guests: await SandboxPool.prepare(asked.program.hosts.flatMap(({ instances }) => instances)),
    onLine: (line) => {
      hash.update(line).update('\n');
      if (asked.wantJournal && lines.push(line) >= LINES_AT_ONCE) sendLines();
    },
    journalHash: () => `sha256:${hash.copy().digest('hex')}`,
    onProgress: (virtualMs) => {
      if (performance.now() - saidMs < PROGRESS_EVERY_MS) return;
      saidMs = performance.now();
      post({ type: 'progress', virtualMs });
    },
  });
  sendLines();
  return result;
}

async function answer(raw: unknown): Promise<void> {
  const asked = request.parse(raw);
  assert(asked.program.format === 'prismatic-program/1', 'a compiled program is simulated');
  for (const seed of asked.seeds) post({ type: 'result', result: await simulateSeed(asked, seed) });
  post({ type: 'done' });
}

core.onMessage((raw) => {
  answer(raw).catch((error: unknown) => post({ type: 'fatal', message: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown' }));
});
