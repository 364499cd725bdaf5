/** Hands what it receives to the core as an effect, and answers when the effect is made: the answer acknowledges. */
import type { Json } from '../../shared/json/json';
import type { ProgramSink } from '../../shared/program/program';
import type { Behaviour, Self } from '../kernel/behaviour';
import type { CallSignal, CastSignal, Signal } from '../kernel/signal';

/** Effects that one sink may have under way; beyond that, messages wait in its bounded mailbox. */
const MOST_UNDER_WAY = 256;

export class Sink implements Behaviour {
  readonly receives = 'queued';
  readonly trapsExits = false;
  readonly #node: ProgramSink;
  /** By key: two deliveries of one input may ask for the same effect, which is made once and answers both. */
  readonly #underWay = new Map<string, readonly (CallSignal | CastSignal)[]>();

  constructor(node: ProgramSink) {
    this.#node = node;
  }

  start(self: Self): void {
    self.started();
  }

  receive(self: Self, signal: Signal): void {
    if (signal.kind === 'call' || signal.kind === 'cast') {
      const key = this.#request(self, signal);
      this.#underWay.set(key, [...(this.#underWay.get(key) ?? []), signal]);
      if (this.#underWay.size >= MOST_UNDER_WAY) self.hold();
    } else if (signal.kind === 'effectAnswer') {
      const messages = this.#underWay.get(signal.key) ?? [];
      this.#underWay.delete(signal.key);
      // What can't be written is not swallowed: callers get callee_exit, the supervisor decides.
      if (!signal.result.ok) return self.exit(`crash: ${signal.result.error.code}: ${signal.result.error.message}`);
      for (const message of messages) if (message.kind === 'call') self.reply(message, { ok: true, output: null });
      self.release();
    }
  }

  #request(self: Self, message: CallSignal | CastSignal): string {
    const { behaviour } = this.#node;
    if (behaviour.type === 'file') return self.effect('file.append', { path: behaviour.path, text: lineOf(message.input) }, message.origin);
    self.record({ type: 'output.emitted', node: self.name, port: message.operation, value: message.input });
    return self.effect('console', { port: message.operation, value: message.input }, message.origin);
  }

  dispose(): void {
    this.#underWay.clear();
  }
}

/** One value, one line. */
const lineOf = (value: Json): string => `${JSON.stringify(value)}\n`;
