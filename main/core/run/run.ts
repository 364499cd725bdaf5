/** One run of a design: brings the engine up, feeds it, makes what it asks for, replaces it when it is lost, and ends it in order. */
import { assertNever } from '../../../shared/assert';
import type { CallError } from '../../../shared/run/call-failure';
import type { FromEngine, OutsideInput, Settlement } from '../../../shared/run/engine-protocol';
import type { JournalChunk, JournalEvent, RunEndReason } from '../../../shared/journal/record';
import type { Program, ProgramSource } from '../../../shared/program/program';
import { countRestart, type RestartHistory } from '../../supervision/restart-limit';
import type { RunStore } from '../../store/run-store';
import type { CoreWorld } from '../core-world';
import type { AppendFiles } from '../effects/append-file';
import { EffectMaker, type EffectOutput } from '../effects/effect-maker';
import type { EngineLink, StartEngine } from '../engine-process';
import type { SourceReader } from '../sources/source-reader';
import { notesOf } from './chunk-watch';
import { Gate } from './gate';
import { InputFeed } from './input-feed';
import type { RunNote, RunReply, RunResult } from './run-result';
import { SourceFeed } from './source-feed';

/** How long an ordered stop may take before the engine is killed. */
const STOP_LIMIT_MS = 60_000;
/** How long after an answer "not idle" the engine is asked again. */
const PROBE_AGAIN_MS = 10;

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
  readonly world: CoreWorld;
  readonly openSource: (source: ProgramSource) => SourceReader;
  /** Lines of `--input`. */
  readonly input?: SourceReader;
  readonly onOutput: (output: EffectOutput) => void;
  readonly onReply: (reply: RunReply) => void;
  readonly onNote: (note: RunNote) => void;
};

export class Run {
  readonly #options: RunOptions;
  readonly #startedMs: number;
  readonly #gate = new Gate();
  readonly #effects: EffectMaker;
  readonly #sources = new Map<string, SourceFeed>();
  readonly #input: InputFeed | undefined;
  readonly #hostLives = new Set<string>();
  #engine: EngineLink | undefined;
  #engineLife = 0;
  #engineLosses: RestartHistory = [];
  #nextSourceId: number;
  #hasRoot = false;
  #probe: number | undefined;
  #probes = 0;
  #ending: RunEndReason | undefined;
  #rootReason: string | null = null;
  #restarts = 0;
  #hostsLost = 0;
  /** Everything that the store is still to be told, in order. */
  #writes: Promise<unknown> = Promise.resolve();
  #finish!: (result: RunResult) => void;
  #fail!: (error: unknown) => void;
  readonly result: Promise<RunResult>;

  constructor(options: RunOptions) {
    this.#options = options;
    const { store, files, world, program, input, onOutput } = options;
    this.#startedMs = world.nowMs();
    // Line n has id n; where there are lines, items of sources count from far above them.
    this.#nextSourceId = input ? 1_000_000_001 : 1;
    this.#effects = new EffectMaker({ store, gate: this.#gate, files, nowMs: () => this.#nowMs, onOutput });
    for (const node of Object.values(program.nodes)) if (node.kind === 'source') this.#sources.set(node.id, this.#feedOf(node));
    this.#input = input && this.#inputFeedOf(input);
    this.result = new Promise((resolve, reject) => {
      this.#finish = resolve;
      this.#fail = reject;
    });
  }

  get #nowMs(): number {
    return Math.floor(this.#options.world.nowMs() - this.#startedMs);
  }

  start(): void {
    if (this.#options.nativeHandlers) this.#write(() => this.#recordCore({ type: 'operator', action: 'unsafe-native-handlers', target: 'run' }));
    this.#startEngine();
    const { forMs, world } = this.#options;
    if (forMs !== undefined) world.setTimer(forMs, () => this.stop('time'));
  }

  /** An ordered stop; asked a second time, the engine is killed. */
  stop(reason: RunEndReason): void {
    if (this.#ending !== undefined) return this.#engine?.kill('stopped twice');
    this.#ending = reason;
    this.#engine?.send({ type: 'stop' });
    this.#options.world.setTimer(STOP_LIMIT_MS, () => this.#engine?.kill('the ordered stop took too long'));
  }

  /** For a person or a test: `crash` a node, `killHost`. */
  operate(command: Extract<Parameters<EngineLink['send']>[0], { type: 'operator' }>['command']): void {
    this.#engine?.send({ type: 'operator', command });
  }

  // ---- the engine ----

  #startEngine(): void {
    this.#engineLife += 1;
    this.#hasRoot = false;
    this.#probe = undefined;
    const life = this.#engineLife;
    this.#engine = this.#options.startEngine({
      onMessage: (message) => {
        if (life === this.#engineLife) this.#receive(message);
      },
      onExit: (reason) => void this.#engineGone(reason).catch(this.#fail),
    });
  }

