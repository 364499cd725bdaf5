/** One run of a design: brings the engine up, feeds it, makes what it asks for, replaces it when it is lost, and ends it in order. */
import { assert, assertNever } from '../../../shared/assert';
import type { FromEngine, HostSample, ToEngine } from '../../../shared/run/engine-protocol';
import type { RunSpend } from '../../../shared/run/run-spend';
import type { NodeId } from '../../../shared/ids';
import type { RunEndReason } from '../../../shared/journal/record';
import type { Program, ProgramSource } from '../../../shared/program/program';
import type { RunCounts, RunStore } from '../../store/run-store';
import type { CoreWorld } from '../core-world';
import { appendingTo, type AppendFiles } from '../effects/append-file';
import { EffectMaker } from '../effects/effect-maker';
import type { EffectPerformers } from '../effects/perform-effect';
import { showingOutput, type EffectOutput } from '../effects/show-output';
import type { StartEngine } from '../engine-process';
import type { SourceReader } from '../sources/source-reader';
import { EngineLives } from './engine-lives';
import { Gate } from './gate';
import { RunInputs } from './run-inputs';
import { RunRecord } from './run-record';
import type { RunNote, RunReply, RunResult } from './run-result';

/** How long an ordered stop may take before the engine is killed. */
const STOP_LIMIT_MS = 60_000;
/** How long after an answer "not idle" the engine is asked again. */
const PROBE_AGAIN_MS = 10;
/** The same where nobody waits for the end. */
const PROBE_AT_EASE_MS = 250;

export type RunOptions = {
  readonly program: Program;
  readonly seed: number;
  readonly trace: boolean;
  /** Handlers on plain V8, without a sandbox: only by a person's explicit choice. Goes on record, since such a run can't be replayed. */
  readonly nativeHandlers: boolean;
  readonly forMs?: number;
  readonly store: RunStore;
  readonly startEngine: StartEngine;
  readonly files: AppendFiles;
  /** How effects beyond the run's own outputs are made: models and the like. */
  readonly performers?: EffectPerformers;
  readonly spend?: () => RunSpend | undefined;
  readonly world: CoreWorld;
  readonly openSource: (source: ProgramSource) => SourceReader;
  /** Lines of `--input`, or messages that a person sends. */
  readonly input?: SourceReader;
  /** It is not over when nothing is left to do: `drained` is then a note, said once, and the run goes on until it is stopped. */
  readonly staysUp?: boolean;
  readonly onOutput: (output: EffectOutput) => void;
  readonly onReply: (reply: RunReply) => void;
  readonly onNote: (note: RunNote) => void;
  /** The whole tree stands: once for each engine. */
  readonly onUp?: () => void;
  readonly onSample?: (sample: EngineSample) => void;
};

/** Counters of all hosts at one moment; `atMs` since the run began. */
export type EngineSample = { readonly atMs: number; readonly hosts: readonly HostSample[] };

export class Run {
  readonly #options: RunOptions;
  readonly #startedMs: number;
  readonly #engine: EngineLives;
  readonly #record: RunRecord;
  readonly #inputs: RunInputs;
  readonly #effects: EffectMaker;
  #hasRoot = false;
  #hasInputs = false;
  #probe: number | undefined;
  #probes = 0;
  #measures = 0;
  #ending: RunEndReason | undefined;
  #rootReason: string | null = null;
  #program: Program;
  #applies = 0;
  #applied: ((failed: readonly NodeId[] | undefined) => void) | undefined;
  #hostsLost = 0;
  #hasSaidDrained = false;
  #finish!: (result: RunResult) => void;
  #fail!: (error: unknown) => void;
  readonly result: Promise<RunResult>;

  constructor(options: RunOptions) {
    this.#options = options;
    this.#program = options.program;
    this.result = new Promise((resolve, reject) => {
      this.#finish = resolve;
      this.#fail = reject;
    });
    const { store, files, world, program, startEngine, input, openSource, onOutput, onReply, onNote, staysUp = false } = options;
    this.#startedMs = world.nowMs();
    const gate = new Gate();
    const nowMs = (): number => this.#nowMs;
    const onError = (error: unknown): void => this.#fail(error);
    this.#engine = new EngineLives({ program, startEngine, nowMs, onMessage: (message) => this.#receive(message), onExit: (reason) => this.#keep(this.#engineGone(reason)) });
    this.#record = new RunRecord({ store, gate, nowMs, onNote, onError });
    this.#effects = new EffectMaker({ store, gate, nowMs, onItem: (key, value) => this.#engine.send({ type: 'effectItem', key, value }), performers: { console: showingOutput(onOutput), 'file.append': appendingTo(files), ...options.performers } });
    const elapsedMs = (): number => world.nowMs() - this.#startedMs;
    this.#inputs = new RunInputs({ program, store, gate, world, elapsedMs, openSource, input, staysUp, send: (message) => this.#engine.send(message), onReply, onNote, onError, onChange: () => this.#look() });
  }

