/**
 * An agent whose handler a person wrote. The guest runs the code; this turns what it asks for into kernel actions and keeps
 * the rules of contract sections 2 and 3: one message at a time also while it awaits, declared errors answer, all else crashes.
 */
import { mismatchOf } from '../../shared/schema/fits-schema';
import { formatMismatch } from '../../shared/schema/validate-value';
import type { ExitReason } from '../../shared/run/exit-reason';
import type { Json } from '../../shared/json/json';
import type { ProgramAgent, ProgramOperation } from '../../shared/program/program';
import { findProvided } from '../../shared/program/provided-as';
import { findOperation, isStream, outputOf } from '../kernel/door';
import type { Behaviour, Self } from '../kernel/behaviour';
import type { CallSignal, CastSignal, Signal } from '../kernel/signal';
import type { Guest, GuestAnswer, GuestOp, GuestOutcome, GuestTurn } from './guest';
import { AgentRequests } from './agent-requests';
import type { AgentStreams } from './agent-streams';

/** A start that takes longer has failed (contract section 2). */
export const INIT_TIMEOUT_MS = 5000;

type Task =
  | { readonly kind: 'init' }
  | { readonly kind: 'message'; readonly message: CallSignal | CastSignal }
  /** `self.after`: a cast to itself. */
  | { readonly kind: 'timer' }
  | { readonly kind: 'terminate'; readonly reason: ExitReason };

type Note = { readonly operation: string; readonly input: Json };

export type CodeAgentOptions = {
  readonly agent: ProgramAgent;
  readonly args: Json | undefined;
  /** `nativeHandlers` and the sandbox supply different ones. */
  readonly createGuest: () => Guest | { readonly loadFailed: ExitReason };
};

export class CodeAgent implements Behaviour {
  readonly receives = 'queued';
  readonly trapsExits: boolean;
  readonly #options: CodeAgentOptions;
  #guest: Guest | undefined;
  #task: Task | undefined;
  #stopReason: ExitReason | undefined;
  #initTimer: number | undefined;
  readonly #requests = new AgentRequests();

  constructor(options: CodeAgentOptions) {
    this.#options = options;
    this.trapsExits = options.agent.behaviour.type === 'code' && options.agent.behaviour.hasTerminate;
  }

