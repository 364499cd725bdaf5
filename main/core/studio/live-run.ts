/**
 * One run of the Studio: it goes on until it is stopped, tells every window that has the project open how it is, and takes messages
 * from them. Its record stays readable after its end, until the next run of the project begins or the Studio closes.
 */
import { basename, join } from 'node:path';
import type { RequestInput } from '../../../shared/api/contract';
import type { Approval } from '../../../shared/api/approvals';
import type { RunAnswers, RunState, RunStatus } from '../../../shared/api/run';
import type { Grant } from '../../../shared/design/grants';
import { failed, ok, type AppError, type Result } from '../../../shared/errors/result';
import type { Json } from '../../../shared/json/json';
import type { EffectMode, JournalRecord } from '../../../shared/journal/record';
import { applyRecord, EMPTY_STATE, type RecordedState } from '../../../shared/journal/state-at';
import type { Program } from '../../../shared/program/program';
import { originOfKey, worldOfAnswer } from '../../../shared/run/answer-world';
import type { RunSpend } from '../../../shared/run/run-spend';
import { nameOfWire } from '../../../shared/program/wire-name';
import { People } from '../effects/people';
import type { HumanAnswer } from '../../../shared/run/human-request';
import { findProblem } from '../run/input-feed';
import type { Run } from '../run/run';
import type { RunNote, RunReply, RunResult } from '../run/run-result';
import { mockedNodes } from '../mocks/mock-program';
import { beginRun, resultOf, wordLeftOpen } from '../run-project';
import { PromptReader } from '../sources/prompt-reader';
import type { OpenedRunStore } from '../../store/store-client';
import type { OpenProject, StudioContext } from './context';
import { keysOf } from './keys-of';
import { LiveJournal } from './live-journal';
import type { RunParts } from './parts';
import { NO_TELEMETRY, takeSample, telemetryOf, type Sample, type TelemetryState } from './telemetry';
import { shortenValue } from './shorten-record';
import { takePage } from './take-page';
import { tapModes } from './tap-modes';

/** Telemetry is made no more often than this, and only while somebody looks. */
const TELEMETRY_EVERY_MS = 250;
/** Records go to the screen no more often than this. */
const RECORDS_EVERY_MS = 100;

/** Values of sinks that are shown in that time. */
const MOST_OUTPUTS = 100;

/** `design`: the hash of what is drawn, which that of a program with mocks is not. */
export type LiveRunOptions = { readonly project: OpenProject; readonly program: Program; readonly design: string; readonly context: StudioContext; readonly parts: RunParts; readonly grants: readonly Grant[]; readonly records: boolean };
type Begun = { readonly key: string; readonly run: Run; readonly spend: () => RunSpend | undefined; readonly store: OpenedRunStore; readonly prompt: PromptReader; readonly people: People };
type Ended = NonNullable<RunState['ended']>;

/** No standard input: a source that reads it ends at once. */
async function* nothing(): AsyncGenerator<Uint8Array> {
  // Without an end there would be nothing to wait for.
}

export class LiveRun {
  readonly key: string;
  /** As it is now: an edit may have been applied. */
  program: Program;
  #design: string;
  readonly #options: LiveRunOptions;
  #project: OpenProject;
  readonly #journal: LiveJournal;
  readonly #prompt: PromptReader;
  readonly #people: People;
  readonly #run: Run;
  readonly #store: OpenedRunStore;
  readonly #spend: () => RunSpend | undefined;
  /** What its nodes may reach: an edit may have brought more. */
  grants: readonly Grant[];
  readonly #replies = new Map<number, (reply: RunReply) => void>();
  /** How effects were made for messages of the window that are not answered yet, by their number. */
  readonly #modes = new Map<string, Set<EffectMode>>();
  readonly #startedAtUnixMs: number;
  #status: RunStatus = 'starting';
  #isDrained = false;
  #isEditedSince = false;
  #engineLosses = 0;
  #engineLost: RunState['engineLost'];
  #ended: Ended | undefined;
  #isTailDue = false;
  #outputs = 0;
  #skippedOutputs = 0;
  #recorded: RecordedState = EMPTY_STATE;
  #telemetry: TelemetryState = NO_TELEMETRY;
  /** Resolves when the run has ended, however it did. */
  readonly ended: Promise<void>;

