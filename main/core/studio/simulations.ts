/** Simulations of the open projects: run in a process of their own, their journals kept for the timeline until they are closed. */
import { randomBytes } from 'node:crypto';
import type { RequestInput } from '../../../shared/api/contract';
import type { RunAnswers, Simulation } from '../../../shared/api/run';
import { failed, ok } from '../../../shared/errors/result';
import type { JournalHeader, JournalRecord } from '../../../shared/journal/record';
import { loadScenarioPlan } from '../compile';
import { EMPTY_PLAN, readDataFiles } from '../simulate-project';
import type { ForkChild } from '../fork-child';
import { mockProgram } from '../mocks/mock-program';
import { runSimulations } from '../simulator-process';
import type { OpenProject } from './context';
import { LineFile } from './line-file';
import type { RunParts } from './parts';
import { compileNow } from './compile-now';
import { takePage } from './take-page';

/** Kept at a time, over all projects; those under way among them. */
export const MOST_SIMULATIONS = 16;
/** Under way at a time; others wait. Each is a process that uses a core. */
const MOST_AT_WORK = 2;
/** A journal that grows beyond this ends its simulation. */
const MOST_JOURNAL_BYTES = 1024 * 1024 * 1024;

type Kept = { readonly lines: LineFile; readonly abort: AbortController };

export class Simulations {
  readonly #parts: RunParts;
  readonly #forkChild: ForkChild | undefined;
  readonly #kept = new Map<string, Kept>();
  readonly #waiting: (() => void)[] = [];
  #atWork = 0;

  constructor(parts: RunParts, forkChild?: ForkChild) {
    this.#parts = parts;
    this.#forkChild = forkChild;
  }

  async start(project: OpenProject, asked: RequestInput<'simulation.start'>): Promise<RunAnswers['simulation.start']> {
    if (this.#kept.size >= MOST_SIMULATIONS) return failed({ code: 'RUN035', message: `${MOST_SIMULATIONS} simulations are open already`, fix: 'Close one of them.' });
    const key = randomBytes(9).toString('base64url');
    const kept: Kept = { lines: new LineFile(), abort: new AbortController() };
    this.#kept.set(key, kept);
    await this.#turn();
    try {
      const answer = await this.#simulate(project, asked, key, kept);
      if (!answer.ok) this.close(key);
      return answer;
    } catch (error) {
      this.close(key);
      throw error;
    } finally {
      this.#atWork -= 1;
      this.#waiting.shift()?.();
    }
  }

  async #turn(): Promise<void> {
    while (this.#atWork >= MOST_AT_WORK) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#atWork += 1;
  }

  async #simulate(project: OpenProject, asked: RequestInput<'simulation.start'>, key: string, kept: Kept): Promise<RunAnswers['simulation.start']> {
    const compiled = await compileNow(project);
    if (!compiled.ok) return compiled;
    const plan = await (this.#parts.loadScenario ?? loadScenarioPlan)(project.dir, compiled.value, asked.scenario);
    if (!plan.ok) return { ...failed({ code: 'RUN036', message: 'the scenario has problems', fix: 'Put them right; each says how.' }), diagnostics: plan.diagnostics };
    const scenario = plan.value ?? EMPTY_PLAN;
    const mocked = mockProgram(compiled.value, { ...scenario.mocks, ...asked.mocks });
    if (!mocked.ok) return mocked;
    const program = mocked.value;
    const files = await readDataFiles(program, project.dir);
    const onJournal = (_: number, lines: readonly string[]): void => this.#keepLines(kept, lines);
    const answer = await runSimulations({ program, scenario, seeds: [asked.seed], files, onJournal, signal: kept.abort.signal }, this.#parts.simulatorEntry, this.#forkChild);
    if (!answer.ok) return answer;
    const [result] = answer.value;
    if (!result || kept.abort.signal.aborted) return failed({ code: 'RUN020', message: 'the simulation ended without a result', fix: 'Simulate again; if it happens again, please report it.' });
    return ok({ simulation: key, header: JSON.parse(kept.lines.page(0, 1)[0]!) as JournalHeader, plan: scenario, result, records: kept.lines.count - 1 } satisfies Simulation);
  }

  #keepLines({ lines, abort }: Kept, more: readonly string[]): void {
    if (abort.signal.aborted) return;
    lines.append(more);
    if (lines.bytes > MOST_JOURNAL_BYTES) abort.abort();
  }

  /** Records from `seq` `from` on; 0 and 1 mean the first. */
  journal({ simulation, from, count }: RequestInput<'simulation.journal'>): RunAnswers['simulation.journal'] {
    const kept = this.#kept.get(simulation);
    if (!kept) return failed({ code: 'RUN037', message: 'this simulation is closed', fix: 'Simulate again.' });
    // Line 0 is the header, line n the record with seq n.
    return ok({ records: takePage(kept.lines.page(Math.max(1, from), count).map((line) => JSON.parse(line) as JournalRecord)) });
  }

  close(simulation: string): void {
    const kept = this.#kept.get(simulation);
    this.#kept.delete(simulation);
    kept?.abort.abort();
    kept?.lines.close();
  }

  closeAll(): void {
    for (const simulation of [...this.#kept.keys()]) this.close(simulation);
  }
}
