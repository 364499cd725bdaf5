/**
 * What a process does, as the kernel sees it, and what it may ask of the kernel. A behaviour never blocks: it returns from
 * `receive` and, where it has to wait in the middle of a message, calls `self.hold()` first and `self.release()` at the end.
 */
import type { CallError } from '../../shared/run/call-failure';
import type { EffectKind } from '../../shared/run/engine-protocol';
import type { ExitReason } from '../../shared/run/exit-reason';
import type { Json } from '../../shared/json/json';
import type { DropReason, JournalEvent, LogLevel } from '../../shared/journal/record';
import type { NodeId, OperationName } from '../../shared/ids';
import type { Program, ProgramNode, ProgramWire } from '../../shared/program/program';
import type { Address, CallResult, CallSignal, CastSignal, Origin, Pid, Signal, SpawnRequest } from './signal';

export interface Behaviour {
  /**
   * `queued`: calls, casts and the rest wait in the mailbox while the process is in the middle of a message; replies, exits and
   * timers come at once. `selective`: everything waits in one mailbox in order of arrival, and the process picks (a supervisor).
   */
  readonly receives: 'queued' | 'selective';
  /** Exits of linked processes arrive as messages instead of ending it. */
  readonly trapsExits: boolean;
  /** First turn. Ends, now or later, in `self.started()`, `self.failStart(reason)` or `self.ignore()`. */
  start(self: Self): void;
  receive(self: Self, signal: Signal): void;
  /** A supervisor's: how many restarts count at this moment. */
  restartsAt?(nowMs: number): number;
  /** The process is gone; give back what it held. No signals, no sends. */
  dispose(): void;
}

/** Makes the behaviour of a node; one function for all kinds, supplied to the kernel. */
export type BehaviourFactory = (options: {
  readonly program: Program;
  readonly node: ProgramNode;
  readonly name: string;
  readonly incarnation: number;
  /** 32 bits made from (run seed, name, incarnation). */
  readonly seed: number;
  readonly args?: Json;
  /** Whatever else of its host lives in the same sandbox instance ends with `sandbox_lost`. */
  readonly onSandboxLost: () => void;
}) => Behaviour;

/** Over a wire: to its provider, in its protocol, past its guards. Without a timeout guard it has OTP's 5000 ms. */
export type CallRequest = {
  readonly wire: ProgramWire;
  readonly operation: OperationName;
  readonly input: Json;
  readonly origin?: Origin;
  /** Deadline of the message being handled: a call made for it can't outlive it. */
  readonly notAfterMs?: number;
};

/** Guards are about calls: a cast passes them by. */
export type CastRequest = Omit<CallRequest, 'notAfterMs'> & { readonly awaited: boolean };

/** A process's own view of its kernel. Numbers that it returns (`ref`, timer) are unique on the host's life. */
export interface Self {
  readonly pid: Pid;
  readonly name: string;
  readonly node: ProgramNode;
  readonly parent: Pid | undefined;
  readonly incarnation: number;
  readonly program: Program;
  /** Milliseconds since the run began; constant within a turn. */
  readonly nowMs: number;
  /** The same as Unix time. */
  readonly unixMs: number;

  /** A supervisor's, before its children: `process.started` is recorded now instead of at `started()`. */
  announce(): void;
  started(): void;
  failStart(reason: ExitReason): void;
  ignore(): void;
  /** Ends this process; nothing of it runs afterwards. */
  exit(reason: ExitReason): void;

  /** From here until `release`, only replies, exits and timers come. */
  hold(): void;
  release(): void;
  /** Selective receive: the next turn comes with the first signal that matches (any, where absent). */
  select(matches?: (signal: Signal) => boolean): void;
  /** Takes the first waiting signal that matches out of the mailbox, if one is there ("after 0"). */
  take(matches: (signal: Signal) => boolean): Signal | undefined;
  /** Whether such a signal waits in the mailbox. */
  waits(matches: (signal: Signal) => boolean): boolean;

  /** Its answer arrives as `reply` with this ref: exactly one, whatever happens. */
  call(request: CallRequest): number;
  /** With `awaited`, the answer arrives as `accepted` with this ref. */
  cast(request: CastRequest): number;
  /** Forgets an open call: its reply will be dropped and counted. Items of a stream that had arrived are still given. */
  abandon(ref: number): void;
  reply(call: CallSignal, result: CallResult): void;
  /** An item of the stream that a call is answered with; `reply` ends it. The one who answers keeps count of what was asked for. */
  sendItem(call: CallSignal, value: Json): void;
  /** The other side of it: so many items more of the open stream `ref` can be taken. */
  demand(ref: number, items: number): void;
  /** Passes a message on to another node, which answers the caller itself. */
  forward(message: CallSignal | CastSignal, to: NodeId): void;
  /** Whether a live process of that name is known to be reachable: always for other hosts that are up. */
  isReachable(node: NodeId): boolean;
  /** Messages waiting at a process of this host. */
  send(to: Address, signal: Signal): void;
  /** A note to itself, behind everything that waits. */
  note(payload: Json): void;
  setTimer(ms: number, payload: Json): number;
  cancelTimer(timer: number): void;

  spawn(request: SpawnRequest): number;
  /** exit(Pid, Reason). */
  requestExit(pid: Pid, reason: ExitReason): void;
  kill(pid: Pid): void;
  link(pid: Pid): void;
  unlink(pid: Pid): void;
  monitor(pid: Pid): number;
  demonitor(ref: number): void;

  /** The answer arrives as `effectAnswer`; of what comes in pieces, each before it as `effectItem`. */
  effect(kind: EffectKind, request: Json, origin: Origin | undefined): string;
  /** Nobody waits for it: the core gives it up, and nothing of it arrives any more. Asked for again, it is made again. */
  abandonEffect(key: string): void;
  settle(input: { readonly id: number; readonly attempts: number }, result: CallResult): void;
  pull(credit: number): void;
  record(event: JournalEvent): void;
  log(level: LogLevel, text: string): void;
  drop(reason: DropReason, count: number): void;
}

export const callError = (code: string, message: string, node?: string): CallError => (node === undefined ? { code, message } : { code, message, node });
