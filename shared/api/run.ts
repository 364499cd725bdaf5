/** Requests about runs (live) and simulations (virtual time, never an outside effect). */
import { z } from 'zod';
import type { ScenarioPlan, SimulationResult } from '../design/scenario-plan';
import type { Diagnostic } from '../errors/diagnostic';
import type { Result } from '../errors/result';
import type { Json } from '../json/json';
import type { JournalHeader, JournalRecord } from '../journal/record';
import type { RunSpend } from '../run/run-spend';
import type { AnswerWorld } from '../run/answer-world';
import type { CallError } from '../run/call-failure';
import { mocks, type MockKind } from '../run/mock';
import type { GuardSample } from '../run/engine-protocol';
import { handle } from './shell';
import { projectKey, type ProjectKey } from './project';

export const runKey = z.string().min(1).max(100);
export type RunKey = z.infer<typeof runKey>;
const ofProject = z.strictObject({ project: projectKey });
const ofRun = z.strictObject({ run: runKey });
const nodeId = z.string().max(100);
const json: z.ZodType<Json> = z.json();
const most = z.int().min(1).max(10_000);

export const runRequests = {
  /** What a run would reach: shown and confirmed once for each list of capabilities of a project. */
  'run.capabilities': ofProject,
  /** `confirmed` is the hash of the list that the person allowed. `record`: what models answer goes into the project's cassettes. `mocks` stand in for nodes, in this run alone. */
  'run.start': z.strictObject({ project: projectKey, confirmed: z.string().max(100), record: z.boolean().optional(), mocks: mocks.optional() }),
  'run.stop': ofRun,
  'run.current': ofProject,
  'run.operate': z.strictObject({ run: runKey, command: z.discriminatedUnion('action', [z.strictObject({ action: z.literal('crash'), node: nodeId }), z.strictObject({ action: z.literal('killHost'), host: nodeId }), z.strictObject({ action: z.literal('guard'), wire: z.string().max(300), guard: z.int().min(0).max(100), force: z.enum(['open', 'closed', 'auto']) })]) }),
  /** A message from outside to any operation; the answer comes as the reply of this request. */
  'run.send': z.strictObject({ run: runKey, node: nodeId, protocol: z.string().max(100), operation: z.string().max(100), input: json }),
  /** Starts anew what the edits since have changed, by the new program. `confirmed` as in `run.start`, where the list of capabilities is another now. */
  'run.apply': z.strictObject({ run: runKey, confirmed: z.string().max(100).optional() }),
  /** Records of the journal so far, from a number on; the newest come by `run.records`. */
  'run.journal': z.strictObject({ run: runKey, from: z.int().min(0), count: most }),
  'simulation.start': z.strictObject({ project: projectKey, scenario: z.string().max(100).optional(), seed: z.int().min(0).max(2 ** 31), mocks: mocks.optional() }),
  'simulation.journal': z.strictObject({ simulation: runKey, from: z.int().min(0), count: most }),
  'simulation.close': z.strictObject({ simulation: runKey }),
  'export.preview': ofProject,
  'export.write': z.strictObject({ project: projectKey, to: handle }),
} as const;

export type RunStatus = 'stopped' | 'starting' | 'running' | 'stopping' | 'failed';
/** The state words of look.md section 5. */
export type NodeStatus = 'idle' | 'running' | 'busy' | 'restarting' | 'crashed' | 'gave up';

/** One readable line of what a run may do. `needsGrant` is beyond the project's own folder (contract section 4). */
export type Capability = { readonly node: string; readonly kind: string; readonly says: string; readonly needsGrant: boolean };
export type Capabilities = { readonly hash: string; readonly program: string; readonly list: readonly Capability[]; readonly isConfirmed: boolean; readonly isNewHere: boolean };

export type RunState = {
  readonly run: RunKey;
  readonly project: ProjectKey;
  readonly status: RunStatus;
  readonly program: string;
  readonly startedAtUnixMs: number;
  /** Nodes for which mocks stand in, in the order of the design. */
  readonly mocked: readonly string[];
  /** The design has been edited since, and the run goes on with its own program. */
  readonly isEditedSince: boolean;
  /** All sources have ended and nothing was left to do: the run stays up until it is stopped. */
  readonly isDrained: boolean;
  /** How often the engine was lost and replaced, and why the last time: agents' state and mailboxes went with it. */
  readonly engineLosses: number;
  readonly engineLost?: { readonly reason: string; readonly unanswered: number };
  /** How it ended, once it has: `drained`, `root_exit`, ... and the root's reason. */
  readonly ended?: { readonly reason: string; readonly rootReason: string | null; readonly result: Json };
};

