/**
 * Hands each message to nodes wired to its `out`, by its strategy. What needs no answer of theirs is passed on, and the chosen node answers
 * the caller itself; a call that is counted, guarded or made to several nodes is one of the router's own, answered once when it is decided.
 */
import type { NodeId } from '../../shared/ids';
import type { Json } from '../../shared/json/json';
import { formatMismatch } from '../../shared/schema/validate-value';
import { mismatchOf } from '../../shared/schema/fits-schema';
import type { ProgramRouter, ProgramWire, RouterPolicy } from '../../shared/program/program';
import { callError, type Behaviour, type Self } from '../kernel/behaviour';
import { findOperation, isStream } from '../kernel/door';
import { mixSeed } from '../kernel/seed';
import type { CallResult, CallSignal, CancelSignal, CastSignal, DemandSignal, Signal, StreamItemSignal } from '../kernel/signal';
import { beginGathering, decide, quorumOf, takeAnswer, type GatherDecision, type Gathering, type GatherRule } from './routing/gather';
import { chooseTarget, type ChoosingPolicy } from './routing/choose-target';
import { callOver, wiresOf } from './wires';

/** Messages that one router may have under way; beyond that they wait in its bounded mailbox. */
const MOST_UNDER_WAY = 1000;

/** A caller's message, and the calls that were made for it, by their place among the nodes that were called. */
type UnderWay = { readonly call: CallSignal; gathering: Gathering; readonly refs: Map<number, { readonly place: number; readonly to: NodeId }>; readonly timer: number | undefined };

export class Router implements Behaviour {
  readonly receives = 'queued';
  readonly trapsExits = false;
  readonly #policy: RouterPolicy;
  readonly #seed: number;
  #turn = 0;
  #messages = 0;
  readonly #underWay = new Set<UnderWay>();
  readonly #byRef = new Map<number, UnderWay>();
  /** Those whose caller has been sent an item of a stream, by the call. */
  readonly #relayed = new Map<string, UnderWay>();
  readonly #byTimer = new Map<number, UnderWay>();
  readonly #loads = new Map<NodeId, number>();

  /** `seed`: 32 bits, for `canary`. */
  constructor(node: ProgramRouter, seed: number) {
    this.#policy = node;
    this.#seed = seed;
  }

  start(self: Self): void {
    self.started();
  }

  receive(self: Self, signal: Signal): void {
    if (signal.kind === 'call' || signal.kind === 'cast') this.#route(self, signal);
    else if (signal.kind === 'reply') this.#answered(self, signal.ref, signal.result);
    else if (signal.kind === 'streamItem') this.#relay(self, signal);
    else if (signal.kind === 'demand' || signal.kind === 'cancel') this.#fromReader(self, signal);
    else if (signal.kind === 'timer') this.#gatheredLongEnough(self, signal.timer);
  }

