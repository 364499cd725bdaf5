/**
 * An agent whose answers a language model writes. It asks over its port `model`, or by an effect where the node names a provider; makes
 * the calls that the model asks for over its wires; and answers its caller once. As many messages at a time as `inFlight` says.
 *
 * How it fails: an error that the operation declares answers the caller; so does a failure of the model's own call that has nothing to do
 * with what was asked (`timeout`, `noproc`, `overloaded`, ...), since there is no handler that could catch it. Anything else is a crash.
 */
import { assert } from '../../../shared/assert';
import { PASSING_FAILURES, type CallError } from '../../../shared/run/call-failure';
import type { Json } from '../../../shared/json/json';
import { estimateTokens, lengthOf } from '../../../shared/run/estimate-tokens';
import { modelAnswer, modelPiece, type ModelAnswer } from '../../../shared/run/model-request';
import type { ProgramAgent, ProgramModelBehaviour } from '../../../shared/program/program';
import type { PromptState } from '../../../shared/prompts/agent-state';
import { fillTemplate } from '../../../shared/prompts/template';
import { MODEL_PROTOCOL } from '../../../shared/protocols/model';
import { mismatchOf } from '../../../shared/schema/fits-schema';
import { formatMismatch } from '../../../shared/schema/validate-value';
import { callError, type Behaviour, type Self } from '../../kernel/behaviour';
import { findOperation } from '../../kernel/door';
import type { CallResult, CallSignal, CancelSignal, CastSignal, DemandSignal, Signal, StreamItemSignal } from '../../kernel/signal';
import { AskedByKey } from '../asked-by-key';
import { CAST_TIMEOUT_MS } from '../cast-timeout';
import { wiresOf } from '../wires';
import { atTime, nothingSpent, spend, wordSpent, type Spent } from './budget';
import { decideNext, type Decision } from './decide-next';
import { messagesOf, remember, wordTurns, type Turn } from './memory';
import { readPrompts, type Prompts } from './prompts';
import { inputOf, passQuestion, putQuestion, type Question } from './question';
import { canStream } from './ask-over';
import { readAnswer } from './read-answer';
import { Spoken } from './spoken';
import { Task } from './task';
import { ToolCalls } from './tool-calls';
import { offer, wiredTools, type WiredTool } from './tools';

/** Port over which the model is asked where the node names no provider. */
export const MODEL_PORT = 'model';
/** Characters of a conversation: beyond it nothing more is asked. */
export const MOST_CONVERSATION = 1_000_000;

export class ModelAgent implements Behaviour {
  readonly receives = 'queued';
  readonly trapsExits = false;
  readonly #node: ProgramAgent;
  readonly #behaviour: ProgramModelBehaviour;
  readonly #tasks = new Set<Task>();
  readonly #byRef = new Map<number, Task>();
  readonly #byKey = new AskedByKey<Task>();
  #prompts: Prompts | undefined;
  #tools: ReadonlyMap<string, WiredTool> = new Map();
  readonly #calls = new ToolCalls({ tools: () => this.#tools, byRef: this.#byRef, onTold: (self, task) => this.#ask(self, task) });
  #spent: Spent = nothingSpent(0);
  #turns: readonly Turn[] = [];
  #count = 0;
  #last = '';

  constructor(node: ProgramAgent, behaviour: ProgramModelBehaviour) {
    this.#node = node;
    this.#behaviour = behaviour;
  }

  start(self: Self): void {
    this.#prompts = readPrompts(self.program, this.#node, this.#behaviour);
    this.#tools = wiredTools(self.program, self.node.id, this.#behaviour);
    this.#spent = nothingSpent(self.nowMs);
    self.started();
  }

  receive(self: Self, signal: Signal): void {
    switch (signal.kind) {
      case 'call':
      case 'cast':
        return this.#begin(self, signal);
      case 'reply':
        return this.#replied(self, signal.ref, signal.result);
      case 'effectAnswer':
        return this.#effectAnswered(self, signal.key, signal.result);
      case 'streamItem':
        return this.#heard(self, signal);
      case 'effectItem':
        return this.#told(self, signal.key, signal.value);
      case 'demand':
      case 'cancel':
        return this.#fromReader(self, signal);
      case 'timer':
        return this.#expired(self, signal.timer);
      default:
        return;
    }
  }

