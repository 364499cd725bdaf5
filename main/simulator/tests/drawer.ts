/** Draws the values that a test asks for, lets virtual time go by, and notes what was drawn: the counterexample, if it comes to that. */
import type * as fc from 'fast-check';
import type { Json } from '../../../shared/json/json';
import type { Program } from '../../../shared/program/program';
import { parseValueSchema } from '../../../shared/schema/parse-value-schema';
import { callError, type Behaviour, type Self } from '../../kernel/behaviour';
import { findOperation } from '../../kernel/door';
import type { CallResult, CallSignal, Signal } from '../../kernel/signal';
import { MOST_WAIT_MS } from './case-runner';
import { valuesOf } from './value-arbitrary';

export type Draws = { readonly drawn: Json[]; isSkipped: boolean };
/** fast-check's own: the same maker again gives what it is shrinking to. */
export type Generate = (maker: () => fc.Arbitrary<Json>) => Json;

/** Makers of values by what was asked for. One for all cases of a property, or shrinking would not know its values again. */
export class Makers {
  readonly #program: Program;
  readonly #protocol: string;
  readonly #known = new Map<string, (() => fc.Arbitrary<Json>) | undefined>();

  constructor(program: Program, protocol: string) {
    this.#program = program;
    this.#protocol = protocol;
  }

  /** `what`: an operation of the protocol, for its input, or a schema. */
  find(what: Json): (() => fc.Arbitrary<Json>) | undefined {
    const key = JSON.stringify(what);
    if (!this.#known.has(key)) {
      const schema = typeof what === 'string' ? findOperation(this.#program, this.#protocol, what)?.input : parseValueSchema(what);
      const values = schema && valuesOf(schema);
      this.#known.set(key, values && (() => values));
    }
    return this.#known.get(key);
  }
}

export class Drawer implements Behaviour {
  readonly receives = 'queued';
  readonly trapsExits = false;
  readonly #makers: Makers;
  readonly #generate: Generate;
  readonly #draws: Draws;
  readonly #waiting = new Map<number, CallSignal>();

  constructor(makers: Makers, generate: Generate, draws: Draws) {
    this.#makers = makers;
    this.#generate = generate;
    this.#draws = draws;
  }

  start(self: Self): void {
    self.started();
  }

  receive(self: Self, signal: Signal): void {
    if (signal.kind === 'timer') return this.#wake(self, signal.timer);
    if (signal.kind !== 'call') return;
    const input = signal.input as { readonly what?: Json; readonly ms?: Json };
    if (signal.operation === 'wait') return this.#wait(self, signal, Number(input.ms));
    if (signal.operation === 'skip') this.#draws.isSkipped = true;
    self.reply(signal, signal.operation === 'any' ? this.#draw(input.what ?? {}) : { ok: true, output: null });
  }

  #draw(what: Json): CallResult {
    const maker = this.#makers.find(what);
    if (!maker) return { ok: false, error: callError('NoValue', `no value was found for ${JSON.stringify(what).slice(0, 200)}: it is neither an operation of the protocol nor a schema that some value fits`) };
    const output = this.#generate(maker);
    this.#draws.drawn.push(output);
    return { ok: true, output };
  }

  #wait(self: Self, call: CallSignal, ms: number): void {
    if (!(ms >= 0 && ms < MOST_WAIT_MS)) return self.reply(call, { ok: false, error: callError('NoValue', `wait takes milliseconds, less than ${MOST_WAIT_MS}`) });
    this.#waiting.set(self.setTimer(ms, null), call);
  }

  #wake(self: Self, timer: number): void {
    const call = this.#waiting.get(timer);
    this.#waiting.delete(timer);
    if (call) self.reply(call, { ok: true, output: null });
  }

  dispose(): void {
    this.#waiting.clear();
  }
}