  #route(self: Self, message: CallSignal | CastSignal): void {
    const wires = wiresOf(self.program, self.node.id, 'out');
    const policy = this.#policy;
    this.#messages += 1;
    if (policy.strategy === 'broadcast' || policy.strategy === 'race') return this.#spread(self, message, policy, wires);
    this.#choose(self, message, policy, wires);
  }

  #choose(self: Self, message: CallSignal | CastSignal, policy: ChoosingPolicy, wires: readonly ProgramWire[]): void {
    const targets = wires.map(({ to }) => to);
    const choice = chooseTarget(policy, {
      targets,
      isUp: (node) => self.isReachable(node),
      input: message.input,
      next: this.#turn,
      underWay: (node) => this.#loads.get(node) ?? 0,
      draw: mixSeed(this.#seed, this.#messages) / 2 ** 32,
    });
    if (choice.kind === 'unfit') return refuse(self, message, 'invalid', `no route of ${self.name} fits this ${message.operation}`);
    if (choice.kind === 'nobody') return refuse(self, message, 'noproc', `no node behind ${self.name} is running`);
    const place = targets.indexOf(choice.to);
    this.#turn = place + 1;
    const wire = wires[place]!;
    if (message.kind === 'cast') return passOn(self, message, wire);
    if (policy.strategy !== 'least_loaded' && wire.guards.length === 0 && !wire.adapter) return self.forward(message, choice.to);
    this.#callAll(self, message, { kind: 'race' }, [wire]);
  }

  /** To all: casts to those that are up; calls to every one, since a node that is down is an answer too. */
  #spread(self: Self, message: CallSignal | CastSignal, policy: Extract<RouterPolicy, { strategy: 'broadcast' | 'race' }>, wires: readonly ProgramWire[]): void {
    if (message.kind === 'call') {
      if (wires.length === 0) return refuse(self, message, 'noproc', `no node is wired to ${self.name}`);
      // The check says so first: items of several nodes are no stream of one.
      if (isStream(self.program, message)) return refuse(self, message, 'invalid', `${self.name} asks several nodes at once, and ${message.operation} is a stream`);
      const rule: GatherRule = policy.strategy === 'race' ? { kind: 'race' } : { kind: 'quorum', quorum: quorumOf(policy, wires.length), collect: policy.collect ?? 'first' };
      return this.#callAll(self, message, rule, wires, policy.strategy === 'broadcast' ? policy.gatherMs : undefined);
    }
    const up = wires.filter(({ to }) => self.isReachable(to));
    if (up.length === 0) return refuse(self, message, 'noproc', `no node behind ${self.name} is running`);
    // There is no answer to race for: the first that is up has it, and no work is done twice.
    for (const wire of policy.strategy === 'race' ? up.slice(0, 1) : up) passOn(self, message, wire);
  }

  #callAll(self: Self, call: CallSignal, rule: GatherRule, wires: readonly ProgramWire[], gatherMs?: number): void {
    const timer = gatherMs === undefined ? undefined : self.setTimer(gatherMs, null);
    const underWay: UnderWay = { call, gathering: beginGathering(rule, wires.map(({ to }) => to)), refs: new Map(), timer };
    this.#underWay.add(underWay);
    if (timer !== undefined) this.#byTimer.set(timer, underWay);
    for (const [place, wire] of wires.entries()) {
      const ref = callOver(self, wire, call);
      underWay.refs.set(ref, { place, to: wire.to });
      this.#byRef.set(ref, underWay);
      this.#loads.set(wire.to, (this.#loads.get(wire.to) ?? 0) + 1);
    }
    if (this.#underWay.size >= MOST_UNDER_WAY) self.hold();
  }

  /** A stream whose call is one of the router's own: items go to the caller, and what it says of them comes back. */
  #relay(self: Self, { ref, value }: StreamItemSignal): void {
    const underWay = this.#byRef.get(ref);
    if (!underWay) return;
    this.#relayed.set(keyOf(underWay.call), underWay);
    self.sendItem(underWay.call, value);
  }

  #fromReader(self: Self, signal: DemandSignal | CancelSignal): void {
    const underWay = this.#relayed.get(keyOf(signal));
    if (!underWay) return;
    if (signal.kind === 'cancel') return this.#end(self, underWay);
    for (const ref of underWay.refs.keys()) self.demand(ref, signal.items);
  }

  #answered(self: Self, ref: number, result: CallResult): void {
    const underWay = this.#byRef.get(ref);
    if (!underWay) return;
    const { place } = underWay.refs.get(ref)!;
    this.#closeCall(underWay, ref);
    underWay.gathering = takeAnswer(underWay.gathering, place, result);
    this.#decide(self, underWay, false);
  }

  #gatheredLongEnough(self: Self, timer: number): void {
    const underWay = this.#byTimer.get(timer);
    if (underWay) this.#decide(self, underWay, true);
  }

  #decide(self: Self, underWay: UnderWay, isOver: boolean): void {
    const decision = decide(underWay.gathering, isOver);
    if (decision.kind === 'wait') return;
    const { call, gathering } = underWay;
    this.#end(self, underWay);
    self.reply(call, decision.kind === 'answer' ? checkMerged(self, call, gathering, decision.output) : failureOf(self, call, gathering, decision));
  }

  #end(self: Self, underWay: UnderWay): void {
    const { call, refs, timer } = underWay;
    for (const ref of [...refs.keys()]) {
      this.#closeCall(underWay, ref);
      self.abandon(ref);
    }
    if (timer !== undefined) {
      this.#byTimer.delete(timer);
      self.cancelTimer(timer);
    }
    this.#underWay.delete(underWay);
    this.#relayed.delete(keyOf(call));
    if (this.#underWay.size < MOST_UNDER_WAY) self.release();
  }

  #closeCall(underWay: UnderWay, ref: number): void {
    const { to } = underWay.refs.get(ref)!;
    underWay.refs.delete(ref);
    this.#byRef.delete(ref);
    this.#loads.set(to, (this.#loads.get(to) ?? 1) - 1);
  }

  dispose(): void {
    this.#underWay.clear();
    this.#byRef.clear();
    this.#byTimer.clear();
    this.#relayed.clear();
    this.#loads.clear();
  }
}