  #begin(self: Self, message: CallSignal | CastSignal): void {
    const operation = findOperation(self.program, message.protocol, message.operation);
    assert(operation !== undefined, 'the door lets in only what the node provides');
    const deadlineMs = message.kind === 'call' ? message.deadlineMs : self.nowMs + CAST_TIMEOUT_MS;
    const task = new Task({ message, operation, deadlineMs, ...this.#put(message, operation) });
    this.#tasks.add(task);
    task.timer = self.setTimer(Math.max(0, deadlineMs - self.nowMs), null);
    this.#ask(self, task);
    if (this.#tasks.size >= this.#behaviour.inFlight) self.hold();
  }

  #put(message: CallSignal | CastSignal, { kind, output }: Task['operation']): Pick<Task, 'question' | 'asked' | 'passesOn' | 'spoken'> {
    const { protocol, operation, input } = message;
    const speak = (isLive: boolean): Spoken | undefined => (kind === 'stream' && message.kind === 'call' ? new Spoken(message, { isLive, item: output }) : undefined);
    const prompt = this.#prompts?.operations.get(`${protocol}.${operation}`);
    if (protocol === MODEL_PROTOCOL && (!prompt || operation === 'embed')) return { question: passQuestion(this.#behaviour, operation, input), asked: '', passesOn: true, spoken: speak(true) };
    const values = { input, state: this.#state() };
    const asked = prompt ? fillTemplate(prompt, values, MOST_CONVERSATION) : JSON.stringify(input);
    const system = this.#prompts ? fillTemplate(this.#prompts.system, values, MOST_CONVERSATION) : '';
    // What `Model` answers is text; an answer of any other protocol is a value.
    const schema = protocol === MODEL_PROTOCOL || kind === 'stream' ? this.#behaviour.output : (this.#behaviour.output ?? (Object.keys(output).length === 0 ? undefined : output));
    const spoken = speak(this.#tools.size === 0 && schema === undefined);
    const said = { system, prompt: asked, history: messagesOf(this.#turns), tools: offer(this.#tools), output: schema, operation: spoken?.isLive ? 'stream' : 'complete' } as const;
    return { question: putQuestion(this.#behaviour, said), asked, passesOn: false, spoken };
  }

  #state(): PromptState {
    return { count: this.#count, last: this.#last, memory: wordTurns(this.#turns) };
  }

  #ask(self: Self, task: Task): void {
    const refusal = this.#findRefusal(self, task.question);
    if (refusal) return this.#fail(self, task, refusal);
    task.steps += 1;
    const { provider, model } = this.#behaviour;
    if (provider === undefined || model === undefined) return this.#askOver(self, task);
    const request = { ...task.question, provider, model, timeoutMs: Math.max(1, Math.ceil(task.deadlineMs - self.nowMs)) };
    task.key = self.effect('model', request, task.message.origin);
    this.#byKey.add(task.key, task);
  }

  #askOver(self: Self, task: Task): void {
    const wire = wiresOf(self.program, self.node.id, MODEL_PORT)[0];
    if (!wire) return this.#fail(self, task, callError('noproc', `nothing is wired to ${self.name}.${MODEL_PORT}`, self.name));
    const { origin } = task.message;
    const { operation } = task.question;
    const isStream = operation === 'stream' && canStream(self.program, wire);
    const ref = self.call({ wire, operation: operation === 'stream' && !isStream ? 'complete' : operation, input: inputOf(task.question), notAfterMs: task.deadlineMs, ...(origin ? { origin } : {}) });
    this.#byRef.set(ref, task);
    task.stream = isStream ? ref : undefined;
  }

  #findRefusal(self: Self, question: Question): CallError | undefined {
    const { budget } = this.#behaviour;
    if (budget) {
      const before = this.#spent.status;
      this.#spent = atTime(this.#spent, budget, self.nowMs);
      this.#recordBudget(self, before);
      if (this.#spent.status === 'open') return callError('overloaded', wordSpent(this.#spent, budget, self.nowMs), self.name);
    }
    if (question.messages.length === 0) return callError('BadRequest', 'nothing is asked: there is neither a prompt nor a message', self.name);
    if (lengthOf(question) > MOST_CONVERSATION) return callError('ContextTooLong', `the conversation has more than ${MOST_CONVERSATION} characters`, self.name);
    return undefined;
  }

  #recordBudget(self: Self, before: Spent['status']): void {
    if (before === this.#spent.status) return;
    self.record({ type: 'guard.changed', wire: self.name, guard: 'budget', from: before, to: this.#spent.status });
    if (this.#spent.status === 'open') self.log('warn', wordSpent(this.#spent, this.#behaviour.budget ?? {}, self.nowMs));
  }

  #replied(self: Self, ref: number, result: CallResult): void {
    const task = this.#byRef.get(ref);
    if (!task) return self.drop('late_reply', 1);
    this.#byRef.delete(ref);
    const index = task.open.get(ref);
    if (index !== undefined) return this.#calls.answered(self, task, { ref, index, result });
    if (!result.ok) return this.#fail(self, task, result.error);
    if (task.question.operation === 'embed') return this.#answered(self, task, result.output);
    this.#answered(self, task, readAnswer(task.spoken && task.stream === ref ? task.spoken.heard : result.output, lengthOf(task.question)));
  }

  #effectAnswered(self: Self, key: string, result: CallResult): void {
    const tasks = this.#byKey.take(key).filter((task) => this.#tasks.has(task));
    for (const task of tasks) {
      task.key = undefined;
      if (!result.ok) this.#fail(self, task, result.error);
      else if (task.question.operation === 'embed') this.#answered(self, task, withoutText(result.output));
      else this.#answered(self, task, modelAnswer.safeParse(result.output).data ?? readAnswer(result.output, lengthOf(task.question)));
    }
  }

  #heard(self: Self, { ref, value }: StreamItemSignal): void {
    const task = this.#byRef.get(ref);
    if (!task) return;
    if (task.open.has(ref)) return this.#calls.gather(self, task, { ref, value });
    const length = task.spoken?.hear(self, ref, value) ?? 0;
    if (length > MOST_CONVERSATION) this.#fail(self, task, callError('ContextTooLong', `the answer has more than ${MOST_CONVERSATION} characters`, self.name));
  }

  #told(self: Self, key: string, value: Json): void {
    const piece = modelPiece.safeParse(value).data;
    if (piece) for (const task of this.#byKey.of(key)) task.spoken?.tell(self, piece);
  }

  #fromReader(self: Self, signal: DemandSignal | CancelSignal): void {
    const task = [...this.#tasks].find(({ spoken }) => spoken?.out.isMeant(signal));
    if (!task?.spoken) return;
    if (signal.kind === 'cancel') return this.#leave(self, task);
    task.spoken.demanded(self, signal.items, task.stream);
    if (task.isSaid) this.#endSpoken(self, task, task.spoken);
  }

  /** Nobody reads on: what has come is paid all the same, and nobody says how much. */
  #leave(self: Self, task: Task): void {
    if (task.spoken?.isLive && !task.isSaid) this.#spend(self, { usage: { inputTokens: estimateTokens(lengthOf(task.question)), outputTokens: estimateTokens(task.spoken.length) }, costUsd: null });
    this.#finish(self, task);
  }

  /** `answer`: of `embed`, what `Model` says as it is. */
  #answered(self: Self, task: Task, answer: ModelAnswer | Json): void {
    if (!isAnswer(answer)) return this.#answer(self, task, answer, '');
    task.count(answer);
    this.#spend(self, answer);
    this.#follow(self, task, answer, decideNext(answer, this.#boundsOf(task)));
  }

  #spend(self: Self, answer: Pick<ModelAnswer, 'usage' | 'costUsd'>): void {
    if (!this.#behaviour.budget) return;
    const before = this.#spent.status;
    this.#spent = spend(this.#spent, this.#behaviour.budget, answer);
    this.#recordBudget(self, before);
  }

  #boundsOf(task: Task): Parameters<typeof decideNext>[1] {
    const { maxSteps, repairs, output } = this.#behaviour;
    const own = output === undefined ? [] : [output];
    const isText = task.spoken !== undefined || task.message.protocol === MODEL_PROTOCOL || Object.keys(task.operation.output).length === 0;
    return { stepsLeft: maxSteps - task.steps, repairsLeft: repairs - task.repairs, schemas: task.passesOn ? [] : isText ? own : [task.operation.output, ...own], makesCalls: !task.passesOn && !task.spoken?.isLive };
  }

  #follow(self: Self, task: Task, answer: ModelAnswer, decision: Decision): void {
    switch (decision.kind) {
      case 'tools':
        return this.#calls.begin(self, task, answer);
      case 'repair':
        task.repairs += 1;
        task.say(answer.text, []);
        task.tell(decision.words);
        return this.#ask(self, task);
      case 'fail':
        return this.#fail(self, task, callError(decision.code, decision.message, self.name));
      case 'answer':
        if (task.spoken) return this.#speak(self, task, { spoken: task.spoken, answer });
        return this.#answer(self, task, task.message.protocol === MODEL_PROTOCOL ? task.asCompletion(answer) : decision.output, answer.output === undefined ? answer.text : JSON.stringify(answer.output));
    }
  }

  #answer(self: Self, task: Task, output: Json, text: string): void {
    const { message } = task;
    const mismatch = mismatchOf(task.operation.output, output);
    if (mismatch) return self.exit(`crash: answer of ${message.protocol}.${message.operation}: ${formatMismatch(mismatch)}`);
    if (message.kind === 'call') self.reply(message, { ok: true, output });
    this.#remember(task, text);
    this.#finish(self, task);
  }

  #remember(task: Task, text: string): void {
    this.#count += 1;
    this.#last = text;
    const { memory } = this.#behaviour;
    if (memory && !task.passesOn) this.#turns = remember(this.#turns, { asked: task.asked, answered: text }, memory.turns);
  }

  #speak(self: Self, task: Task, { spoken, answer }: { readonly spoken: Spoken; readonly answer: ModelAnswer }): void {
    const isModel = task.message.protocol === MODEL_PROTOCOL;
    const text = isModel || spoken.isLive || answer.output === undefined ? answer.text : JSON.stringify(answer.output);
    // The rest of `complete` comes after its text.
    const last = isModel ? { ...task.asCompletion(answer), text: '' } : undefined;
    if (!spoken.finish(self, text, last)) return this.#fail(self, task, callError('Unavailable', 'the answer is another than what was told of it before its end', self.name));
    this.#remember(task, text);
    this.#endSpoken(self, task, spoken);
  }

