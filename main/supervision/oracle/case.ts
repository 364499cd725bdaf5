/** A case of the OTP oracle: a supervision tree and a script of stimuli. README.md says what the fields mean. */
import { z } from 'zod';
import type { Json } from '../../../shared/json/json';
import type { ProgramSupervisor, Restart, Shutdown } from '../../../shared/program/program';
import { failed, ok, type Result } from '../../../shared/errors/result';

const id = z.string().min(1);
const init = z.union([z.enum(['ok', 'fail_always', 'fail_once', 'ignore']), z.array(z.enum(['ok', 'fail', 'ignore'])).min(1)]);
const ms = z.number().nonnegative();
const nodeFields = {
  id,
  kind: z.enum(['worker', 'supervisor']).optional(),
  restart: z.enum(['permanent', 'transient', 'temporary']).optional(),
  shutdown: z.union([ms, z.enum(['brutal_kill', 'infinity'])]).optional(),
  significant: z.boolean().optional(),
  init: init.optional(),
  trapExit: z.boolean().optional(),
  terminateDelay: ms.optional(),
  strategy: z.enum(['one_for_one', 'one_for_all', 'rest_for_one', 'simple_one_for_one']).optional(),
  maxRestarts: z.number().int().nonnegative().optional(),
  maxSeconds: z.number().positive().optional(),
  autoShutdown: z.enum(['never', 'any_significant', 'all_significant']).optional(),
};
export type CaseNode = {
  readonly kind?: 'worker' | 'supervisor';
  readonly id: string;
  readonly restart?: Restart;
  readonly shutdown?: Shutdown;
  readonly significant?: boolean;
  readonly init?: string | readonly InitOutcome[];
  readonly trapExit?: boolean;
  readonly terminateDelay?: number;
  readonly strategy?: ProgramSupervisor['strategy'];
  readonly maxRestarts?: number;
  readonly maxSeconds?: number;
  readonly autoShutdown?: ProgramSupervisor['autoShutdown'];
  readonly children?: readonly CaseNode[];
};
export type CaseStep = {
  readonly crash?: string;
  readonly reason?: string;
  readonly advance?: number;
  readonly stopTree?: true;
  readonly startChild?: readonly [string, CaseNode];
  readonly terminateChild?: readonly [string, string];
  readonly restartChild?: readonly [string, string];
  readonly deleteChild?: readonly [string, string];
  readonly whichChildren?: string;
  readonly countChildren?: string;
  readonly burst?: string;
  readonly ops?: readonly CaseStep[];
};
export type OracleCase = { readonly name: string; readonly tree: CaseNode; readonly script: readonly CaseStep[] };
export type InitOutcome = 'ok' | 'fail' | 'ignore';
export type TraceEvent = { readonly ev: string; readonly [field: string]: Json };

const caseNode: z.ZodType = z.strictObject({ ...nodeFields, children: z.array(z.lazy(() => caseNode)).optional() });
const target = z.tuple([id, id]);
const step: z.ZodType = z.union([
  z.strictObject({ crash: id, reason: z.string().min(1).optional() }),
  z.strictObject({ advance: ms }),
  z.strictObject({ terminateChild: target }),
  z.strictObject({ restartChild: target }),
  z.strictObject({ deleteChild: target }),
  z.strictObject({ startChild: z.tuple([id, caseNode]) }),
  z.strictObject({ whichChildren: id }),
  z.strictObject({ countChildren: id }),
  z.strictObject({ stopTree: z.literal(true) }),
  z.strictObject({ burst: id, ops: z.array(z.lazy(() => step)) }),
]);
const oracleCase = z.looseObject({ name: z.string(), tree: caseNode, script: z.array(step) });

/** A call to a supervisor, as the trace names it. */
export type Ask = { readonly op: string; readonly sup: string; readonly id?: string };

/** The text of a case file. The error says where it is not as a case should be. */
export function parseCase(text: string): Result<OracleCase, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return failed(`no JSON: ${(error as Error).message}`);
  }
  const parsed = oracleCase.safeParse(value);
  return parsed.success ? ok(parsed.data as unknown as OracleCase) : failed(z.prettifyError(parsed.error));
}

const INIT_WORDS: Readonly<Record<string, readonly InitOutcome[]>> = { ok: ['ok'], fail_always: ['fail'], fail_once: ['fail', 'ok'], ignore: ['ignore'] };

/** Entry k is the outcome of this id's k-th start attempt; the last one repeats. */
export const planOf = (init: CaseNode['init']): readonly InitOutcome[] => (typeof init === 'string' ? INIT_WORDS[init]! : (init ?? ['ok']));
