import type { ProgramNode } from '../../shared/program/program';
import type { Behaviour, Self } from './behaviour';
import type { CallSignal, CastSignal, Origin, Pid, RequestSignal, Signal } from './signal';
import { SignalQueue } from './signal-queue';
import type { WireCount, WireCounts } from './wire-counts';
import type { NodeId } from '../../shared/ids';

/** How many deliveries a process remembers effect numbers for; one older than that is settled long since. */
const REMEMBERED_ORIGINS = 4096;

export type ProcessBirth = {
  readonly pid: Pid;
  readonly name: string;
  readonly node: ProgramNode;
  readonly incarnation: number;
  readonly parent: Pid | undefined;
  readonly behaviour: Behaviour;
  readonly spawnRef: number;
  readonly wires: WireCounts;
};

/**
 * One process: its mailbox, what it waits for, and who hears of its end. Only the host kernel changes it. Most processes never fill most
 * of these collections, so whoever first puts something in makes them: an idle agent weighs half of what it would with all of them.
 */
export class Process {
  readonly mailbox = new SignalQueue();
  /** Replies, exits and timers, which come even in the middle of a message. */
  urgent: SignalQueue | undefined;
  /** Awaited casts that found the mailbox full: senders wait. */
  blocked: CastSignal[] | undefined;
  readonly links = new Set<Pid>();
  /** Own monitors, by ref. */
  monitors: Map<number, Pid> | undefined;
  watchers: { readonly pid: Pid; readonly ref: number }[] | undefined;
  /** Calls taken from the mailbox and not answered. */
  unanswered: Set<CallSignal> | undefined;
  /** Those of them that are answered by a stream which has begun, with the timer of its deadline. */
  streams: Map<CallSignal, number> | undefined;
  /** A supervisor's: the request that it is in the middle of. */
  request: RequestSignal | undefined;
  timers: Set<number> | undefined;
  openCalls: Set<number> | undefined;
  /** Guarded calls that have not been answered; each attempt of them is an open call as well. */
  guardedCalls: Set<number> | undefined;
  /** Starts on other hosts that have not been answered, with the `host#life` they were sent to. */
  pendingSpawns: Map<number, string> | undefined;
  status: 'starting' | 'running' | 'dead' = 'starting';
  hasBegun = false;
  isAnnounced = false;
  isHolding = false;
  isScheduled = false;
  /** Made at its first turn. */
  self: Self | undefined;
  matches: ((signal: Signal) => boolean) | undefined;
  /** Messages of the design in the mailbox: what its bound counts. */
  boundedCount = 0;
  handled = 0;
  /** Effects so far, by input and attempt: two attempts may be under way at once, and each counts for itself. */
  #effectNumbers: Map<string, number> | undefined;
  #ownEffects = 0;

  readonly pid: Pid;
  readonly name: string;
  readonly node: ProgramNode;
  readonly incarnation: number;
  readonly parent: Pid | undefined;
  readonly behaviour: Behaviour;
  /** Ref of the start, for the answer to the parent. */
  readonly spawnRef: number;
  readonly #wires: WireCounts;
  /** What its node has sent, by addressee. */
  #sent: Map<NodeId, WireCount> | undefined;

  constructor(birth: ProcessBirth) {
    this.pid = birth.pid;
    this.name = birth.name;
    this.node = birth.node;
    this.incarnation = birth.incarnation;
    this.parent = birth.parent;
    this.behaviour = birth.behaviour;
    this.spawnRef = birth.spawnRef;
    this.#wires = birth.wires;
  }

  get bound(): number {
    return this.node.kind === 'supervisor' ? Infinity : this.node.mailbox;
  }

  countSent(to: NodeId): void {
    const sent = (this.#sent ??= this.#wires.of(this.node.id));
    const count = sent.get(to);
    if (count) count.sent += 1;
    else sent.set(to, { sent: 1, failed: 0 });
  }

  countFailed(to: NodeId): void {
    const count = this.#sent?.get(to);
    if (count) count.failed += 1;
  }

  /** Whether a turn would do anything. */
  get isReady(): boolean {
    if (this.status === 'dead') return false;
    if (!this.hasBegun || (this.urgent !== undefined && this.urgent.length > 0)) return true;
    if (this.behaviour.receives === 'selective') return this.matches ? this.mailbox.has(this.matches) : this.mailbox.length > 0;
    return this.status === 'running' && !this.isHolding && this.mailbox.length > 0;
  }

  /** The same key for the same effect of the same origin, however often the input is delivered. */
  nextEffectKey(origin: Origin | undefined): string {
    if (!origin) {
      this.#ownEffects += 1;
      return `${this.pid}/${this.#ownEffects}`;
    }
    const delivery = `${origin.input} ${origin.attempt}`;
    const numbers = (this.#effectNumbers ??= new Map<string, number>());
    const count = (numbers.get(delivery) ?? 0) + 1;
    numbers.set(delivery, count);
    if (numbers.size > REMEMBERED_ORIGINS) numbers.delete(numbers.keys().next().value!);
    return `${origin.input}/${this.name}/${count}`;
  }
}
