/** What comes into a run from outside, sources of the design and the lines of `--input`: acknowledged, delivered, settled once each. */
import type { CallError } from '../../../shared/run/call-failure';
import type { Depends, OutsideInput, Settlement, ToEngine } from '../../../shared/run/engine-protocol';
import type { Program, ProgramSource } from '../../../shared/program/program';
import type { RunStore } from '../../store/run-store';
import type { CoreWorld } from '../core-world';
import type { SourceReader } from '../sources/source-reader';
import type { Gate } from './gate';
import { InputFeed } from './input-feed';
import type { RunNote, RunReply } from './run-result';
import { SourceFeed, type Pull } from './source-feed';

export type RunInputsOptions = {
  readonly program: Program;
  readonly store: RunStore;
  readonly gate: Gate;
  readonly world: CoreWorld;
  /** Milliseconds since the run began. */
  readonly elapsedMs: () => number;
  readonly openSource: (source: ProgramSource) => SourceReader;
  /** Lines of `--input`. */
  readonly input: SourceReader | undefined;
  /** More lines may come at any time: all is in once those that came are settled. */
  readonly staysUp: boolean;
  readonly send: (message: ToEngine) => void;
  readonly onReply: (reply: RunReply) => void;
  readonly onNote: (note: RunNote) => void;
  readonly onError: (error: unknown) => void;
  /** Looks again whether the run is over. */
  readonly onChange: () => void;
};

/** Line n has id n; where there are lines, items of sources count from far above them. */
const FIRST_SOURCE_ID_BESIDE_LINES = 1_000_000_001;

export class RunInputs {
  readonly #options: RunInputsOptions;
  readonly #sources = new Map<string, SourceFeed>();
  readonly #lines: InputFeed | undefined;
  #nextSourceId: number;
  /** By which lines are checked. */
  program: Program;

  constructor(options: RunInputsOptions) {
    this.#options = options;
    const { program, input } = options;
    this.program = program;
    this.#nextSourceId = input ? FIRST_SOURCE_ID_BESIDE_LINES : 1;
    for (const node of Object.values(program.nodes)) if (node.kind === 'source') this.#sources.set(node.id, this.#sourceFeed(node));
    this.#lines = input && this.#lineFeed(input);
  }

  /** All has come in and is settled. */
  get isFinished(): boolean {
    const areLinesDone = this.#lines === undefined || (this.#options.staysUp ? this.#lines.isSettled : this.#lines.isFinished);
    return areLinesDone && [...this.#sources.values()].every((source) => source.isFinished);
  }

  start(): void {
    this.#lines?.start();
  }

  /** To a new engine: lines that have no answer yet. Sources are asked by their new processes. */
  redeliver(): void {
    this.#lines?.redeliver();
  }

  pull(node: string, pull: Pull): void {
    this.#sources.get(node)?.pull(pull);
  }

  async close(): Promise<void> {
    for (const source of this.#sources.values()) await source.close();
    await this.#lines?.close();
  }

  #sourceFeed(source: ProgramSource): SourceFeed {
    const { openSource, store, elapsedMs, send, onError, onChange } = this.#options;
    return new SourceFeed({
      source,
      reader: openSource(source),
      store,
      nextId: () => this.#nextSourceId++,
      nowMs: () => Math.floor(elapsedMs()),
      send,
      onBadItem: (input, message) => this.#refuse(input, { code: 'invalid', message, node: source.id }, true),
      onError,
      onChange,
    });
  }

  #lineFeed(reader: SourceReader): InputFeed {
    const { store, world, elapsedMs, send, onError, onChange } = this.#options;
    return new InputFeed({ program: () => this.program, reader, store, world, elapsedMs, send, onRefused: (input, error) => this.#refuse(input, error, false), onError, onChange });
  }

  async #refuse(input: OutsideInput, error: CallError, isItem: boolean): Promise<void> {
    const settlement: Settlement = { id: input.id, attempts: 1, ok: false, error };
    await this.#options.store.settleInput(settlement, { deadLetter: isItem });
    if (isItem) this.#options.onNote({ kind: 'deadLetter', node: input.node, value: input.value, error });
    else this.#reply(settlement);
    this.#options.onChange();
  }

  async settle(settlement: Settlement, depends: Depends): Promise<void> {
    if (!(await this.#options.gate.pass(depends))) return;
    const isLine = this.#lines?.settle(settlement.id) === true;
    const isItem = !isLine && [...this.#sources.values()].some((source) => source.settle(settlement.id));
    // A second answer, after a redelivery: the first was it.
    if (!isLine && !isItem) return;
    await this.#options.store.settleInput(settlement, { deadLetter: isItem && !settlement.ok });
    if (isLine) this.#reply(settlement);
    this.#options.onChange();
  }

  #reply(settlement: Settlement): void {
    const { id, ok } = settlement;
    this.#options.onReply(ok ? { type: 'reply', input: id, ok, output: settlement.output } : { type: 'reply', input: id, ok, error: settlement.error });
  }
}