  #receive(message: FromEngine): void {
    switch (message.type) {
      case 'ready': {
        const { program, seed, trace, nativeHandlers, world } = this.#options;
        const elapsedMs = world.nowMs() - this.#startedMs;
        return this.#engine!.send({ type: 'start', program, seed, engineLife: this.#engineLife, epochMs: world.unixMs() - elapsedMs, elapsedMs, trace, nativeHandlers });
      }
      case 'rootStarted':
        return this.#rootStarted();
      case 'hostStarted':
        this.#hostLives.add(`${message.host}#${message.life}`);
        return;
      case 'hostLost':
        return this.#hostLost(message.host, message.life, message.reason);
      case 'chunk':
        return this.#append(message.chunk);
      case 'effect':
        return this.#keep(this.#makeEffect(message));
      case 'settled':
        return this.#keep(this.#settle(message.settlement, message.depends));
      case 'pull':
        return this.#sources.get(message.node)?.pull(`${this.#engineLife}.${message.incarnation}`, message.credit);
      case 'probed':
        return this.#probed(message.token, message.idle);
      case 'rootExited':
        return this.#rootExited(message.reason);
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

  #rootStarted(): void {
    this.#hasRoot = true;
    if (this.#ending !== undefined) return this.#engine?.send({ type: 'stop' });
    if (this.#engineLife === 1) this.#input?.start();
    else this.#input?.redeliver();
    this.#look();
  }

  #hostLost(host: string, life: number, reason: string): void {
    if (this.#ending === undefined) this.#hostsLost += 1;
    this.#options.onNote({ kind: 'hostLost', host, reason });
    // Its chunks came before this word; once they are committed, no more will be.
    this.#write(async () => {
      this.#gate.close(`${host}#${life}`);
      await this.#options.store.appendCoreEvent({ atMs: this.#nowMs, event: { type: 'host.lost', life, reason: `${host}: ${reason}` } });
    });
  }

