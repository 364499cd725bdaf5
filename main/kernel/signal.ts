/** What processes send each other, as in OTP: messages, and the signals of links, monitors and starts. All of it is plain data. */
import type { CallError } from '../../shared/run/call-failure';
import type { ExitReason } from '../../shared/run/exit-reason';
import type { Json } from '../../shared/json/json';
import type { NodeId, OperationName, ProtocolName } from '../../shared/ids';

/** `host#life.serial`: says its host, and which life of it. */
export type Pid = string;
/** A pid, or a process name (a node's id, or the id of a dynamic child); the two never look alike, since a pid holds `#`. */
export type Address = string;
/** Stands for the core in `from`: the caller of an outside message. */
export const OUTSIDE: Pid = 'outside';
/**
 * The same in messages that may leave the host where they came in (a router passes a call on to another host): the answer must find back
 * to that host, and to that life of it. No process has the serial 0.
 */
export const outsideOf = (host: string, life: number): Pid => `${host}#${life}.0`;
export const isOutside = (pid: Pid): boolean => pid === OUTSIDE || pid.endsWith('.0');

/**
 * The outside message that a message follows from. Effects of the same node for the same origin get the same keys when the
 * input is delivered again: by a source's retry, by a source that began anew, or after an engine was lost. `attempt` names the
 * delivery; it differs between any two deliveries to the same engine.
 */
export type Origin = { readonly input: string; readonly attempt: string };

export type CallResult = { readonly ok: true; readonly output: Json } | { readonly ok: false; readonly error: CallError };

type Operation = { readonly protocol: ProtocolName; readonly operation: OperationName; readonly input: Json; readonly origin?: Origin | undefined };

export type CallSignal = Operation & { readonly kind: 'call'; readonly ref: number; readonly from: Pid; readonly fromNode: NodeId; readonly deadlineMs: number };
export type CastSignal = Operation & { readonly kind: 'cast'; readonly from: Pid; readonly fromNode: NodeId; /** Set where the sender waits for room. */ readonly ref?: number | undefined };
export type ReplySignal = { readonly kind: 'reply'; readonly ref: number; readonly result: CallResult };
/** Items of a stream that may be under way before its reader says more. */
export const STREAM_WINDOW = 16;
/** One item of the answer to a call of kind stream; its `reply` is the end, with null as output, or the error it ended with. */
export type StreamItemSignal = { readonly kind: 'streamItem'; readonly ref: number; readonly from: Pid; readonly value: Json };
/** Told to who answers a stream: so many items more may be under way. A stream begins with `STREAM_WINDOW`. */
export type DemandSignal = { readonly kind: 'demand'; readonly ref: number; readonly from: Pid; readonly items: number };
/** Told to who answers a stream: nobody reads it any more. */
export type CancelSignal = { readonly kind: 'cancel'; readonly ref: number; readonly from: Pid };
/** The answer to an awaited cast: it has a place in the mailbox, or never will. */
export type AcceptedSignal = { readonly kind: 'accepted'; readonly ref: number; readonly error?: CallError };
/** A linked process ended, or (with `request`) somebody asks this one to end. `loss` names the host life that took the sender along. */
export type ExitSignal = { readonly kind: 'exit'; readonly from: Pid; readonly reason: ExitReason; readonly request?: true; readonly loss?: string };
/** exit(Pid, kill): cannot be trapped; the process ends with reason `killed`. */
export type KillSignal = { readonly kind: 'kill'; readonly from: Pid };
export type DownSignal = { readonly kind: 'down'; readonly ref: number; readonly from: Pid; readonly reason: ExitReason };
export type TimerSignal = { readonly kind: 'timer'; readonly timer: number; readonly payload: Json };
/** The end of a start that this process asked for. */
export type SpawnedSignal = { readonly kind: 'spawned'; readonly ref: number } & (
  | { readonly outcome: 'started'; readonly pid: Pid }
  | { readonly outcome: 'ignored' }
  /** `loss`: the host life with which the start was lost. */
  | { readonly outcome: 'failed'; readonly reason: ExitReason; readonly loss?: string }
);
/** A call to a supervisor (`startChild`, `whichChildren`, ...) and its answer. */
export type RequestSignal = { readonly kind: 'request'; readonly ref: number; readonly from: Pid; readonly body: Json };
export type ResponseSignal = { readonly kind: 'response'; readonly ref: number; readonly body: Json };
/** A note that a process leaves in its own mailbox, behind what is waiting there. */
export type NoteSignal = { readonly kind: 'note'; readonly payload: Json };
/** An item for a source node, and the word that there are no more. */
export type ItemSignal = { readonly kind: 'item'; readonly id: number; readonly value: Json };
export type ItemsEndSignal = { readonly kind: 'itemsEnd'; readonly items: number };
/** A piece of an answer that comes in pieces; `effectAnswer` is its end. */
export type EffectItemSignal = { readonly kind: 'effectItem'; readonly key: string; readonly value: Json };
export type EffectAnswerSignal = { readonly kind: 'effectAnswer'; readonly key: string; readonly result: CallResult };

/** Given to a behaviour. */
export type Signal =
  | CallSignal
  | CastSignal
  | ReplySignal
  | AcceptedSignal
  | StreamItemSignal
  | DemandSignal
  | CancelSignal
  | ExitSignal
  | KillSignal
  | DownSignal
  | TimerSignal
  | SpawnedSignal
  | RequestSignal
  | ResponseSignal
  | NoteSignal
  | ItemSignal
  | ItemsEndSignal
  | EffectItemSignal
  | EffectAnswerSignal;

/** Handled by the kernel of the receiving host itself. */
export type KernelSignal =
  | { readonly kind: 'link'; readonly from: Pid }
  | { readonly kind: 'unlink'; readonly from: Pid }
  | { readonly kind: 'monitor'; readonly from: Pid; readonly ref: number }
  | { readonly kind: 'demonitor'; readonly from: Pid; readonly ref: number }
  /** Told to a caller's host: the node it asked passed the call on to one of another host. */
  | { readonly kind: 'forwarded'; readonly ref: number; readonly to: NodeId }
  /** Told to a host on which a child of `from` may be starting: its parent is no more. */
  | { readonly kind: 'parentGone'; readonly from: Pid; readonly reason: ExitReason }
  | { readonly kind: 'spawn'; readonly ref: number; readonly from: Pid; readonly spawn: SpawnRequest };

/** Which node to start, under which name, with which arguments. The child is linked to the asker. */
export type SpawnRequest = { readonly node: NodeId; readonly name: string; readonly args?: Json };

export type Envelope = { readonly to: Address; readonly signal: Signal | KernelSignal };

/** `host#life`, the part of a pid that a lost host takes along. */
export const hostLifeOf = (pid: Pid): string => pid.slice(0, pid.lastIndexOf('.'));
export const hostOf = (pid: Pid): string => pid.slice(0, pid.indexOf('#'));
export const isPid = (address: Address): boolean => address.includes('#');

/** Messages of the design: bounded by mailbox and window. Exits, replies, timers and supervisor calls never are. */
export const isBounded = (signal: Signal | KernelSignal): signal is CallSignal | CastSignal => signal.kind === 'call' || signal.kind === 'cast';