  get #nowMs(): number {
    return Math.floor(this.#options.world.nowMs() - this.#startedMs);
  }

  start(): void {
    if (this.#options.nativeHandlers) this.#record.write(() => this.#record.recordCore({ type: 'operator', action: 'unsafe-native-handlers', target: 'run' }));
    for (const [node, { kind }] of Object.entries(this.#program.mocks ?? {})) this.#record.write(() => this.#record.recordCore({ type: 'operator', action: `mock ${kind}`, target: node }));
    this.#startEngine();
    const { forMs, world } = this.#options;
    if (forMs !== undefined) world.setTimer(forMs, () => this.stop('time'));
  }

  /** An ordered stop; asked a second time, the engine is killed. */
  stop(reason: RunEndReason): void {
    if (this.#ending !== undefined) return this.#engine.kill('stopped twice');
    this.#ending = reason;
    this.#engine.send({ type: 'stop' });
    this.#options.world.setTimer(STOP_LIMIT_MS, () => this.#engine.kill('the ordered stop took too long'));
  }

  /** For a person or a test: `crash` a node, `killHost`. */
  operate(command: Extract<ToEngine, { type: 'operator' }>['command']): void {
    this.#engine.send({ type: 'operator', command });
  }

  /**
   * Puts another program under the run, with the same root, hosts and sources, and starts the subtrees below `tops` anew by it. Answers
   * which of them failed to start (their supervisors try again); `undefined` where the engine was lost meanwhile, and began anew with
   * the new program. One at a time.
   */
  async apply(program: Program, tops: readonly NodeId[]): Promise<readonly NodeId[] | undefined> {
    assert(this.#hasRoot && this.#applied === undefined, 'edits are applied to a tree that stands, one after the other');
    await this.#record.recordCore({ type: 'operator', action: `apply ${program.hash}`, target: tops.join(' ') });
    this.#program = program;
    this.#inputs.program = program;
    this.#applies += 1;
    const replace = tops.map((child) => ({ supervisor: program.nodes[child]!.parent!, child }));
    return new Promise((resolve) => {
      this.#applied = resolve;
      // Without a root by now, an engine is on its way that begins with the new program.
      if (!this.#hasRoot) return this.#answerApply(undefined);
      this.#engine.send({ type: 'apply', token: this.#applies, program, replace });
    });
  }

  #answerApply(failed: readonly NodeId[] | undefined): void {
    this.#applied?.(failed);
    this.#applied = undefined;
  }

  /** Asks for a sample; it comes by `onSample`, unless the engine is lost or asked again before it has answered. */
  measure(): void {
    this.#measures += 1;
    this.#engine.send({ type: 'measure', token: this.#measures });
  }

  #measured({ token, atMs, hosts }: Extract<FromEngine, { type: 'measured' }>): void {
    if (token === this.#measures) this.#options.onSample?.({ atMs, hosts });
  }

  #startEngine(): void {
    this.#hasRoot = false;
    this.#probe = undefined;
    this.#answerApply(undefined);
    this.#engine.start();
  }

  // ---- what the engine says ----

  #receive(message: FromEngine): void {
    switch (message.type) {
      case 'ready':
        return this.#begin();
      case 'rootStarted':
        return this.#rootStarted();
      case 'hostStarted':
        return this.#record.hostStarted(message.host, message.life);
      case 'hostLost':
        return this.#hostLost(message.host, message.life, message.reason);
      case 'chunk':
        return this.#record.append(message.chunk);
      case 'effect':
        return this.#keep(this.#makeEffect(message));
      case 'effectAbandoned':
        return this.#effects.abandon(message.key);
      case 'settled':
        return this.#keep(this.#inputs.settle(message.settlement, message.depends));
      case 'pull':
        return this.#inputs.pull(message.node, { engineLife: this.#engine.life, incarnation: message.incarnation, credit: message.credit });
      case 'probed':
        return this.#probed(message.token, message.idle);
      case 'rootExited':
        return this.#rootExited(message.reason);
      case 'applied':
        if (message.token === this.#applies) this.#answerApply(message.failed);
        return;
      case 'measured':
        return this.#measured(message);
      // A run asks nothing of supervisors.
      case 'response':
      case 'heartbeat':
      case 'fatal':
        return;
      default:
        return assertNever(message);
    }
  }

  #keep(work: Promise<unknown>): void {
    work.catch(this.#fail);
  }

  #begin(): void {
    if (this.#ending !== undefined) return this.#engine.kill('stopped before it began');
    const { seed, trace, nativeHandlers, world } = this.#options;
    const program = this.#program;
    const elapsedMs = world.nowMs() - this.#startedMs;
    this.#engine.send({ type: 'start', program, seed, engineLife: this.#engine.life, epochMs: world.unixMs() - elapsedMs, elapsedMs, trace, nativeHandlers });
  }

  #rootStarted(): void {
    this.#hasRoot = true;
    if (this.#ending !== undefined) return this.#engine.send({ type: 'stop' });
    // The first engine may have been lost before it had a root.
    if (this.#hasInputs) this.#inputs.redeliver();
    else this.#inputs.start();
    this.#hasInputs = true;
    this.#options.onUp?.();
    this.#look();
  }

  #hostLost(host: string, life: number, reason: string): void {
    if (this.#ending === undefined) this.#hostsLost += 1;
    this.#options.onNote({ kind: 'hostLost', host, reason });
    this.#record.hostLost(host, life, reason);
  }

  async #engineGone(reason: string): Promise<void> {
    this.#answerApply(undefined);
    await this.#record.engineLost();
    if (this.#rootReason !== null || this.#ending !== undefined) return this.#conclude();
    await this.#record.recordCore({ type: 'host.lost', life: this.#engine.life, reason: `engine: ${reason}` });
    const isOverLimit = this.#engine.countLoss();
    this.#hostsLost += 1;
    const unanswered = (await this.#options.store.unsettledInputs()).length;
    this.#options.onNote({ kind: 'engineLost', reason, unanswered });
    if (!isOverLimit) return this.#startEngine();
    this.#ending = 'root_exit';
    this.#rootReason = `engine_lost: ${reason}`;
    return this.#conclude();
  }

  async #makeEffect({ effect, depends }: Extract<FromEngine, { type: 'effect' }>): Promise<void> {
    const answer = await this.#effects.make(effect, depends);
    if (answer) this.#engine.send({ type: 'effectAnswer', answer });
    this.#look();
  }

  // ---- the end ----

  /** Whether all that came in is done; the engine then says whether all that followed is. */
  #look(): void {
    if (!this.#hasRoot || this.#ending !== undefined || this.#probe !== undefined || this.#hasSaidDrained || !this.#isFed) return;
    this.#probes += 1;
    this.#probe = this.#probes;
    this.#engine.send({ type: 'probe', token: this.#probe });
  }

  get #isFed(): boolean {
    return this.#effects.pending === 0 && this.#inputs.isFinished;
  }

  #probed(token: number, isIdle: boolean): void {
    if (token !== this.#probe) return;
    this.#probe = undefined;
    const { staysUp, world } = this.#options;
    if (isIdle && this.#isFed) this.#drained();
    else world.setTimer(staysUp ? PROBE_AT_EASE_MS : PROBE_AGAIN_MS, () => this.#look());
  }

  #drained(): void {
    if (!this.#options.staysUp) return this.stop('drained');
    this.#hasSaidDrained = true;
    this.#options.onNote({ kind: 'drained' });
  }

  #rootExited(reason: string): void {
    this.#rootReason = reason;
    this.#ending ??= 'root_exit';
    this.#record.write(async () => this.#engine.kill('the root has ended'));
  }

  async #conclude(): Promise<void> {
    const { store, files } = this.#options;
    const reason = this.#ending ?? 'root_exit';
    this.#answerApply(undefined);
    await this.#inputs.close();
    await this.#effects.close();
    await this.#record.written;
    await store.end(reason, this.#nowMs);
    const counts = await store.counts();
    await files.close();
    this.#finish(this.#resultOf(reason, counts));
  }

  #resultOf(reason: RunEndReason, { inputs, handled, failed, unsettled, deadLetters, effects }: RunCounts): RunResult {
    const { seed } = this.#options;
    const spend = this.#options.spend?.();
    return {
      type: 'result',
      ok: reason !== 'root_exit',
      reason,
      rootReason: this.#rootReason,
      program: this.#program.hash,
      seed,
      inputs,
      handled,
      failed,
      dropped: unsettled,
      deadLetters,
      outputs: this.#effects.made,
      restarts: this.#record.restarts,
      hostsLost: this.#hostsLost,
      effects,
      ...(spend === undefined ? {} : { spend }),
      wallMs: this.#nowMs,
    };
  }
}
