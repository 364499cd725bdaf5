/** The calls that a model asks for, made over the agent's wires, some at a time; what became of all of them is told to the model at once. */
import { callError, type Self } from '../../kernel/behaviour';
import { isStream } from '../../kernel/door';
import { GatheredItems } from '../../kernel/gathered-items';
import type { CallResult, StreamItemSignal } from '../../kernel/signal';
import type { ModelAnswer } from '../../../shared/run/model-request';
import type { Task } from './task';
import { CALLS_AT_ONCE, checkCall, wordResult, type WiredTool } from './tools';

export type ToolCallsOptions = {
  readonly tools: () => ReadonlyMap<string, WiredTool>;
  /** Open calls of the agent. */
  readonly byRef: Map<number, Task>;
  /** All results are in the conversation. */
  readonly onTold: (self: Self, task: Task) => void;
};

export class ToolCalls {
  readonly #options: ToolCallsOptions;

  constructor(options: ToolCallsOptions) {
    this.#options = options;
  }

  begin(self: Self, task: Task, answer: ModelAnswer): void {
    const ids = answer.toolCalls.map(({ id }) => id);
    const calls = answer.toolCalls.map((call, index) => (call.id === '' || ids.indexOf(call.id) !== index ? { ...call, id: `call-${task.steps}-${index + 1}` } : call));
    task.say(answer.text, calls);
    task.calls = calls;
    task.results = calls.map(() => undefined);
    task.waiting = calls.map((_, index) => index);
    this.#goOn(self, task);
  }

  #goOn(self: Self, task: Task): void {
    while (task.waiting.length > 0 && task.open.size < CALLS_AT_ONCE) {
      const index = task.waiting.shift()!;
      const checked = checkCall(task.calls[index]!, index, this.#options.tools());
      if (!checked.ok) task.results[index] = wordResult(checked);
      else this.#call(self, task, { index, wired: checked.wired });
    }
    if (task.open.size > 0) return;
    task.tellResults();
    this.#options.onTold(self, task);
  }

  #call(self: Self, task: Task, { index, wired: { tool, wire } }: { readonly index: number; readonly wired: WiredTool }): void {
    const { origin } = task.message;
    const ref = self.call({ wire, operation: tool.operation, input: task.calls[index]!.input, notAfterMs: task.deadlineMs, ...(origin ? { origin } : {}) });
    task.open.set(ref, index);
    if (isStream(self.program, { protocol: wire.protocol, operation: tool.operation })) task.gathered.set(ref, new GatheredItems());
    this.#options.byRef.set(ref, task);
  }

  /** A failure is told to the model, which may do without. */
  answered(self: Self, task: Task, { ref, index, result }: { readonly ref: number; readonly index: number; readonly result: CallResult }): void {
    task.open.delete(ref);
    const gathered = task.gathered.get(ref);
    task.gathered.delete(ref);
    task.results[index] = wordResult(gathered && result.ok ? { ok: true, output: gathered.list } : result);
    this.#goOn(self, task);
  }

  /** A tool that answers by a stream: the model is told all of it at once. */
  gather(self: Self, task: Task, { ref, value }: Pick<StreamItemSignal, 'ref' | 'value'>): void {
    const tooMuch = task.gathered.get(ref)?.add(value);
    if (tooMuch === undefined) return self.demand(ref, 1);
    self.abandon(ref);
    this.#options.byRef.delete(ref);
    const error = callError('overloaded', `the stream was not read to its end: ${tooMuch}`, self.name);
    this.answered(self, task, { ref, index: task.open.get(ref)!, result: { ok: false, error } });
  }
}
