/**
 * A guest is one agent's handler code inside a sandbox, seen from outside: what goes in for a turn, what comes out of it.
 * The sandbox itself is `main/runtime/sandbox` (QuickJS), or V8 where a person chose `--unsafe-native-handlers`; both answer
 * turns synchronously and keep the guest's `state` inside. The code-agent behaviour turns the answers into kernel actions.
 */
import type { CallError } from '../../shared/run/call-failure';
import type { Json } from '../../shared/json/json';
import type { LogLevel } from '../../shared/journal/record';
import type { OperationName, PortName, ProtocolName } from '../../shared/ids';
import type { ExitReason } from '../../shared/run/exit-reason';
import type { Program, ProgramAgent } from '../../shared/program/program';

/** What a guest asked for during a turn, in the order it asked. `request` numbers are the guest's own, from 1. */
export type GuestOp =
  | { readonly kind: 'call'; readonly request: number; readonly port: PortName; readonly operation: OperationName; readonly input: Json }
  /** `awaited`: the guest waits until the receiver has room, and is then resumed. */
  | { readonly kind: 'cast'; readonly request: number; readonly port: PortName; readonly operation: OperationName; readonly input: Json; readonly awaited: boolean }
  /** Begins a call of kind stream. Nothing comes back for `request` itself: items are asked for by `next`. */
  | { readonly kind: 'open'; readonly request: number; readonly port: PortName; readonly operation: OperationName; readonly input: Json }
  /** The next item of the stream that was opened as `stream`; answered by the item, by `done`, or by the error it ended with. */
  | { readonly kind: 'next'; readonly request: number; readonly stream: number }
  /** Reads no further: the stream ends at its provider too. */
  | { readonly kind: 'close'; readonly stream: number }
  /** An item of the stream that the message in hand is answered with. Answered when there is room for more, or by `done` where nobody reads on. */
  | { readonly kind: 'item'; readonly request: number; readonly value: Json }
  | { readonly kind: 'after'; readonly timer: number; readonly ms: number; readonly operation: OperationName; readonly input: Json }
  | { readonly kind: 'cancel'; readonly timer: number }
  | { readonly kind: 'log'; readonly level: LogLevel; readonly text: string }
  | { readonly kind: 'stop'; readonly reason: ExitReason };

export type GuestOutcome =
  /** Awaits at least one of its requests. */
  | { readonly status: 'waiting' }
  | { readonly status: 'returned'; readonly value: Json }
  /** `throw self.error(name, data)`: answers the caller, no crash. */
  | { readonly status: 'error'; readonly name: string; readonly data?: Json; readonly message: string }
  /** Any other throw, a rejection nobody waits for, or a promise that can never resolve. `reason` is one line. */
  | { readonly status: 'crashed'; readonly reason: ExitReason }
  /** The instance is spent: the sandbox throws it away, and whoever shares it exits with `sandbox_lost`. */
  | { readonly status: 'faulted'; readonly reason: 'fuel' | 'memory' | 'fault' };

export type GuestTurn = { readonly ops: readonly GuestOp[]; readonly outcome: GuestOutcome };

/** The answer to one of the guest's requests. `done`: the stream has ended, and `output` is null. */
export type GuestAnswer = { readonly ok: true; readonly output: Json; readonly done?: true } | { readonly ok: false; readonly error: CallError };

/** One message at a time: `handle`, then `resume` until the outcome is not `waiting`. `nowMs` is Unix time, constant in a turn. */
export interface Guest {
  init(nowMs: number, args: Json | undefined): GuestTurn;
  handle(nowMs: number, message: { readonly protocol: ProtocolName; readonly operation: OperationName; readonly input: Json }): GuestTurn;
  resume(nowMs: number, request: number, answer: GuestAnswer): GuestTurn;
  terminate(nowMs: number, reason: ExitReason): GuestTurn;
  /** Forgets the agent. Its instance, if healthy, serves the next incarnation. */
  dispose(): void;
}

export type GuestOptions = {
  readonly program: Program;
  readonly agent: ProgramAgent;
  /** 32-bit seed of `self.random()`, made from (run seed, node, incarnation). */
  readonly seed: number;
  /** Process name: the node's id, or the id of a dynamic child. */
  readonly name: string;
  readonly incarnation: number;
  /** Called when the instance this guest shares with others was thrown away because of another guest. */
  readonly onLost: () => void;
};

export interface GuestFactory {
  /** Synchronous: the host keeps a spare instance ready between steps. Throws only for a bug of ours. */
  create(options: GuestOptions): Guest | { readonly loadFailed: ExitReason };
}

/** A factory whose host makes new instances between turns, so that `create` never has to wait. */
export interface GuestPool extends GuestFactory {
  readonly needsRefill: boolean;
  /** Handlers may come that were not there at the beginning. */
  expectGuests(): void;
  refill(): Promise<void>;
  /** Whether the next starts would be quicker for work that can be done now, when nothing else is to do. */
  readonly needsAhead: boolean;
  /** A millisecond of it. */
  makeAhead(): void;
}