  private constructor(options: LiveRunOptions, journal: LiveJournal, { key, run, store, spend, prompt, people }: Begun) {
    this.#options = options;
    this.#project = options.project;
    this.program = options.program;
    this.#design = options.design;
    this.#journal = journal;
    this.#prompt = prompt;
    this.#people = people;
    this.key = key;
    this.#run = run;
    this.#store = store;
    this.#spend = spend;
    this.grants = options.grants;
    this.#startedAtUnixMs = options.context.world.unixMs();
    this.ended = resultOf(run).then((result) => this.#end(result));
  }

  static async start(options: LiveRunOptions): Promise<Result<LiveRun>> {
    const { project, program, context, parts, records } = options;
    // What the run says before it has a name here waits for it.
    const made: { live?: LiveRun } = {};
    const grants = (): readonly Grant[] => made.live?.grants ?? options.grants;
    const early: ((run: LiveRun) => void)[] = [];
    const tell = (word: (run: LiveRun) => void): void => void (made.live ? word(made.live) : early.push(word));
    const say = (text: string): void => context.emitToProject(project.key, { name: 'shell.notice', payload: { level: 'warning', text } });
    const prompt = new PromptReader();
    const journal = new LiveJournal(
      () => tell((run) => run.#tailSoon()),
      (record) => tell((run) => run.#take(record)),
    );
    const people = new People({ world: context.world, isAttended: true, onChange: () => tell((run) => run.#emitApprovals()) });
    const begun = await beginRun({
      people,
      program,
      projectDir: project.dir,
      dataDir: context.dataDir,
      outDir: join(project.dir, '.prismatic', 'out'),
      trace: false,
      grants,
      keys: keysOf(context.shell),
      records,
      input: prompt,
      stdin: nothing(),
      staysUp: true,
      tap: (store) => tapModes(journal.tap(store), (key, mode) => tell((run) => run.#noteMode(key, mode))),
      onOutput: ({ node, port, value }) => tell((run) => run.#output(node, port, value)),
      onReply: (reply) => tell((run) => run.#reply(reply)),
      onNote: (note) => tell((run) => run.#note(note)),
      onUp: () => tell((run) => run.#up()),
      onSample: (sample) => tell((run) => run.#sample(sample)),
      nativeHandlers: false,
      onLeftOpen: (left) => say(wordLeftOpen(left)),
      onUnreadRun: ({ message, fix }) => say(`${message}; ${fix}`),
      ...(context.shell.forkChild ? { forkChild: context.shell.forkChild } : {}),
      ...parts,
    });
    if (!begun.ok) return begun;
    const { run, store, file, spend } = begun.value;
    const live = new LiveRun(options, journal, { key: basename(file, '.db'), run, store, spend, prompt, people });
    made.live = live;
    live.#emitState();
    for (const word of early) word(live);
    live.#measureSoon();
    return ok(live);
  }

  get state(): RunState {
    return {
      run: this.key,
      project: this.#project.key,
      status: this.#status,
      program: this.program.hash,
      startedAtUnixMs: this.#startedAtUnixMs,
      mocked: mockedNodes(this.program),
      isEditedSince: this.#isEditedSince,
      isDrained: this.#isDrained,
      engineLosses: this.#engineLosses,
      ...(this.#engineLost === undefined ? {} : { engineLost: this.#engineLost }),
      ...(this.#ended === undefined ? {} : { ended: this.#ended }),
    };
  }

  get isOver(): boolean {
    return this.#ended !== undefined;
  }

  /** What waits for a person, oldest first. */
  get approvals(): readonly Approval[] {
    return this.#people.questions.map(({ key, node, request, askedAtUnixMs, deadlineAtUnixMs }) => {
      const { deadlineMs: _, question, ...asked } = request;
      return { id: `${this.key}/${key}`, run: this.key, node, ...asked, ...(question === undefined ? {} : { question }), askedAtUnixMs, deadlineAtUnixMs };
    });
  }

  // ---- what a person asks ----

  /** Fails with HUM006, HUM007 or HUM008. */
  answerApproval(id: string, answer: HumanAnswer): Result<null> {
    return this.#people.answer(id.slice(this.key.length + 1), answer);
  }


  /** Ordered; asked again while it is under way, the engine is killed. */
  stop(): void {
    if (this.isOver) return;
    this.#status = 'stopping';
    this.#run.stop('signal');
    this.#emitState();
  }

  operate(command: RequestInput<'run.operate'>['command']): Result<null> {
    const { nodes, hosts } = this.program;
    if (this.isOver) return failed(OVER);
    if (command.action === 'crash') {
      if (!Object.hasOwn(nodes, command.node)) return failed({ code: 'RUN038', message: `no node is called ${command.node}`, fix: 'Name a node of the program that runs.' });
      this.#run.operate({ action: 'crash', node: command.node, reason: 'crash: by operator' });
    } else if (command.action === 'guard') {
      const wire = this.program.wires.find((one) => nameOfWire(one) === command.wire);
      if (wire?.guards[command.guard]?.kind !== 'breaker') return failed({ code: 'RUN040', message: `there is no breaker at place ${command.guard} of a wire ${command.wire}`, fix: 'Name a breaker of the program that runs; other guards have nothing to force.' });
      this.#run.operate(command);
    } else {
      const isHost = hosts.some(({ id }) => id === command.host);
      if (!isHost) return failed({ code: 'RUN038', message: `no host is called ${command.host}; there are ${hosts.map(({ id }) => id).join(', ')}`, fix: 'Name one of them.' });
      this.#run.operate(command);
    }
    return ok(null);
  }

  /** Acknowledged like a line of `--input`, and answered once. What the schema refuses never enters the run. */
  async send({ node, protocol, operation, input }: Pick<RequestInput<'run.send'>, 'node' | 'protocol' | 'operation' | 'input'>): Promise<RunAnswers['run.send']> {
    if (this.isOver || this.#status === 'stopping') return failed(OVER);
    const problem = findProblem(this.program, { to: node, protocol, operation, input });
    if (problem !== undefined) return failed({ code: 'RUN039', message: problem, fix: 'Send what the protocol takes.' });
    const { world } = this.#options.context;
    const beganMs = world.nowMs();
    const id = this.#prompt.send({ to: node, protocol, operation, input });
    const modes = new Set<EffectMode>();
    this.#modes.set(String(id), modes);
    const reply = await new Promise<RunReply>((resolve) => this.#replies.set(id, resolve));
    this.#modes.delete(String(id));
    const about = { tookMs: Math.round(world.nowMs() - beganMs), world: worldOfAnswer(this.program, node, modes) };
    return ok(reply.ok ? { ok: true, output: reply.output, ...about } : { ok: false, error: reply.error, ...about });
  }

  async journal(from: number, count: number): Promise<RunAnswers['run.journal']> {
    return ok({ records: takePage(await this.#journal.page(from, count)), total: this.#journal.total });
  }

  /** In place: the same root, hosts and sources. Answers once the changed subtrees stand, or their supervisors have seen them fail. */
  async apply(program: Program, design: string, tops: readonly string[], grants: readonly Grant[]): Promise<Result<null>> {
    if (this.isOver || this.#status === 'stopping') return failed(OVER);
    if (this.#status !== 'running') return failed({ code: 'RUN042', message: 'the tree does not stand yet', fix: 'Apply the edit once it runs.' });
    this.program = program;
    this.grants = grants;
    this.#design = design;
    this.#isEditedSince = false;
    this.#emitState();
    const failedTops = await this.#run.apply(program, tops);
    const [first] = failedTops ?? [];
    return first === undefined ? ok(null) : failed({ code: 'RUN041', message: `the edit is applied, but ${first} does not start by it; its supervisor tries again`, fix: 'See Run for why, and mend it.' });
  }

  /** The folder was closed and is open again. */
  belongTo(project: OpenProject): void {
    this.#project = project;
  }

  /** After an edit: whether what is drawn is another program than what runs. */
  compareWith(hash: string | undefined): void {
    const isEdited = hash !== this.#design;
    if (this.isOver || isEdited === this.#isEditedSince) return;
    this.#isEditedSince = isEdited;
    this.#emitState();
  }

  /** Ends it, in order where there is time, and gives its record back. */
  async close(graceMs: number): Promise<void> {
    if (!this.isOver) {
      if (this.#status !== 'stopping') this.stop();
      const timer = this.#options.context.world.setTimer(graceMs, () => this.stop());
      await this.ended;
      timer.cancel();
    }
    await this.#store.close();
  }

  // ---- what the run says ----

  #take(record: JournalRecord): void {
    this.#recorded = applyRecord(this.#recorded, record, this.program.nodes);
    if (record.type === 'process.exited') this.#people.left(record.node);
    else if (record.type === 'host.lost') this.#people.left();
  }

  #noteMode(key: string, mode: EffectMode): void {
    this.#modes.get(originOfKey(key))?.add(mode);
  }

  #up(): void {
    if (this.#status !== 'starting') return;
    this.#status = 'running';
    this.#emitState();
  }

  #note(note: RunNote): void {
    if (note.kind === 'drained') this.#isDrained = true;
    else if (note.kind === 'trouble') return this.#emit({ name: 'shell.notice', payload: { level: 'warning', text: note.text } });
    else if (note.kind === 'engineLost') {
      this.#engineLosses += 1;
      this.#engineLost = { reason: note.reason, unanswered: note.unanswered };
      if (this.#status === 'running') this.#status = 'starting';
    } else return;
    this.#emitState();
  }

  #output(node: string, port: string, value: Json): void {
    this.#tailSoon();
    if (this.#outputs >= MOST_OUTPUTS) return void (this.#skippedOutputs += 1);
    this.#outputs += 1;
    const skipped = this.#skippedOutputs;
    this.#skippedOutputs = 0;
    const atMs = Math.max(0, Math.floor(this.#options.context.world.unixMs() - this.#startedAtUnixMs));
    this.#emit({ name: 'run.output', payload: { run: this.key, node, port, value: shortenValue(value), atMs, skipped } });
  }

  #reply(reply: RunReply): void {
    this.#replies.get(reply.input)?.(reply);
    this.#replies.delete(reply.input);
  }

  #end(result: Result<RunResult>): void {
    this.#status = result.ok && result.value.ok ? 'stopped' : 'failed';
    this.#ended = result.ok ? { reason: result.value.reason, rootReason: result.value.rootReason, result: { ...result.value } } : { reason: result.error.code, rootReason: `${result.error.message} ${result.error.fix}`, result: null };
    for (const [id, answer] of this.#replies) answer({ type: 'reply', input: id, ok: false, error: { code: 'noconnection', message: 'the run ended before it was answered' } });
    this.#replies.clear();
    this.#emitTail();
    this.#emitState();
  }

  /** A run that nobody looks at is not asked. */
  #measureSoon(): void {
    const { context } = this.#options;
    context.world.setTimer(TELEMETRY_EVERY_MS, () => {
      if (this.isOver) return;
      if (context.isWatched?.(this.#project.key) !== false) this.#run.measure();
      this.#measureSoon();
    });
  }

  #sample(sample: Sample): void {
    this.#telemetry = takeSample(this.#telemetry, sample);
    const spend = this.#spend();
    this.#emit({ name: 'run.telemetry', payload: { ...telemetryOf(this.key, this.program, this.#recorded, this.#telemetry), ...(spend === undefined ? {} : { spend }) } });
  }

  #tailSoon(): void {
    if (this.#isTailDue) return;
    this.#isTailDue = true;
    this.#options.context.world.setTimer(RECORDS_EVERY_MS, () => this.#emitTail());
  }

  #emitTail(): void {
    this.#isTailDue = false;
    this.#outputs = 0;
    const tail = this.#journal.takeTail();
    if (tail.records.length > 0) this.#emit({ name: 'run.records', payload: { run: this.key, ...tail } });
  }

  #emitApprovals(): void {
    this.#emit({ name: 'approvals.changed', payload: { project: this.#project.key, approvals: this.approvals } });
  }

  #emitState(): void {
    this.#emit({ name: 'run.state', payload: this.state });
  }

  #emit(event: Parameters<StudioContext['emitToProject']>[1]): void {
    this.#options.context.emitToProject(this.#project.key, event);
  }
}

const OVER: AppError = { code: 'RUN034', message: 'this run has ended', fix: 'Run again.' };
