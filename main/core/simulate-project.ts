/** Simulates a compiled project: its scenario, its data files, one seed or many. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failed, ok, type AppError } from '../../shared/errors/result';
import type { Diagnostic } from '../../shared/errors/diagnostic';
import type { ScenarioPlan, SimulationResult, Verdict } from '../../shared/design/scenario-plan';
import type { Program } from '../../shared/program/program';
import { loadScenarioPlan } from './compile';
import { defaultSimulatorEntry, runSimulations } from './simulator-process';
import type { Mocks } from '../../shared/run/mock';
import type { ForkChild } from './fork-child';
import { mockProgram } from './mocks/mock-program';
import { writeJournal } from './write-journal';

export type SimulateOptions = {
  readonly program: Program;
  readonly projectDir: string;
  readonly scenario?: string;
  readonly seed: number;
  /** What stands in for nodes; the scenario's own go before. */
  readonly mocks?: Mocks;
  /** How many seeds, from `seed` on. */
  readonly seeds?: number;
  readonly journalFile?: string;
  /** How the simulator's process is started, if not by Node's `fork`. */
  readonly forkChild?: ForkChild;
};

export type SimulationReport = SimulationResult & { readonly runs?: number; readonly failing?: readonly number[] };
type Answer = { readonly ok: true; readonly value: SimulationReport } | { readonly ok: false; readonly error: AppError } | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Where a design has no scenario. */
export const EMPTY_PLAN: ScenarioPlan = { name: null, load: [], faults: [], expectations: [] };

export async function simulateProject(options: SimulateOptions): Promise<Answer> {
  const { projectDir, seed, seeds, journalFile } = options;
  const loaded = await loadScenarioPlan(projectDir, options.program, options.scenario);
  if (!loaded.ok) return loaded;
  const mocked = mockProgram(options.program, { ...loaded.value?.mocks, ...options.mocks });
  if (!mocked.ok) return mocked;
  const program = mocked.value;
  const files = await readDataFiles(program, projectDir);
  const lines = new Map<number, string[]>();
  const onJournal = (of: number, more: readonly string[]): void => {
    const kept = lines.get(of) ?? [];
    kept.push(...more);
    lines.set(of, kept);
  };
  const wanted = Array.from({ length: seeds ?? 1 }, (_, index) => seed + index);
  const answer = await runSimulations({ program, scenario: loaded.value ?? EMPTY_PLAN, seeds: wanted, files, ...(journalFile === undefined ? {} : { onJournal }) }, defaultSimulatorEntry(), options.forkChild);
  if (!answer.ok) return failed(answer.error);
  const results = answer.value;
  const failing = results.filter(({ verdict }) => verdict === 'fail').map((result) => result.seed);
  const shown = results.find((result) => result.seed === failing[0]) ?? results.find(({ verdict }) => verdict === 'unknown') ?? results[0]!;
  if (journalFile !== undefined) {
    const written = await writeJournal(lines.get(failing[0] ?? wanted[0]!) ?? [], journalFile);
    if (!written.ok) return written;
  }
  return ok(seeds === undefined ? shown : { ...shown, verdict: worst(results), runs: results.length, failing });
}

/** Bytes of the files that sources name, by path. */
export const readDataFiles = async (program: Program, projectDir: string): Promise<ReadonlyMap<string, Buffer>> =>
  new Map(await Promise.all(program.files.map(async ({ path }) => [path, await readFile(join(projectDir, path))] as const)));

const worst = (results: readonly SimulationResult[]): Verdict =>
  results.some(({ verdict }) => verdict === 'fail') ? 'fail' : results.some(({ verdict }) => verdict === 'unknown') ? 'unknown' : 'pass';