  async #engineGone(reason: string): Promise<void> {
    this.#engine = undefined;
    await this.#writes;
    this.#gate.closeAll(this.#hostLives);
    this.#hostLives.clear();
    if (this.#rootReason !== null || this.#ending !== undefined) return this.#conclude();
    await this.#recordCore({ type: 'host.lost', life: this.#engineLife, reason: `engine: ${reason}` });
    const root = this.#options.program.nodes[this.#options.program.root];
    const intensity = root?.kind === 'supervisor' ? root : { maxRestarts: 1, maxSeconds: 5 };
    const { history, isOverLimit } = countRestart(this.#engineLosses, this.#nowMs, intensity);
    this.#engineLosses = history;
    this.#hostsLost += 1;
    const unanswered = (await this.#options.store.unsettledInputs()).length;
    this.#options.onNote({ kind: 'engineLost', reason, unanswered });
    if (!isOverLimit) return this.#startEngine();
    this.#ending = 'root_exit';
    this.#rootReason = `engine_lost: ${reason}`;
    return this.#conclude();
  }

  // ---- the record ----

  #write(work: () => Promise<unknown>): void {
    this.#writes = this.#writes.then(work);
    this.#writes.catch(this.#fail);
  }

  #append(chunk: JournalChunk): void {
    for (const note of notesOf(chunk)) {
      if (note.kind === 'restart') this.#restarts += 1;
      this.#options.onNote(note);
    }
    // Asked for at once, so that chunks that come together share a commit; told to the gate in order.
    const appended = this.#options.store.appendChunk(chunk);
    this.#write(async () => {
      await appended;
      this.#gate.commit(chunk);
    });
  }

  #recordCore(event: JournalEvent): Promise<void> {
    return this.#options.store.appendCoreEvent({ atMs: this.#nowMs, event });
  }

  async #makeEffect({ effect, depends }: Extract<FromEngine, { type: 'effect' }>): Promise<void> {
    const answer = await this.#effects.make(effect, depends);
    if (answer) this.#engine?.send({ type: 'effectAnswer', answer });
    this.#look();
  }

  // ---- inputs ----

  #feedOf(source: ProgramSource): SourceFeed {
    return new SourceFeed({
      source,
      reader: this.#options.openSource(source),
      store: this.#options.store,
      nextId: () => this.#nextSourceId++,
      nowMs: () => this.#nowMs,
      send: (message) => this.#engine?.send(message),
      onBadItem: (input, message) => this.#refuse(input, { code: 'invalid', message, node: source.id }, true),
      onError: (error) => this.#fail(error),
      onChange: () => this.#look(),
    });
  }

  #inputFeedOf(reader: SourceReader): InputFeed {
    const { program, store, world } = this.#options;
    return new InputFeed({
      program,
      reader,
      store,
      world,
      elapsedMs: () => world.nowMs() - this.#startedMs,
      send: (message) => this.#engine?.send(message),
      onRefused: (input, error) => this.#refuse(input, error, false),
      onError: (error) => this.#fail(error),
      onChange: () => this.#look(),
    });
  }

  async #refuse(input: OutsideInput, error: CallError, isItem: boolean): Promise<void> {
    const settlement: Settlement = { id: input.id, attempts: 1, ok: false, error };
    await this.#options.store.settleInput(settlement, { deadLetter: isItem });
    if (isItem) this.#options.onNote({ kind: 'deadLetter', node: input.node, value: input.value, error });
    else this.#reply(settlement);
    this.#look();
  }

  async #settle(settlement: Settlement, depends: Readonly<Record<string, number>>): Promise<void> {
    if (!(await this.#gate.pass(depends))) return;
    const isLine = this.#input?.settle(settlement.id) === true;
    const isItem = !isLine && [...this.#sources.values()].some((source) => source.settle(settlement.id));
    // A second answer, after a redelivery: the first was it.
    if (!isLine && !isItem) return;
    await this.#options.store.settleInput(settlement, { deadLetter: isItem && !settlement.ok });
    if (isLine) this.#reply(settlement);
    this.#look();
  }

  #reply(settlement: Settlement): void {
    const { id, ok } = settlement;
    this.#options.onReply(ok ? { type: 'reply', input: id, ok, output: settlement.output } : { type: 'reply', input: id, ok, error: settlement.error });
  }

  // ---- the end ----

  /** Whether all that came in is done; the engine then says whether all that followed is. */
  #look(): void {
    if (!this.#hasRoot || this.#ending !== undefined || this.#probe !== undefined || !this.#isFed) return;
    this.#probes += 1;
    this.#probe = this.#probes;
    this.#engine?.send({ type: 'probe', token: this.#probe });
  }

  get #isFed(): boolean {
    const isEmpty = this.#input === undefined || this.#input.isFinished;
    return isEmpty && this.#effects.pending === 0 && [...this.#sources.values()].every((source) => source.isFinished);
  }

  #probed(token: number, isIdle: boolean): void {
    if (token !== this.#probe) return;
    this.#probe = undefined;
    if (isIdle && this.#isFed) this.stop('drained');
    else this.#options.world.setTimer(PROBE_AGAIN_MS, () => this.#look());
  }

  #rootExited(reason: string): void {
    this.#rootReason = reason;
    this.#ending ??= 'root_exit';
    this.#write(async () => this.#engine?.kill('the root has ended'));
  }

  async #conclude(): Promise<void> {
    const { store, program, seed, files } = this.#options;
    const reason = this.#ending ?? 'root_exit';
    for (const source of this.#sources.values()) await source.close();
    await this.#input?.close();
    await this.#writes;
    await store.end(reason, this.#nowMs);
    const counts = await store.counts();
    await files.close();
    this.#finish({
      type: 'result',
      ok: reason !== 'root_exit',
      reason,
      rootReason: this.#rootReason,
      program: program.hash,
      seed,
      inputs: counts.inputs,
      handled: counts.handled,
      failed: counts.failed,
      dropped: counts.unsettled,
      deadLetters: counts.deadLetters,
      outputs: this.#effects.made,
      restarts: this.#restarts,
      hostsLost: this.#hostsLost,
      effects: counts.effects,
      wallMs: this.#nowMs,
    });
  }
}