  get #streams(): AgentStreams {
    return this.#requests.streams;
  }

  /** Calls, casts and streams of the task in hand follow from it. */
  get #message(): CallSignal | CastSignal | undefined {
    return this.#task?.kind === 'message' ? this.#task.message : undefined;
  }

  start(self: Self): void {
    const guest = this.#options.createGuest();
    if ('loadFailed' in guest) return self.failStart(guest.loadFailed);
    this.#guest = guest;
    const { behaviour } = this.#options.agent;
    if (behaviour.type !== 'code' || !behaviour.hasInit) return self.started();
    this.#task = { kind: 'init' };
    this.#initTimer = self.setTimer(INIT_TIMEOUT_MS, 'init');
    this.#apply(self, guest.init(self.unixMs, this.#options.args));
  }

  receive(self: Self, signal: Signal): void {
    switch (signal.kind) {
      case 'call':
      case 'cast':
        return this.#begin(self, { kind: 'message', message: signal }, signal);
      case 'note':
        return this.#handleNote(self, signal.payload as Note);
      case 'reply':
        return this.#streams.ended(self, signal.ref, signal.result) ? this.#goOn(self) : this.#resume(self, signal.ref, signal.result);
      case 'streamItem':
        this.#streams.received(self, signal);
        return this.#goOn(self);
      case 'demand':
      case 'cancel':
        this.#streams.fromReader(self, signal);
        return this.#goOn(self);
      case 'accepted':
        return this.#resume(self, signal.ref, signal.error ? { ok: false, error: signal.error } : { ok: true, output: null });
      case 'timer':
        return this.#handleTimer(self, signal.timer, signal.payload);
      case 'exit':
        return this.#terminate(self, signal.reason);
      default:
        return;
    }
  }

  #begin(self: Self, task: Task, message: { readonly protocol: string; readonly operation: string; readonly input: Json }): void {
    this.#task = task;
    if (task.kind === 'message' && task.message.kind === 'call' && isStream(self.program, task.message)) this.#streams.answer(task.message);
    const { operation, input } = message;
    // The handler exports what the agent provides, which may extend what it is asked as.
    const protocol = findProvided(self.program, this.#options.agent, message.protocol) ?? message.protocol;
    this.#apply(self, this.#guest!.handle(self.unixMs, { protocol, operation, input }));
  }

  #handleTimer(self: Self, timer: number, payload: Json): void {
    if (timer === this.#initTimer) return self.failStart('init_timeout');
    this.#requests.fired(timer);
    // It waits its turn like any message, though no bound holds it back.
    self.note(payload);
  }

  #handleNote(self: Self, note: Note): void {
    const { provides } = this.#options.agent;
    const protocol = provides.find((name) => findOperation(self.program, name, note.operation) !== undefined);
    if (!protocol) return self.exit(`crash: self.after names the operation ${note.operation}, which ${self.name} does not provide`);
    this.#begin(self, { kind: 'timer' }, { protocol, ...note });
  }

  #terminate(self: Self, reason: ExitReason): void {
    this.#task = { kind: 'terminate', reason };
    this.#apply(self, this.#guest!.terminate(self.unixMs, reason));
  }

  #resume(self: Self, ref: number, answer: GuestAnswer): void {
    const due = this.#requests.answered(ref, answer);
    if (!due) return self.drop('late_reply', 1);
    this.#apply(self, this.#guest!.resume(self.unixMs, due.request, due.answer));
  }

  #apply(self: Self, first: GuestTurn): void {
    for (let turn: GuestTurn | undefined = first; turn; turn = this.#nextOfStreams(self)) {
      for (const op of turn.ops) {
        const crash = this.#perform(self, op);
        if (crash !== undefined) return self.exit(crash);
      }
      this.#conclude(self, turn.outcome);
    }
  }

  /** A turn with what its streams have for the guest: no more than their windows hold. */
  #nextOfStreams(self: Self): GuestTurn | undefined {
    const due = this.#streams.takeDue();
    return due && this.#guest?.resume(self.unixMs, due.request, due.answer);
  }

  #goOn(self: Self): void {
    const turn = this.#nextOfStreams(self);
    if (turn) this.#apply(self, turn);
  }

  /** Answers why the agent must end, if the guest asked for what its wires do not give. */
  #perform(self: Self, op: GuestOp): ExitReason | undefined {
    switch (op.kind) {
      case 'item':
        return this.#giveItem(self, op);
      case 'log':
        self.log(op.level, op.text);
        return undefined;
      case 'stop':
        this.#stopReason = op.reason;
        return undefined;
      default:
        return this.#requests.perform(self, op, this.#message);
    }
  }

  #giveItem(self: Self, op: Extract<GuestOp, { kind: 'item' }>): ExitReason | undefined {
    const message = this.#message;
    if (message?.kind !== 'call' || !this.#streams.isAnswering) return 'crash: an item outside of a stream';
    const bad = this.#findBadOutput(self, message, op.value);
    if (bad === undefined) this.#streams.item(self, op.request, op.value);
    return bad;
  }

  #conclude(self: Self, outcome: GuestOutcome): void {
    switch (outcome.status) {
      case 'waiting':
        return self.hold();
      case 'returned':
        return this.#returned(self, outcome.value);
      case 'error':
        return this.#declared(self, outcome);
      case 'crashed':
        return self.exit(outcome.reason);
      case 'faulted':
        return self.exit(outcome.reason);
    }
  }

  #returned(self: Self, value: Json): void {
    const task = this.#task;
    if (task?.kind === 'terminate') return self.exit(task.reason);
    if (task?.kind === 'init') {
      if (this.#initTimer !== undefined) self.cancelTimer(this.#initTimer);
      if (value === 'ignore') return self.ignore();
      self.started();
    } else if (task?.kind === 'message' && task.message.kind === 'call') {
      const bad = this.#streams.isAnswering ? undefined : this.#findBadOutput(self, task.message, value);
      if (bad !== undefined) return self.exit(bad);
      self.reply(task.message, { ok: true, output: this.#streams.isAnswering ? null : value });
    }
    this.#finish(self);
  }

  #findBadOutput(self: Self, call: CallSignal, value: Json): ExitReason | undefined {
    const mismatch = mismatchOf(outputOf(self.program, call), value);
    return mismatch && `crash: answer of ${call.protocol}.${call.operation}: ${formatMismatch(mismatch)}`;
  }

  #operation(self: Self, message: CallSignal | CastSignal): ProgramOperation | undefined {
    return findOperation(self.program, message.protocol, message.operation);
  }

  /** `throw self.error(name)`: answers the caller if the operation declares it; anything else is a crash. */
  #declared(self: Self, error: Extract<GuestOutcome, { status: 'error' }>): void {
    const message = this.#message;
    if (!message || !this.#operation(self, message)?.errors.includes(error.name)) return self.exit(`crash: undeclared error ${error.name}: ${error.message}`);
    if (message.kind === 'cast') self.log('warn', `${message.protocol}.${message.operation} failed with ${error.name}, and a cast has no caller to tell`);
    else {
      const data = error.data === undefined ? {} : { data: error.data };
      self.reply(message, { ok: false, error: { code: error.name, message: error.message, node: self.name, ...data } });
    }
    this.#finish(self);
  }

  #finish(self: Self): void {
    this.#requests.finish(self);
    this.#task = undefined;
    if (this.#stopReason !== undefined) return self.exit(this.#stopReason);
    self.release();
  }

  dispose(): void {
    this.#guest?.dispose();
    this.#guest = undefined;
  }
}