  #endSpoken(self: Self, task: Task, { out }: Spoken): void {
    task.isSaid = true;
    if (out.isOver) this.#finish(self, task);
  }

  #fail(self: Self, task: Task, error: CallError): void {
    const { message, operation } = task;
    if (!operation.errors.includes(error.code) && !PASSING_FAILURES.has(error.code)) return self.exit(`crash: ${message.protocol}.${message.operation}: ${error.code}: ${error.message}`);
    if (message.kind === 'cast') self.log('warn', `${message.protocol}.${message.operation} failed with ${error.code}, and a cast has no caller to tell: ${error.message}`);
    else if (task.spoken) {
      task.spoken.fail(self, { ok: false, error: { node: self.name, ...error } });
      this.#dropAsked(self, task);
      return this.#endSpoken(self, task, task.spoken);
    } else self.reply(message, { ok: false, error: { node: self.name, ...error } });
    this.#finish(self, task);
  }

  /** Whoever asked has had `timeout`: what is under way for it is given up. */
  #expired(self: Self, timer: number): void {
    const task = [...this.#tasks].find((one) => one.timer === timer);
    if (!task) return;
    const error = callError('timeout', 'the time of the call is over', self.name);
    if (!task.spoken) return this.#fail(self, task, error);
    // What still waits for its reader comes too late as well.
    self.reply(task.spoken.out.call, { ok: false, error });
    this.#leave(self, task);
  }

  #finish(self: Self, task: Task): void {
    self.cancelTimer(task.timer);
    this.#tasks.delete(task);
    this.#dropAsked(self, task);
    self.release();
  }

  /** What is still under way for it is given up. */
  #dropAsked(self: Self, task: Task): void {
    if (task.key !== undefined && task.question.operation === 'stream' && !this.#byKey.leave(task.key, task)) self.abandonEffect(task.key);
    for (const [ref, of] of this.#byRef) {
      if (of !== task) continue;
      this.#byRef.delete(ref);
      self.abandon(ref);
    }
  }

  dispose(): void {
    this.#tasks.clear();
    this.#byRef.clear();
    this.#byKey.clear();
  }
}

const isAnswer = (answer: ModelAnswer | Json): answer is ModelAnswer => answer !== null && typeof answer === 'object' && 'toolCalls' in answer;

/** An effect `embed` is answered in the shape of all answers; `Model.embed` has no text. */
function withoutText(answer: Json): Json {
  const { embeddings, usage, costUsd, model } = answer as { readonly [key: string]: Json };
  return { embeddings: embeddings ?? [], ...(usage === undefined ? {} : { usage }), ...(costUsd === undefined ? {} : { costUsd }), ...(model === undefined ? {} : { model }) };
}