const keyOf = ({ from, ref }: Pick<CallSignal, 'from' | 'ref'>): string => `${from} ${ref}`;

/** What is adapted on its way leaves as a cast of the router's own. */
function passOn(self: Self, message: CastSignal, wire: ProgramWire): void {
  const { operation, input, origin } = message;
  if (wire.adapter) self.cast({ wire, operation, input, awaited: false, ...(origin ? { origin } : {}) });
  else self.forward(message, wire.to);
}

function refuse(self: Self, message: CallSignal | CastSignal, code: 'noproc' | 'invalid', words: string): void {
  if (message.kind === 'cast') self.drop(code, 1);
  else self.reply(message, { ok: false, error: callError(code, words, self.name) });
}

/** Each answer fitted; one that was put together of several may hold more than the schema allows. */
function checkMerged(self: Self, call: CallSignal, { rule }: Gathering, output: Json): CallResult {
  const schema = rule.kind === 'quorum' && rule.collect === 'merge' ? findOperation(self.program, call.protocol, call.operation)?.output : undefined;
  const mismatch = schema && mismatchOf(schema, output);
  return mismatch ? { ok: false, error: callError('invalid', `the answers behind ${self.name} in one: ${formatMismatch(mismatch)}`, self.name) } : { ok: true, output };
}

/** An operation that declares `NoQuorum` hears how many were missing; else it is the failure of the first node that failed. */
function failureOf(self: Self, call: CallSignal, { rule, answers }: Gathering, { answered, wanted, first }: Extract<GatherDecision, { kind: 'fail' }>): CallResult {
  const isAlone = answers.length === 1;
  // What every node that was heard refuses at its door is no matter of how many answered.
  const isInvalid = answers.every(({ result }) => result === undefined || (!result.ok && result.error.code === 'invalid'));
  if ((isAlone || isInvalid) && first) return { ok: false, error: first };
  const said = rule.kind === 'race' ? `none of the ${answers.length} nodes behind ${self.name} answered well` : `${answered} of ${wanted} answers that are needed came together behind ${self.name}`;
  const declares = findOperation(self.program, call.protocol, call.operation)?.errors.includes('NoQuorum');
  // Nodes that disagree have not failed; the check sees to it that the operation declares the error.
  if (rule.kind === 'quorum' && (declares || rule.collect === 'majority')) return { ok: false, error: { ...callError('NoQuorum', said, self.name), data: { answered, wanted } } };
  if (first) return { ok: false, error: { ...first, message: `${said}; ${first.node ?? 'one'}: ${first.message}` } };
  return { ok: false, error: callError('timeout', `${said} in time`, self.name) };
}
