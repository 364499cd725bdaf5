/**
 * The state of one host, and what its topics ask of each other. Each topic is a file of its own (`turns`, `delivery`, `calls`, `streams`, `starts`,
 * `deaths`, `peers`, `effects`, `process-timers`) and works on this state; `host-kernel.ts` makes them and puts them here.
 */
import type { CallError } from '../../shared/run/call-failure';
import type { Depends, EffectKind } from '../../shared/run/engine-protocol';
import type { ExitReason } from '../../shared/run/exit-reason';
import type { Json } from '../../shared/json/json';
import type { NodeId } from '../../shared/ids';
import type { Program } from '../../shared/program/program';
import type { BehaviourFactory, CallRequest, CastRequest } from './behaviour';
import type { Attempt, AttemptOwner, Guarding, GuardsFactory } from './guarding';
import type { GatheredItems } from './gathered-items';
import { HostJournal } from './host-journal';
import { PeerLink } from './peer-link';
import type { HostPorts } from './ports';
import type { Process } from './process';
import type { Address, CallResult, CallSignal, CancelSignal, CastSignal, DemandSignal, Envelope, KernelSignal, Origin, Pid, Signal, SpawnRequest, StreamItemSignal } from './signal';
import { TimerQueue } from './timer-queue';
import { WireCounts } from './wire-counts';

export type HostKernelOptions = {
  readonly program: Program;
  readonly host: string;
  readonly life: number;
  readonly seed: number;
  /** Unix time of the run's beginning. */
  readonly epochMs: number;
  readonly trace: boolean;
  readonly behaviours: BehaviourFactory;
  readonly ports: HostPorts;
  /** Where a wire of the program has guards. */
  readonly guards?: GuardsFactory;
  /** Incarnations that names had reached in earlier lives of this host. */
  readonly incarnations: { readonly [name: string]: number };
};

export interface Turning {
  /** Its turn comes, if there is anything for it to do. */
  schedule(process: Process): void;
}

export interface Delivering {
  /** To a process of this host, to the outside, or into the batch for another host. */
  send(to: Address, signal: Signal | KernelSignal): void;
  /** Of this host or another, or the place from which the outside asked. */
  toPid(pid: Pid, signal: Signal | KernelSignal): void;
  toName(name: string, signal: Signal): void;
  toIncarnation(name: string, incarnation: number | undefined, signal: Signal): void;
  toProcess(process: Process, signal: Signal): void;
  /** To a process that may be in the middle of a message: an answer that it waits for, or what it has to hear at once. */
  urgent(process: Process, signal: Signal): void;
  refuse(call: CallSignal, error: CallError): void;
  refuseCast(cast: CastSignal, to: string, error: CallError): void;
}

export interface Calling {
  call(process: Process, request: CallRequest): number;
  cast(process: Process, request: CastRequest): number;
  reply(process: Process, call: CallSignal, result: CallResult): void;
  forward(process: Process, message: CallSignal | CastSignal, to: NodeId): void;
  /** The caller waits for another node from here on. */
  retarget(ref: number, to: NodeId): void;
  abandon(process: Process, ref: number): void;
  /** Like `abandon`, of an attempt whose call goes on. */
  drop(process: Process, ref: number, hasFailed: boolean): void;
  /** An open call of the process. */
  find(process: Process, ref: number): OpenCall | undefined;
  demand(process: Process, ref: number, items: number): void;
  attempt(process: Process, attempt: Attempt): number;
  /** The call, if it was open and its own. `hasFailed` is counted on its wire. */
  close(process: Process, ref: number, hasFailed: boolean): OpenCall | undefined;
  failAllTo(host: string): void;
  /** An answer to the core's own call. */
  answerOutside(signal: Signal | KernelSignal): void;
}

/** Of a process, or of the outside (then `input`). `wire`: whom it was sent to, before a router passed it on to `to`. */
export type OpenCall = {
  readonly process: Process | undefined;
  readonly input?: { readonly id: number };
  /** Of a stream that the outside asked for. */
  readonly gathered?: GatheredItems;
  readonly to: NodeId;
  readonly wire: NodeId;
  readonly toHost: string;
  readonly timer: number | undefined;
  readonly kind: 'call' | 'cast';
  /** Hears of the answer in place of the process: an attempt of a guarded call. */
  readonly owner?: AttemptOwner;
  /** Who has sent an item of the stream that answers it. */
  provider?: Pid;
};

