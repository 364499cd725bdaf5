/**
 * Asks a person, through the core, for the answer to each call: several at a time, each by its deadline. Whoever is not answered in time is
 * asked for over the port `escalation`, where that is wired; else the caller hears `timeout`.
 */
import { ESCALATION_PORT } from '../../shared/design/nodes/human';
import type { Json } from '../../shared/json/json';
import type { ProgramHuman } from '../../shared/program/program';
import { humanAnswer, type HumanRequest } from '../../shared/run/human-request';
import { formatMismatch } from '../../shared/schema/validate-value';
import { mismatchOf } from '../../shared/schema/fits-schema';
import { callError, type Behaviour, type Self } from '../kernel/behaviour';
import { findOperation } from '../kernel/door';
import type { CallResult, CallSignal, Signal } from '../kernel/signal';
import { AskedByKey } from './asked-by-key';
import { callOver, wiresOf } from './wires';

/** Requests that one human may have open; beyond that, calls wait in its bounded mailbox. */
const MOST_OPEN = 256;

export class Human implements Behaviour {
  readonly receives = 'queued';
  readonly trapsExits = false;
  readonly #node: ProgramHuman;
  readonly #asked = new AskedByKey<CallSignal>();
  readonly #escalated = new Map<number, CallSignal>();

  constructor(node: ProgramHuman) {
    this.#node = node;
  }

  start(self: Self): void {
    self.started();
  }

  receive(self: Self, signal: Signal): void {
    if (signal.kind === 'call') this.#ask(self, signal);
    else if (signal.kind === 'effectAnswer') this.#answered(self, signal.key, signal.result);
    else if (signal.kind === 'reply') {
      const call = this.#escalated.get(signal.ref);
      this.#escalated.delete(signal.ref);
      if (call) self.reply(call, signal.result);
      this.#goOn(self);
    }
  }

  #ask(self: Self, call: CallSignal): void {
    const found = findOperation(self.program, call.protocol, call.operation);
    const { question, deadlineMs } = this.#node;
    const request: HumanRequest = {
      protocol: call.protocol,
      operation: call.operation,
      input: call.input,
      ...(question === undefined ? {} : { question }),
      output: found?.output ?? {},
      errors: found?.errors ?? [],
      // Nobody is shown what no caller waits for any more.
      deadlineMs: Math.max(Math.min(deadlineMs, call.deadlineMs - self.nowMs), 0),
    };
    this.#asked.add(self.effect('human', request, call.origin), call);
    if (this.#open >= MOST_OPEN) self.hold();
  }

  get #open(): number {
    return this.#asked.size + this.#escalated.size;
  }

  #answered(self: Self, key: string, result: CallResult): void {
    for (const call of this.#asked.take(key)) {
      if (!result.ok && result.error.code === 'timeout') this.#escalate(self, call, result);
      else self.reply(call, result.ok ? toResult(self, call, result.output) : result);
    }
    this.#goOn(self);
  }

  #escalate(self: Self, call: CallSignal, late: Extract<CallResult, { ok: false }>): void {
    const wire = wiresOf(self.program, self.node.id, ESCALATION_PORT)[0];
    if (!wire || wire.protocol !== call.protocol || call.deadlineMs <= self.nowMs) return self.reply(call, late);
    self.log('info', `${call.operation}: ${late.error.message}; ${wire.to} is asked instead`);
    this.#escalated.set(callOver(self, wire, call), call);
  }

  #goOn(self: Self): void {
    if (this.#open < MOST_OPEN) self.release();
  }

  dispose(): void {
    this.#asked.clear();
    this.#escalated.clear();
  }
}

/** The edge of the API has checked it against the same schema. */
function toResult(self: Self, call: CallSignal, value: Json): CallResult {
  const answer = humanAnswer.parse(value);
  if ('error' in answer) {
    const { name, data } = answer.error;
    return { ok: false, error: { ...callError(name, `${name}, as a person answered`, self.name), ...(data === undefined ? {} : { data }) } };
  }
  const schema = findOperation(self.program, call.protocol, call.operation)?.output;
  const mismatch = schema && mismatchOf(schema, answer.output);
  return mismatch ? { ok: false, error: callError('invalid', `a person’s answer to ${call.operation}: ${formatMismatch(mismatch)}`, self.name) } : { ok: true, output: answer.output };
}
