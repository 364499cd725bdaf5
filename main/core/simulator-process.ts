/** Runs simulations in a process of their own, behind the engine's walls, and gives up on one that says nothing for 20 s. */
import { join } from 'node:path';
import { z } from 'zod';
import { failed, ok, type Result } from '../../shared/errors/result';
import type { ScenarioPlan, SimulationResult } from '../../shared/design/scenario-plan';
import type { Json } from '../../shared/json/json';
import type { Program } from '../../shared/program/program';
import { unpackedPath } from '../../shared/unpacked-path';
import { sendCassettes, type Cassettes } from './models/cassettes';
import { askChild } from './ask-child';
import { forkInNode, type ForkChild } from './fork-child';

const SILENT_MS = 20_000;

export const defaultSimulatorEntry = (): string => unpackedPath(join(import.meta.dirname, '..', 'engine', 'simulate.js'));

export type SimulationRequest = {
  readonly program: Program;
  readonly scenario: ScenarioPlan;
  readonly seeds: readonly number[];
  readonly files: ReadonlyMap<string, Buffer>;
  /** What models and tools answer. */
  readonly cassettes?: Cassettes;
  /** Takes the journal's lines of a seed as they come. */
  readonly onJournal?: (seed: number, lines: readonly string[]) => void;
  /** Ends it without a result. */
  readonly signal?: AbortSignal;
};

const verdict = z.enum(['pass', 'fail', 'unknown']);
const whole = z.number();
const json: z.ZodType<Json> = z.json();
const result: z.ZodType<SimulationResult> = z.strictObject({
  verdict,
  program: z.string(),
  scenario: z.string().nullable(),
  seed: whole,
  virtualMs: whole,
  steps: whole,
  journalHash: z.string(),
  inputs: whole,
  handled: whole,
  failed: whole,
  lost: whole,
  duplicated: whole,
  restarts: whole,
  expectations: z.array(z.strictObject({ name: z.string(), verdict, seq: whole.nullable(), message: z.string() })),
  unanswered: z.array(z.strictObject({ node: z.string(), kind: z.string(), request: json })).optional(),
});
const answer = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('progress'), virtualMs: whole }),
  z.strictObject({ type: z.literal('journal'), seed: whole, lines: z.array(z.string()) }),
  z.strictObject({ type: z.literal('result'), result }),
  z.strictObject({ type: z.literal('done') }),
  z.strictObject({ type: z.literal('fatal'), message: z.string() }),
]);

const unable = (why: string): Result<never> => failed({ code: 'RUN020', message: `the simulation ended without a result: ${why}`, fix: 'Simulate with a smaller load or fewer seeds; if it happens again, please report it.' });

export function runSimulations(request: SimulationRequest, entry = defaultSimulatorEntry(), forkChild: ForkChild = forkInNode): Promise<Result<readonly SimulationResult[]>> {
  const { program, scenario, seeds, files, onJournal, signal } = request;
  const results: SimulationResult[] = [];
  const encoded = Object.fromEntries([...files].map(([path, bytes]) => [path, bytes.toString('base64')]));
  const cassettes = sendCassettes(request.cassettes ?? new Map());
  return askChild({
    entry,
    forkChild,
    ask: { type: 'simulate', program, scenario, seeds, files: encoded, ...(cassettes.length === 0 ? {} : { cassettes }), wantJournal: onJournal !== undefined },
    said: answer,
    silentMs: SILENT_MS,
    signal,
    onSaid: (said) => {
      if (said.type === 'journal') onJournal?.(said.seed, said.lines);
      else if (said.type === 'result') results.push(said.result);
      else if (said.type === 'done') return ok(results);
      else if (said.type === 'fatal') return unable(said.message);
      return undefined;
    },
    wordSilence: `it said nothing for ${SILENT_MS / 1000} s`,
    wordStrange: 'it said what no simulator of ours says',
    unable,
    stopped: () => unable('it was stopped'),
  });
}