export interface Streaming {
  sendItem(process: Process, call: CallSignal, value: Json): void;
  ended(process: Process, call: CallSignal): void;
  fromReader(process: Process, signal: DemandSignal | CancelSignal): void;
  readersLost(process: Process, hostLife: string): void;
  receiveItem(process: Process, open: OpenCall | undefined, item: StreamItemSignal): void;
  unread(reader: Pid, item: StreamItemSignal): void;
  abandoned(reader: Pid, ref: number, open: OpenCall): void;
  bury(process: Process): void;
}

export interface Starting {
  spawn(process: Process, request: SpawnRequest): number;
  spawnHere(parent: Pid, ref: number, request: SpawnRequest): void;
  answer(parent: Pid, signal: Extract<Signal, { kind: 'spawned' }>): void;
  announce(process: Process): void;
  started(process: Process): void;
  ignore(process: Process): void;
  /** Its name's next process is of the next incarnation. */
  buried(process: Process): void;
}

export interface Ending {
  /** The end of a process: what it held is given back, everyone who waits for it or is linked to it hears of it. */
  end(process: Process, reason: ExitReason): void;
  /** Children that were starting when their parent on another host ended. */
  orphan(parent: Pid, reason: ExitReason): void;
  forgetParent(process: Process): void;
  bury(process: Process, reason: ExitReason): void;
}

export interface Peering {
  /** Into the batch for another host; what its window or its absence forbids is refused or counted. */
  sendAway(host: string, envelope: Envelope): void;
}

export interface MakingEffects {
  effect(process: Process, kind: EffectKind, request: Json, origin: Origin | undefined): string;
  abandon(process: Process, key: string): void;
}

export interface Timing {
  set(process: Process, ms: number, payload: Json): number;
  cancel(process: Process, timer: number): void;
}

export class Host {
  readonly options: HostKernelOptions;
  /** Replaced, between two steps, when an edit is applied. */
  program: Program;
  readonly host: string;
  readonly life: number;
  readonly ports: HostPorts;
  readonly journal: HostJournal;
  readonly timers = new TimerQueue();
  readonly wires = new WireCounts();
  readonly processes = new Map<Pid, Process>();
  readonly names = new Map<string, Process>();
  readonly links = new Map<string, PeerLink>();
  /** Effects asked for and not answered, by key. */
  readonly openEffects = new Map<string, Process>();
  /** The last record of each other host's life that this host's state follows from. */
  readonly followed = new Map<string, number>();
  /** Pid of the tree's root, where this host started it. */
  root: Pid | undefined;
  nowMs = 0;
  steps = 0;
  // Set once, by the host kernel, before anything happens.
  turns!: Turning;
  delivery!: Delivering;
  calls!: Calling;
  streams!: Streaming;
  starts!: Starting;
  deaths!: Ending;
  peers!: Peering;
  effects!: MakingEffects;
  processTimers!: Timing;
  /** Absent where no wire of the program has guards. */
  guards: Guarding | undefined;
  #nextRef = 1;

  constructor(options: HostKernelOptions) {
    this.options = options;
    this.program = options.program;
    this.host = options.host;
    this.life = options.life;
    this.ports = options.ports;
    this.journal = new HostJournal(this, (record) => options.ports.record(record));
    for (const { id } of options.program.hosts) if (id !== options.host) this.links.set(id, new PeerLink(id));
  }

  get unixMs(): number {
    return this.options.epochMs + this.nowMs;
  }

  /** Numbers of calls, starts and monitors: unique on this life of the host. */
  nextRef(): number {
    return this.#nextRef++;
  }

  /** Host where a node's processes live; dynamic children are no nodes, and live with their supervisor, here. */
  hostOfNode(node: NodeId): string {
    return this.program.nodes[node]?.host ?? this.host;
  }

  /** Whether a live process of that name is known to be reachable: always, for other hosts that are up. */
  isReachable(node: NodeId): boolean {
    const host = this.hostOfNode(node);
    return host === this.host ? this.names.get(node)?.status === 'running' : this.links.get(host)?.isUp === true;
  }

  /** What an output of this moment follows from. */
  depends(): Depends {
    return { ...Object.fromEntries(this.followed), [`${this.host}#${this.life}`]: this.journal.lastNumber };
  }
}
