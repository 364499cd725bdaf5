/** The built-in scripted provider: rules in the design answer, the same way in every run; no code, no network. */
import { mismatchOf } from '../../shared/schema/fits-schema';
import { formatMismatch } from '../../shared/schema/validate-value';
import type { Json } from '../../shared/json/json';
import type { ScriptedRule } from '../../shared/program/program';
import { callError, type Behaviour, type Self } from '../kernel/behaviour';
import { findOperation, isStream, outputOf } from '../kernel/door';
import type { CallResult, CallSignal, Signal } from '../kernel/signal';
import { itemsOf, KnownStreams, type KnownStream } from './known-streams';

export class ScriptedAgent implements Behaviour {
  readonly receives = 'queued';
  readonly trapsExits = false;
  readonly #rules: readonly ScriptedRule[];
  /** Calls whose answers take time, by timer; several may be on their way. */
  #delayed: Map<number, { readonly call: CallSignal; readonly result: CallResult }> | undefined;
  #streams: KnownStreams | undefined;

  constructor(rules: readonly ScriptedRule[]) {
    this.#rules = rules;
  }

  start(self: Self): void {
    self.started();
  }

  receive(self: Self, signal: Signal): void {
    if (signal.kind === 'call') return this.#answer(self, signal);
    if (signal.kind === 'demand' || signal.kind === 'cancel') return this.#streams?.fromReader(self, signal);
    if (signal.kind !== 'timer' || this.#streams?.due(self, signal.timer)) return;
    const due = this.#delayed?.get(signal.timer);
    this.#delayed?.delete(signal.timer);
    if (due) self.reply(due.call, due.result);
  }

  #answer(self: Self, call: CallSignal): void {
    const rule = findRule(this.#rules, call);
    if (!rule) return self.reply(call, { ok: false, error: callError('invalid', `no rule of ${self.name} fits this ${call.operation}`, self.name) });
    if (isStream(self.program, call)) return this.#stream(self, call, rule);
    const result = answerByRule(rule, call, self.name);
    const output = findOperation(self.program, call.protocol, call.operation)?.output;
    const mismatch = result.ok && output ? mismatchOf(output, result.output) : undefined;
    if (mismatch) return self.exit(`crash: a rule of ${self.name} answers ${call.operation} wrongly: ${formatMismatch(mismatch)}`);
    if (rule.delayMs === undefined) return self.reply(call, result);
    (this.#delayed ??= new Map()).set(self.setTimer(rule.delayMs, null), { call, result });
  }

  #stream(self: Self, call: CallSignal, rule: ScriptedRule): void {
    const wrong = (this.#streams ??= new KnownStreams()).begin(self, call, streamByRule(self, rule, call));
    if (wrong !== undefined) self.exit(`crash: a rule of ${self.name} answers ${call.operation} wrongly: ${wrong}`);
  }

  dispose(): void {
    this.#delayed = undefined;
    this.#streams = undefined;
  }
}

/** The rule that answers, if one does. */
export const findRule = (rules: readonly ScriptedRule[], call: CallSignal): ScriptedRule | undefined => rules.find((one) => matchesRule(one, call));

export function matchesRule(rule: ScriptedRule, call: CallSignal): boolean {
  if (rule.operation !== undefined && rule.operation !== call.operation) return false;
  return Object.entries(rule.contains ?? {}).every(([path, text]) => textAt(call.input, path).toLowerCase().includes(text.toLowerCase()));
}

export function answerByRule(rule: ScriptedRule, call: CallSignal, node: string): CallResult {
  if (!rule.error) {
    const output = fillTemplate(rule.reply ?? null, call.input);
    return output === undefined ? tooLong(node) : { ok: true, output };
  }
  const { name, data } = rule.error;
  return { ok: false, error: { ...callError(name, `${name}, as the script says`, node), ...(data === undefined ? {} : { data }) } };
}

/** A rule with a reply and an error is a stream that breaks off: its items come, and then the error. */
export function streamByRule(self: Self, rule: ScriptedRule, call: CallSignal): KnownStream {
  const reply = rule.reply === undefined ? undefined : fillTemplate(rule.reply, call.input);
  const isTooLong = rule.reply !== undefined && reply === undefined;
  const end = isTooLong ? tooLong(self.name) : rule.error ? answerByRule(rule, call, self.name) : ({ ok: true, output: null } as const);
  return { items: itemsOf(reply, outputOf(self.program, call)), end, delayMs: rule.delayMs ?? 0 };
}

/** Letters of an input that one reply may repeat: a rule of a stranger may name a long input a hundred thousand times. */
const MOST_FILLED = 4_000_000;
const tooLong = (node: string): CallResult => ({ ok: false, error: callError('invalid', `the reply of a rule of ${node} would repeat more than ${MOST_FILLED} letters of what was asked`, node) });

/**
 * Replaces `{{input.a.b}}` in every string of a reply. A step of a path into a list is a number; -1 is its last item. `undefined`: more than
 * `MOST_FILLED` letters would stand there.
 */
export function fillTemplate(template: Json, input: Json): Json | undefined {
  const filling = { input, left: MOST_FILLED };
  const filled = fill(template, filling);
  return filling.left < 0 ? undefined : filled;
}

function fill(template: Json, filling: { readonly input: Json; left: number }): Json {
  if (typeof template === 'string') {
    return template.replace(/\{\{\s*input\.([\w.-]+)\s*\}\}/g, (_, path: string) => {
      if (filling.left < 0) return '';
      const text = textAt(filling.input, path);
      filling.left -= text.length;
      return filling.left < 0 ? '' : text;
    });
  }
  if (template === null || typeof template !== 'object') return template;
  if (Array.isArray(template)) return (template as readonly Json[]).map((item) => fill(item, filling));
  return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, fill(value, filling)]));
}

function textAt(value: Json, path: string): string {
  let at: Json | undefined = value;
  for (const step of path.split('.')) {
    const key: string = Array.isArray(at) && /^-\d+$/.test(step) ? String(at.length + Number(step)) : step;
    at = at !== null && typeof at === 'object' && Object.hasOwn(at, key) ? (at as { readonly [key: string]: Json })[key] : undefined;
  }
  return at === undefined ? '' : typeof at === 'string' ? at : JSON.stringify(at);
}