export type AgentTelemetry = {
  /** The node's id, or the name of a dynamic child. */
  readonly node: string;
  readonly kind: 'agent' | 'supervisor' | 'router' | 'source' | 'sink' | 'timer' | 'tool' | 'human';
  readonly status: NodeStatus;
  readonly host: string;
  readonly mailbox: number;
  /** 0 for a supervisor, whose mailbox has none. */
  readonly bound: number;
  readonly handled: number;
  /** Messages a second, over the last second or so. */
  readonly rate: number;
  /** How often it was started again since the run began. */
  readonly restarts: number;
  readonly incarnation: number;
  /** What stands in for it in this run. */
  readonly mocked?: MockKind;
  /** A dynamic child's: the node that it is a copy of. */
  readonly template?: string;
  /** A supervisor's: restarts that count now, of `max` within `seconds`. */
  readonly window?: { readonly used: number; readonly max: number; readonly seconds: number };
};
/** All wires from one node to another together. `sent` and `failed` count since the run began. */
export type WireTelemetry = { readonly from: string; readonly to: string; readonly sent: number; readonly rate: number; readonly failed: number };
/** At most 4 a second. `guards`: of wires that have been called, counted since their caller's host began; a wire is named `desk.llm brain`, as in the drawing. */
export type Telemetry = { readonly run: RunKey; readonly atMs: number; readonly agents: readonly AgentTelemetry[]; readonly wires: readonly WireTelemetry[]; readonly guards: readonly GuardSample[]; readonly hosts: readonly { readonly host: string; readonly life: number; readonly isUp: boolean }[]; /** What models were asked since the run began, and its price; absent where none was asked. */ readonly spend?: RunSpend };

export type Simulation = { readonly simulation: RunKey; readonly header: JournalHeader; readonly plan: ScenarioPlan; readonly result: SimulationResult; readonly records: number };
export type ExportReport = { readonly files: readonly { readonly path: string; readonly bytes: number }[]; readonly bytes: number; readonly program: string; readonly handlers: readonly string[]; /** Put into grants.json. */ readonly grants: readonly Json[]; /** Wanted beyond them, of whoever runs it. */ readonly missingGrants: number; readonly needs: readonly string[] };

export type RunAnswers = {
  'run.capabilities': Result<Capabilities>;
  'run.start': Result<RunState>;
  'run.stop': Result<null>;
  'run.current': RunState | null;
  'run.operate': Result<null>;
  'run.send': Result<({ readonly ok: true; readonly output: Json } | { readonly ok: false; readonly error: CallError }) & { readonly tookMs: number; /** What stood behind the answer. */ readonly world: AnswerWorld }>;
  /** `run` differs from the one that was asked where the whole run had to begin anew; `restarted` is then the root, and `why` says what could not be changed in place. */
  'run.apply': Result<{ readonly run: RunKey; readonly restarted: readonly string[]; readonly why?: string }>;
  'run.journal': Result<{ readonly records: readonly JournalRecord[]; readonly total: number }>;
  'simulation.start': { readonly ok: true; readonly value: Simulation } | { readonly ok: false; readonly error: { readonly code: string; readonly message: string; readonly fix: string }; readonly diagnostics?: readonly Diagnostic[] };
  'simulation.journal': Result<{ readonly records: readonly JournalRecord[] }>;
  'simulation.close': null;
  'export.preview': Result<ExportReport>;
  'export.write': Result<{ readonly shownPath: string; readonly report: ExportReport }>;
};

export type RunEvents = {
  'run.state': RunState;
  'run.telemetry': Telemetry;
  /** The newest records, a few hundred at most; `skipped` were too many to show and are in the journal. */
  'run.records': { readonly run: RunKey; readonly records: readonly JournalRecord[]; readonly skipped: number };
  /** A value that a sink shows; `skipped` before it were too many to show, and are in the journal. */
  'run.output': { readonly run: RunKey; readonly node: string; readonly port: string; readonly value: Json; readonly atMs: number; readonly skipped: number };
};
