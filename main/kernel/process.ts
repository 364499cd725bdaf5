import type { ProgramNode } from '../../shared/program/program';
import type { Behaviour, Self } from './behaviour';
import type { CallSignal, CastSignal, Origin, Pid, RequestSignal, Signal } from './signal';
import { SignalQueue } from './signal-queue';
import type { WireCount } from './wire-counts';
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
  readonly wires: Map<NodeId, WireCount>;
};

/** One process: its mailbox, what it waits for, and who hears of its end. Only the host kernel changes it. */
export class Process {
  readonly mailbox = new SignalQueue();
  /** Replies, exits and timers, which come even in the middle of a message. */
  readonly urgent = new SignalQueue();
  /** Awaited casts that found the mailbox full: senders wait. */
  readonly blocked: CastSignal[] = [];
  readonly links = new Set<Pid>();
  /** Own monitors, by ref. */
  readonly monitors = new Map<number, Pid>();
  readonly watchers: { readonly pid: Pid; readonly ref: number }[] = [];
  /** Calls taken from the mailbox and not answered. */
  readonly unanswered = new Set<CallSignal>();
  /** A supervisor's: the request that it is in the middle of. */
  request: RequestSignal | undefined;
  readonly timers = new Set<number>();
  readonly openCalls = new Set<number>();
  /** Starts on other hosts that have not been answered, with the `host#life` they were sent to. */
  readonly pendingSpawns = new Map<number, string>();
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
  #effectNumbers = new Map<string, number>();
  #ownEffects = 0;

  readonly pid: Pid;
  readonly name: string;
  readonly node: ProgramNode;
  readonly incarnation: number;
  readonly parent: Pid | undefined;
  readonly behaviour: Behaviour;
  /** Ref of the start, for the answer to the parent. */
  readonly spawnRef: number;
  /** What its node has sent, by addressee. */
  readonly wires: Map<NodeId, WireCount>;

  constructor(birth: ProcessBirth) {
    this.pid = birth.pid;
    this.name = birth.name;
    this.node = birth.node;
    this.incarnation = birth.incarnation;
    this.parent = birth.parent;
    this.behaviour = birth.behaviour;
    this.spawnRef = birth.spawnRef;
    this.wires = birth.wires;
  }

  get bound(): number {
    return this.node.kind === 'supervisor' ? Infinity : this.node.mailbox;
  }

  countSent(to: NodeId): void {
    const count = this.wires.get(to);
    if (count) count.sent += 1;
    else this.wires.set(to, { sent: 1, failed: 0 });
  }

  countFailed(to: NodeId): void {
    const count = this.wires.get(to);
    if (count) count.failed += 1;
  }

  /** Whether a turn would do anything. */
  get isReady(): boolean {
    if (this.status === 'dead') return false;
    if (!this.hasBegun || this.urgent.length > 0) return true;
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
    const count = (this.#effectNumbers.get(delivery) ?? 0) + 1;
    this.#effectNumbers.set(delivery, count);
    if (this.#effectNumbers.size > REMEMBERED_ORIGINS) this.#effectNumbers.delete(this.#effectNumbers.keys().next().value!);
    return `${origin.input}/${this.name}/${count}`;
  }
}
