/** The lines of `--input`: checked, acknowledged, delivered in order, at most 64 unanswered at a time. Line n has id n. */
import { z } from 'zod';
import { mismatchOf } from '../../../shared/schema/fits-schema';
import { formatMismatch } from '../../../shared/schema/validate-value';
import type { CallError } from '../../../shared/run/call-failure';
import type { Json } from '../../../shared/json/json';
import type { OutsideInput, ToEngine } from '../../../shared/run/engine-protocol';
import type { Program } from '../../../shared/program/program';
import { outsideTimeoutMs } from '../../../shared/program/outside-timeout';
import { findProvided } from '../../../shared/program/provided-as';
import type { RunStore } from '../../store/run-store';
import type { CoreWorld } from '../core-world';
import type { SourceReader } from '../sources/source-reader';

/** Unanswered lines at a time: the same bound as a source's. */
const IN_FLIGHT = 64;

const json: z.ZodType<Json> = z.json();
const line = z.strictObject({ to: z.string(), protocol: z.string(), operation: z.string(), input: json, atMs: z.number().min(0).optional() });

export type InputFeedOptions = {
  /** The program as it is now: an edit may have been applied. */
  readonly program: () => Program;
  readonly reader: SourceReader;
  readonly store: RunStore;
  readonly world: CoreWorld;
  readonly elapsedMs: () => number;
  readonly send: (message: ToEngine) => void;
  readonly onRefused: (input: OutsideInput, error: CallError) => Promise<void>;
  readonly onError: (error: unknown) => void;
  readonly onChange: () => void;
};

export class InputFeed {
  readonly #options: InputFeedOptions;
  readonly #unsettled = new Map<number, OutsideInput>();
  #lines = 0;
  #isOver = false;
  #wake: (() => void) | undefined;

  constructor(options: InputFeedOptions) {
    this.#options = options;
  }

  get isFinished(): boolean {
    return this.#isOver && this.isSettled;
  }

  /** What came so far is settled. */
  get isSettled(): boolean {
    return this.#unsettled.size === 0;
  }

  start(): void {
    void this.#readAll().catch(this.#options.onError);
  }

  async #readAll(): Promise<void> {
    const { reader } = this.#options;
    for (let items = await reader.next(IN_FLIGHT); items.length > 0; items = await reader.next(IN_FLIGHT)) {
      for (const item of items) {
        await this.#room();
        await this.#take(item.ok ? item.value : undefined, item.ok ? '' : item.message);
      }
    }
    this.#isOver = true;
    this.#options.onChange();
  }

  #room(): Promise<void> {
    if (this.#unsettled.size < IN_FLIGHT) return Promise.resolve();
    return new Promise((resolve) => (this.#wake = resolve));
  }

  async #take(value: Json | undefined, problem: string): Promise<void> {
    this.#lines += 1;
    const { store, onRefused, send, elapsedMs } = this.#options;
    const checked = this.#check(value, problem);
    if (checked.atMs > elapsedMs()) await this.#pause(checked.atMs - elapsedMs());
    const { input } = checked;
    if (!checked.error) this.#unsettled.set(input.id, input);
    await store.acknowledgeInputs([{ ...input, atMs: Math.floor(elapsedMs()) }]);
    if (checked.error) await onRefused(input, checked.error);
    else send({ type: 'input', input });
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.#options.world.setTimer(ms, resolve));
  }

  /** A line that can't be delivered is acknowledged and answered all the same: nothing that came in goes without a trace. */
  #check(value: Json | undefined, problem: string): { readonly input: OutsideInput; readonly atMs: number; readonly error?: CallError } {
    const parsed = line.safeParse(value);
    const id = this.#lines;
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const message = problem || `line ${id} of the input: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`;
      return { input: { id, node: '', protocol: '', operation: '', value: value ?? null }, atMs: 0, error: { code: 'invalid', message } };
    }
    const { to, protocol, operation, input, atMs = 0 } = parsed.data;
    const message = findProblem(this.#options.program(), { to, protocol, operation, input });
    const outside = { id, node: to, protocol, operation, value: input };
    if (message !== undefined) return { input: outside, atMs, error: { code: 'invalid', message, node: to } };
    return { input: { ...outside, timeoutMs: outsideTimeoutMs(this.#options.program(), to) }, atMs };
  }

  settle(id: number): boolean {
    const wasOpen = this.#unsettled.delete(id);
    if (wasOpen) this.#wake?.();
    return wasOpen;
  }

  /** After a new engine: what it does not know. */
  redeliver(): void {
    for (const input of this.#unsettled.values()) this.#options.send({ type: 'input', input });
  }

  close(): Promise<void> {
    return this.#options.reader.close();
  }
}

/** Why a message can't be delivered, in words; `undefined` where it can. */
export function findProblem(program: Program, message: { readonly to: string; readonly protocol: string; readonly operation: string; readonly input: Json }): string | undefined {
  const node = Object.hasOwn(program.nodes, message.to) ? program.nodes[message.to] : undefined;
  if (!node || node.kind === 'supervisor') return `no agent is called ${message.to}`;
  if (findProvided(program, node, message.protocol) === undefined) return `${message.to} does not provide ${message.protocol}; it provides ${node.provides.join(', ') || 'nothing'}`;
  const operations = program.protocols[message.protocol]!.operations;
  const operation = Object.hasOwn(operations, message.operation) ? operations[message.operation] : undefined;
  if (!operation) return `${message.protocol} has no operation ${message.operation}; it has ${Object.keys(operations).join(', ')}`;
  const mismatch = mismatchOf(operation.input, message.input);
  return mismatch && `input of ${message.protocol}.${message.operation}: ${formatMismatch(mismatch)}`;
}
