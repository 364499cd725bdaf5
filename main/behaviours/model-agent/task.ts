import type { JsonObject } from '../../../shared/json/json';
import type { ModelAnswer, ModelToolCall, ModelUsage } from '../../../shared/run/model-request';
import type { ProgramOperation } from '../../../shared/program/program';
import type { GatheredItems } from '../../kernel/gathered-items';
import type { CallSignal, CastSignal } from '../../kernel/signal';
import type { Question } from './question';
import type { Spoken } from './spoken';

/** One message that a model agent is at work on. */
export class Task {
  /** Of its deadline; 0 where it has been given up. */
  timer = 0;
  question: Question;
  /** Questions put so far, and of them those after an answer that did not fit. */
  steps = 0;
  repairs = 0;
  usage: ModelUsage = { inputTokens: 0, outputTokens: 0 };
  /** Null once an answer came whose price nobody knows. */
  costUsd: number | null = 0;
  /** Calls of the answer at hand: those that wait for their turn, by their place in it, and what is told of each. */
  calls: readonly ModelToolCall[] = [];
  waiting: number[] = [];
  results: (string | undefined)[] = [];
  /** Kernel ref of a tool's call -> its place in the answer; and what a tool that answers by a stream has said. */
  readonly open = new Map<number, number>();
  readonly gathered = new Map<number, GatheredItems>();

  /** Key of the effect, or ref of the stream, that is waited for. */
  key: string | undefined;
  stream: number | undefined;
  /** It has its answer, which its reader has not taken to the end. */
  isSaid = false;

  readonly message: CallSignal | CastSignal;
  readonly operation: ProgramOperation;
  readonly deadlineMs: number;
  /** What is asked is passed on as it is, and the answer too. */
  readonly passesOn: boolean;
  /** Where it is answered by a stream. */
  readonly spoken: Spoken | undefined;
  /** The prompt as it was filled. */
  readonly asked: string;

  constructor(start: Pick<Task, 'message' | 'operation' | 'deadlineMs' | 'passesOn' | 'spoken' | 'asked' | 'question'>) {
    this.message = start.message;
    this.operation = start.operation;
    this.deadlineMs = start.deadlineMs;
    this.passesOn = start.passesOn;
    this.spoken = start.spoken;
    this.asked = start.asked;
    this.question = start.question;
  }

  count({ usage, costUsd }: ModelAnswer): void {
    this.usage = { inputTokens: this.usage.inputTokens + usage.inputTokens, outputTokens: this.usage.outputTokens + usage.outputTokens };
    this.costUsd = costUsd === null || this.costUsd === null ? null : this.costUsd + costUsd;
  }

  /** The model's own words stay in the conversation, with the calls that it asked for. */
  say(text: string, calls: readonly ModelToolCall[]): void {
    this.#add({ role: 'assistant', content: text, ...(calls.length === 0 ? {} : { toolCalls: calls }) });
  }

  tell(words: string): void {
    this.#add({ role: 'user', content: words });
  }

  /** Results in the order of the calls. */
  tellResults(): void {
    for (const [index, call] of this.calls.entries()) this.#add({ role: 'tool', content: this.results[index] ?? '', toolCallId: call.id });
    this.calls = [];
  }

  #add(message: Question['messages'][number]): void {
    this.question = { ...this.question, messages: [...this.question.messages, message] };
  }

  /** The answer as `Model` says it, with all that it cost. */
  asCompletion(answer: ModelAnswer): JsonObject {
    const { text, toolCalls, output, finish, model } = answer;
    return { text, toolCalls, ...(output === undefined ? {} : { output }), finish, usage: this.usage, costUsd: this.costUsd, model };
  }
}
