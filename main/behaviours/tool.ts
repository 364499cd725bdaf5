/**
 * Puts each message to an MCP server, by an effect that the core makes, and answers with what comes back: several at a time, since the
 * server is a process of its own. A failure that has nothing to do with what was asked (the server is gone, silent, flooded) answers the
 * caller with its word, as from any provider behind a wire; one that the operation declares answers too; anything else is a crash.
 */
import { PASSING_FAILURES, type CallError } from '../../shared/run/call-failure';
import type { Json } from '../../shared/json/json';
import { readStrictJson } from '../../shared/json/strict-json';
import type { ProgramToolNode } from '../../shared/program/program';
import { TOOL_FAILED, toolAnswer, type ToolAnswer, type ToolRequest } from '../../shared/run/tool-request';
import { mismatchOf } from '../../shared/schema/fits-schema';
import type { ValueSchema } from '../../shared/schema/value-schema';
import { callError, type Behaviour, type Self } from '../kernel/behaviour';
import { findOperation } from '../kernel/door';
import type { CallResult, CallSignal, CastSignal, Signal } from '../kernel/signal';
import { AskedByKey } from './asked-by-key';
import { CAST_TIMEOUT_MS } from './cast-timeout';
import { isObject } from '../../shared/json/is-object';

/** Calls of one server that may be under way; beyond that, messages wait in the bounded mailbox. */
const MOST_UNDER_WAY = 32;
const LONGEST_WORDS = 2000;

export class Tool implements Behaviour {
  readonly receives = 'queued';
  readonly trapsExits = false;
  readonly #node: ProgramToolNode;
  readonly #underWay = new AskedByKey<CallSignal | CastSignal>();

  constructor(node: ProgramToolNode) {
    this.#node = node;
  }

  start(self: Self): void {
    self.started();
  }

  receive(self: Self, signal: Signal): void {
    if (signal.kind === 'call' || signal.kind === 'cast') {
      this.#underWay.add(self.effect('mcp', this.#request(self, signal), signal.origin), signal);
      if (this.#underWay.size >= MOST_UNDER_WAY) self.hold();
    } else if (signal.kind === 'effectAnswer') {
      for (const message of this.#underWay.take(signal.key)) this.#answer(self, message, signal.result);
      self.release();
    }
  }

  #request(self: Self, message: CallSignal | CastSignal): ToolRequest {
    const { server, operations } = this.#node;
    const { operation, input } = message;
    const leftMs = message.kind === 'call' ? message.deadlineMs - self.nowMs : CAST_TIMEOUT_MS;
    return { server, tool: (Object.hasOwn(operations, operation) ? operations[operation] : undefined) ?? operation, input: isObject(input) ? input : { input }, timeoutMs: Math.max(1, Math.ceil(leftMs)) };
  }

  #answer(self: Self, message: CallSignal | CastSignal, result: CallResult): void {
    const operation = findOperation(self.program, message.protocol, message.operation);
    const ended = result.ok ? readAnswer(toolAnswer.safeParse(result.output).data, operation?.output ?? {}, self.name) : result;
    if (!ended.ok && !this.#isTold(ended.error, operation?.errors ?? [])) return self.exit(`crash: ${message.protocol}.${message.operation}: ${ended.error.code}: ${ended.error.message}`);
    if (message.kind === 'call') self.reply(message, ended);
    else if (!ended.ok) self.log('warn', `${message.protocol}.${message.operation} failed with ${ended.error.code}, and a cast has no caller to tell: ${ended.error.message}`);
  }

  #isTold({ code }: CallError, declared: readonly string[]): boolean {
    return declared.includes(code) || PASSING_FAILURES.has(code) || code === 'invalid';
  }

  dispose(): void {
    this.#underWay.clear();
  }
}

/** The first that fits the operation: the value that the server gives, its text as JSON, its text as it is, its text in a field `text`. */
function readAnswer(answer: ToolAnswer | undefined, output: ValueSchema, node: string): CallResult {
  if (!answer) return { ok: false, error: callError(TOOL_FAILED, 'the tool gave no answer that can be read', node) };
  const { text, value, isError } = answer;
  if (isError) return { ok: false, error: { ...callError(TOOL_FAILED, text.slice(0, LONGEST_WORDS), node), data: { text } } };
  const read = readStrictJson(text);
  const candidates: readonly Json[] = [...(value === undefined ? [] : [value]), ...(read.faults.length === 0 && read.value !== undefined ? [read.value] : []), text, { text }];
  const fitting = candidates.find((one) => !mismatchOf(output, one));
  if (fitting !== undefined) return { ok: true, output: fitting };
  return { ok: false, error: callError(TOOL_FAILED, `the tool’s answer does not fit the output: ${text.slice(0, 200)}`, node) };
}
