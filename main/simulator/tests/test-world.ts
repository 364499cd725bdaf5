/**
 * A system under test: the whole design in virtual time, without its sources and timers (the test is the load), its handlers in the real
 * sandbox. Nothing outside is reached: what sinks put out is taken; what a model, a person or a tool would answer is recorded, or drawn from
 * what its protocol says; what nobody can know is noted as missing. One call at a time goes in; what became of it comes out.
 */
import type { JournalEvent } from '../../../shared/journal/record';
import type { Json } from '../../../shared/json/json';
import type { NodeId } from '../../../shared/ids';
import type { Program } from '../../../shared/program/program';
import type { Mock } from '../../../shared/run/mock';
import { isOrderlyExit, type ExitReason } from '../../../shared/run/exit-reason';
import type { EffectRequest, Settlement } from '../../../shared/run/engine-protocol';
import type { AnswerOrigin } from '../../../shared/tests/test-report';
import type { GuestPool } from '../../behaviours/guest';
import { behavioursWith } from '../../behaviours/make-behaviour';
import { MockedNode } from '../../behaviours/mocked-node';
import { findRule } from '../../behaviours/scripted-agent';
import type { Behaviour, BehaviourFactory, Self } from '../../kernel/behaviour';
import { isOutside, type CallSignal, type Signal } from '../../kernel/signal';
import { Cluster } from '../cluster';
import type { RecordedAnswers } from '../recorded-answers';
import { CaseAnswers, seededGenerate, type Noted } from './case-answers';
import { Outside, type Missing } from './outside';
import { processNameOf, TESTED_COPY, type ProcessName } from './process-name';

/** 2000-01-01T00:00:00Z, as in a simulation. */
const EPOCH_MS = 946_684_800_000;
/** Virtual time that a start, an answer and the work after an answer may take. A call from outside fails after 5 s by itself. */
const [START_MS, ANSWER_MS, REST_MS] = [30_000, 10_000, 60_000];
/** Turns for one call; what needs more goes round in circles. */
const MOST_TURNS = 50_000;
/** Of a stream so many are read, and then it is left: it need not have an end. */
const MOST_ITEMS = 100;

export type Crash = { readonly node: string; readonly reason: ExitReason };
export type CallReport = {
  /** How it ended for the caller, if it did. */
  readonly settlement?: Settlement;
  /** `settled`, also where the provider then went on and came to rest. */
  readonly end: 'settled' | 'unanswered' | 'restless' | 'circles' | 'root_exit' | 'missing';
  /** Processes that ended in no orderly way, of all the system. */
  readonly crashes: readonly Crash[];
  /** How often a provider, a router not counted, was given this message. */
  readonly entered: number;
  readonly missing: readonly Missing[];
  /** What was recorded or drawn for it, in order. */
  readonly given: readonly Noted[];
  /** `node from`: who did not answer itself. */
  readonly heard: ReadonlySet<string>;
};
export type OutsideCall = { readonly node: NodeId; readonly protocol: string; readonly operation: string; readonly input: Json; /** Virtual time for what it does after it was accepted. */ readonly restMs?: number; /** What is drawn for it. */ readonly answers?: CaseAnswers };

export type WorldOptions = {
  readonly program: Program;
  readonly seed: number;
  /** Serves one world after the other: making its instances takes many times longer than a case. */
  readonly guests: GuestPool;
  /** Nodes of our own that take part in the test. */
  readonly own?: { readonly [node: NodeId]: () => Behaviour };
  /** Answers of models and tools that were recorded. With them those answer from nowhere else. */
  readonly cassettes?: RecordedAnswers | undefined;
  /** Called often, so that the process around it can say that it lives. */
  readonly onAlive?: () => void;
};

export class TestWorld {
  readonly #options: WorldOptions;
  readonly #guests: GuestPool;
  readonly #cluster: Cluster;
  readonly #settlements = new Map<number, Settlement>();
  readonly #responses = new Map<number, Json>();
  readonly #names = new Map<NodeId, ProcessName>();
  readonly #outside: Outside;
  /** Between calls. */
  readonly #ownAnswers: CaseAnswers;
  #answers: CaseAnswers;
  #crashes: Crash[] = [];
  #missing: Missing[] = [];
  #heard = new Set<string>();
  #entered = 0;
  #nextId = 1;
  #turnsLeft = MOST_TURNS;
  #rootReason: ExitReason | undefined;

  private constructor(options: WorldOptions) {
    this.#options = options;
    this.#guests = options.guests;
    this.#outside = new Outside(options.program, options.cassettes);
    this.#answers = this.#ownAnswers = new CaseAnswers(seededGenerate(options.seed));
    this.#cluster = new Cluster({
      program: options.program,
      seed: options.seed,
      epochMs: EPOCH_MS,
      behaviours: this.#behaviours(behavioursWith(options.guests)),
      onRecord: (_, __, record) => this.#note(record),
      onEffect: (effect) => this.#answerEffect(effect),
      onSettled: (settlement) => void this.#settlements.set(settlement.id, settlement),
      onPull: () => undefined,
      onRespond: (ref, body) => void this.#responses.set(ref, body),
      onRootExited: (reason) => (this.#rootReason = reason),
    });
  }

  /** Brings the tree up. Where that fails, `whyNotUp` says why. */
  static async open(options: WorldOptions): Promise<TestWorld> {
    const world = new TestWorld(options);
    await world.#runUntil(() => world.#rootReason !== undefined || (world.#cluster.isAlive(options.program.root) && !world.#cluster.isBusy(options.program.root)), START_MS);
    world.#turnsLeft = MOST_TURNS;
    return world;
  }

  /** Why the provider is not there, once it has been waited for. */
  async whyNotUp(node: NodeId): Promise<string | undefined> {
    const { name, copiesOf } = this.#nameOf(node);
    for (const copy of copiesOf) {
      const said = await this.#startCopy(copy);
      if (said !== undefined) return said;
    }
    if (this.#rootReason !== undefined) return `the design did not come up: ${this.#describeCrashes() || this.#rootReason}`;
    if (!this.#cluster.isAlive(name)) return `${node} is not running: ${this.#describeCrashes() || 'it declined to start, or has ended'}`;
    this.#crashes = [];
    return undefined;
  }

  #describeCrashes(): string {
    return this.#crashes.map(({ node, reason }) => `${node} ended with ${reason}`).join('; ');
  }

  async #startCopy({ node, name }: { readonly node: NodeId; readonly name: string }): Promise<string | undefined> {
    const ref = this.#nextId++;
    this.#cluster.give(this.#cluster.hostOf(node), { type: 'request', ref, node: name, body: { call: 'startChild', id: TESTED_COPY } });
    await this.#runUntil(() => this.#responses.has(ref), START_MS);
    const answer = this.#responses.get(ref) as { readonly error?: string } | undefined;
    if (answer && (answer.error === undefined || answer.error === 'already_started')) return undefined;
    return `${node} starts copies of it, and one with the arguments of the template did not start: ${answer?.error ?? 'no answer'}`;
  }

  isUp(node: NodeId): boolean {
    return this.#rootReason === undefined && this.#cluster.isAlive(this.#nameOf(node).name);
  }

  /** Sends a message from outside and waits until it is answered and the provider has come to rest. */
  async call({ node, protocol, operation, input, restMs = REST_MS, answers = this.#ownAnswers }: OutsideCall): Promise<CallReport> {
    const id = this.#nextId++;
    const { name } = this.#nameOf(node);
    this.#crashes = [];
    this.#missing = [];
    this.#heard = new Set();
    this.#answers = answers;
    this.#entered = 0;
    this.#turnsLeft = MOST_TURNS;
    this.#cluster.give(this.#cluster.hostOf(node), { type: 'outside', input: { id, node: name, protocol, operation, value: input, items: MOST_ITEMS } });
    const isOver = (): boolean => this.#rootReason !== undefined || this.#missing.length > 0;
    const isSettled = await this.#runUntil(() => isOver() || this.#settlements.has(id), ANSWER_MS);
    const isResting = await this.#runUntil(() => isOver() || !this.#cluster.isBusy(name), restMs);
    if (!isOver() && isResting) await this.#runUntil(() => false, 0);
    const settlement = this.#settlements.get(id);
    this.#settlements.clear();
    this.#answers = this.#ownAnswers;
    const end = this.#missing.length > 0 ? 'missing' : this.#rootReason !== undefined ? 'root_exit' : this.#turnsLeft <= 0 ? 'circles' : !isSettled ? 'unanswered' : isResting ? 'settled' : 'restless';
    return { ...(settlement ? { settlement } : {}), end, crashes: this.#crashes, entered: this.#entered, missing: this.#missing, given: answers.given, heard: this.#heard };
  }

  /** Answers whether that came to be, before the time or the turns were up. */
  async #runUntil(isDone: () => boolean, virtualMs: number): Promise<boolean> {
    const untilMs = this.#cluster.nowMs + virtualMs;
    for (;;) {
      while (this.#turnsLeft > 0) {
        if (this.#guests.needsRefill) await this.#guests.refill();
        if (!this.#cluster.step()) break;
        this.#turnsLeft -= 1;
        if (this.#turnsLeft % 100 === 0) this.#options.onAlive?.();
      }
      this.#options.onAlive?.();
      if (isDone()) return true;
      if (this.#turnsLeft <= 0 || !this.#cluster.advance(untilMs)) return false;
      this.#turnsLeft -= 1;
    }
  }

  // ---- what happens inside ----

  #behaviours(make: BehaviourFactory): BehaviourFactory {
    return (options) => {
      const { node } = options;
      const own = this.#options.own?.[node.id];
      if (own) return own();
      const mock = this.#findMock(node.id);
      if (mock) return watch(new MockedNode(mock, options.seed, (call, what) => this.#miss(node.id, call, what)), (signal) => this.#seeMocked(node.id, signal));
      if (node.kind === 'source' || node.kind === 'timer') return new Quiet();
      const behaviour = make(options);
      return node.kind === 'router' ? behaviour : watch(behaviour, (signal) => this.#see(node.id, signal));
    };
  }

  #findMock(node: NodeId): Mock | undefined {
    const { mocks = {} } = this.#options.program;
    return Object.hasOwn(mocks, node) ? mocks[node] : undefined;
  }

  #seeMocked(node: NodeId, signal: Signal): void {
    if (signal.kind === 'call') this.#hear(node, 'mocked');
  }

  #hear(node: NodeId, from: AnswerOrigin): void {
    this.#heard.add(`${node} ${from}`);
  }

  #miss(node: NodeId, { protocol, operation, input }: CallSignal, what: string): void {
    this.#missing.push({ answer: { node, kind: 'mock', request: { protocol, operation, input } }, words: `no ${what} of the mock of ${node} fits this` });
  }

  #see(node: NodeId, signal: Signal): void {
    if (signal.kind !== 'call' && signal.kind !== 'cast') return;
    if (isOutside(signal.from)) this.#entered += 1;
    const { program } = this.#options;
    const behaviour = program.nodes[node]?.kind === 'agent' ? program.nodes[node].behaviour : undefined;
    // A script that has no answer stands for a model, or a service, that was not asked this before.
    const hasNone = behaviour?.type === 'scripted' && signal.kind === 'call' && !isOutside(signal.from) && !findRule(behaviour.rules, signal);
    if (hasNone) this.#missing.push({ answer: { node, kind: 'scripted', request: { protocol: signal.protocol, operation: signal.operation, input: signal.input } }, words: `only ${node} could say what comes next, and it has no answer to this` });
  }

  #note(event: JournalEvent): void {
    if (event.type !== 'process.exited' && event.type !== 'process.startFailed') return;
    if (event.type === 'process.startFailed' || !isOrderlyExit(event.reason)) this.#crashes.push({ node: event.node, reason: event.reason });
  }

  #answerEffect(effect: EffectRequest): void {
    const answered = this.#outside.answer(effect, this.#answers);
    if (answered.kind === 'missing') return void this.#missing.push(answered);
    const node = effect.template ?? effect.node;
    if (answered.from) this.#hear(node, answered.from);
    const { answer, afterMs, items } = answered;
    for (const { value, afterMs: itemMs } of items) this.#cluster.schedule(this.#cluster.nowMs + itemMs, () => this.#cluster.give(this.#cluster.hostOf(node), { type: 'effectItem', key: answer.key, value }));
    this.#cluster.schedule(this.#cluster.nowMs + afterMs, () => this.#cluster.give(this.#cluster.hostOf(node), { type: 'effectAnswer', answer }));
  }

  #nameOf(node: NodeId): ProcessName {
    const known = this.#names.get(node) ?? processNameOf(this.#options.program, node);
    this.#names.set(node, known);
    return known;
  }

  /** Name of the process that is tested for the node. */
  processOf(node: NodeId): string {
    return this.#nameOf(node).name;
  }

  dispose(): void {
    this.#cluster.dispose();
  }
}

/** Sources and timers stand, and do nothing of their own. */
class Quiet implements Behaviour {
  readonly receives = 'queued';
  readonly trapsExits = false;

  start(self: Self): void {
    self.started();
  }

  receive(): void {
    // Nobody sends to it.
  }

  dispose(): void {
    // It holds nothing.
  }
}

/** Sees each signal that a behaviour is given, before it is. */
function watch<T extends Behaviour>(behaviour: T, see: (signal: Signal) => void): T {
  const receive = behaviour.receive.bind(behaviour);
  behaviour.receive = (self, signal) => {
    see(signal);
    receive(self, signal);
  };
  return behaviour;
}
