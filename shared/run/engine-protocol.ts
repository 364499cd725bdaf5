/**
 * What crosses between the studio core and the engine process. JSON only; each side checks what it receives (zod at the
 * edge), since the engine runs strangers' handlers and may be taken over.
 *
 * Who waits for whom:
 *  1. The engine says `ready`; the core answers `start`; hosts come up (`hostStarted`), then the root (`rootStarted`).
 *  2. An outside message: the core commits it, sends `input`; the engine answers once with `settled`, or never (it died).
 *  3. A source node says `pull` (how many more items it wants); the core commits items and sends them as `input`s to that
 *     node, then `sourceEnd`. The source node settles each.
 *  4. An effect: the engine says `effect`; the core waits until every record named in `depends` is committed, commits the
 *     intent, makes the effect, commits the answer, sends `effectAnswer`. The key is the same after a redelivery, so an
 *     effect that was made is answered again, not made again. Of a stream, `effectItem`s come before the answer, which has all of it
 *     again: they are not committed, and whoever asks later may miss some. `effectAbandoned`: nobody waits for the answer any more; the
 *     core gives the effect up, commits that, and sends no answer.
 *  5. For the screen, while somebody looks: the core asks `measure`, the engine answers `measured` once its hosts have; a newer
 *     `measure` makes an older one void.
 *  6. An edit: the core sends `apply` with the new program; every host takes it between two steps, and only when all have, the
 *     supervisors are asked to stop the changed children and start them by the new program; the engine then answers `applied`.
 *  7. A call to a supervisor from outside: the core sends `request`; the engine answers once with `response`, `{error}` where the
 *     supervisor is not there, ends before it answers, or goes down with its host.
 *  8. The end: the core asks `probe` until the engine says it is idle, then `stop`; the engine answers `rootExited`.
 */
import type { GuardKind } from '../design/guard';
import type { Json } from '../json/json';
import type { NodeId, OperationName, ProtocolName } from '../ids';
import type { EffectMode, JournalChunk } from '../journal/record';
import type { Program } from '../program/program';
import type { CallError } from './call-failure';
import type { ExitReason } from './exit-reason';

/** `host#life` -> number of the last record that an output follows from. */
export type Depends = { readonly [hostLife: string]: number };

export type EffectKind = 'console' | 'file.append' | 'model' | 'mcp' | 'human';

/** An effect that a node asks the core for. `origin`-derived keys are equal when an input is delivered again. */
export type EffectRequest = {
  readonly key: string;
  readonly node: NodeId;
  /** A dynamic child’s: the node that it is a copy of, and whose grants it has. */
  readonly template?: NodeId | undefined;
  readonly kind: EffectKind;
  /** console: `{port, value}`; file.append: `{path, text}`; model: `ModelRequest`; human: `HumanRequest`. */
  readonly request: Json;
};

export type EffectAnswer = {
  readonly key: string;
  readonly mode: EffectMode;
} & ({ readonly ok: true; readonly value: Json } | { readonly ok: false; readonly error: CallError });

/** A message from outside: a line of `--input`, an item of a source, a `Send` in the app. */
export type OutsideInput = {
  readonly id: number;
  readonly node: NodeId;
  /** Absent for an item of a source: the source's own operation then. */
  readonly protocol?: ProtocolName;
  readonly operation: OperationName;
  readonly value: Json;
  /** How long it waits for its answer; as a call without a timeout guard where it is absent. Of no meaning for an item: its wire says it. */
  readonly timeoutMs?: number;
  /** Of a stream: after so many items, or those that came within its time, it is left, and they are the answer. */
  readonly items?: number;
};

/** How an input ended. `attempts` counts deliveries by a source, from 1. */
export type Settlement = { readonly id: number; readonly attempts: number } & (
  | { readonly ok: true; readonly output: Json }
  | { readonly ok: false; readonly error: CallError }
);

/** `wire`: `<node>.<port> <provider>`, as records name it. `guard`: its place on the wire, from 0. `auto`: it works by itself again. */
export type GuardForce = { readonly action: 'guard'; readonly wire: string; readonly guard: number; readonly force: 'open' | 'closed' | 'auto' };

export type OperatorCommand =
  | GuardForce
  | { readonly action: 'crash'; readonly node: NodeId; readonly reason: ExitReason }
  | { readonly action: 'killHost'; readonly host: string };

/** What a host counts, at one moment. A host that is not up says nothing of its processes. */
export type HostSample = { readonly host: string; readonly life: number; readonly isUp: boolean; readonly processes: readonly ProcessSample[]; readonly wires: readonly WireSample[]; readonly guards: readonly GuardSample[] };
export type ProcessSample = {
  /** The node's id, or the name of a dynamic child. */
  readonly name: string;
  readonly node: NodeId;
  /** `waiting`: in the middle of a message. `ready`: with something to do. */
  readonly status: 'starting' | 'idle' | 'ready' | 'waiting';
  /** Messages of the design that wait. */
  readonly mailbox: number;
  /** Messages that this incarnation has taken. */
  readonly handled: number;
  readonly incarnation: number;
  /** A supervisor's: restarts that count at this moment. */
  readonly restarts?: number;
};
/** Counted since this life of the host began. `failed`: calls and awaited casts that were not answered well. */
export type WireSample = { readonly from: NodeId; readonly to: NodeId; readonly sent: number; readonly failed: number };

/**
 * One guard of a wire that has been called, counted since this life of its caller's host began. `refused`: calls that it did not let through;
 * `acted`: retries, time limits that passed, fallbacks that stood in. `running` and `waiting`: calls that hold a place of it now, or wait for one.
 */
export type GuardSample = {
  readonly wire: string;
  readonly guard: number;
  readonly kind: GuardKind;
  readonly passed: number;
  readonly refused: number;
  readonly acted: number;
  /** A breaker's. */
  readonly state?: 'closed' | 'open' | 'halfOpen' | 'forcedOpen' | 'forcedClosed';
  readonly running?: number;
  readonly waiting?: number;
};

/** A child to be stopped and started by the new program, and its supervisor, which stays. */
export type ReplacedChild = { readonly supervisor: NodeId; readonly child: NodeId };

export type ToEngine =
  | {
      readonly type: 'start';
      readonly program: Program;
      readonly seed: number;
      /** 1 for the first engine of a run; one more for each that had to replace a lost one. */
      readonly engineLife: number;
      /** Unix time of the run's beginning, in ms, and how long ago that was: clocks of records go on from there. */
      readonly epochMs: number;
      readonly elapsedMs: number;
      readonly trace: boolean;
      readonly nativeHandlers: boolean;
    }
  /** `incarnation`: of the source that pulled the item; a later one gets it again when it pulls, and not this one beside it. */
  | { readonly type: 'input'; readonly input: OutsideInput; readonly incarnation?: number | undefined }
  | { readonly type: 'sourceEnd'; readonly node: NodeId; readonly incarnation: number; readonly items: number }
  | { readonly type: 'effectItem'; readonly key: string; readonly value: Json }
  | { readonly type: 'effectAnswer'; readonly answer: EffectAnswer }
  | { readonly type: 'operator'; readonly command: OperatorCommand }
  | { readonly type: 'probe'; readonly token: number }
  | { readonly type: 'measure'; readonly token: number }
  /** Same hosts, same root, other nodes: in place. `replace` names children, in start order. */
  | { readonly type: 'apply'; readonly token: number; readonly program: Program; readonly replace: readonly ReplacedChild[] }
  /** `body`: `{call: 'whichChildren'}` and the like. `node`: the supervisor's name. */
  | { readonly type: 'request'; readonly ref: number; readonly node: string; readonly body: Json }
  | { readonly type: 'stop' };

export type FromEngine =
  | { readonly type: 'ready' }
  | { readonly type: 'hostStarted'; readonly host: string; readonly life: number }
  | { readonly type: 'hostLost'; readonly host: string; readonly life: number; readonly reason: string }
  | { readonly type: 'rootStarted' }
  | { readonly type: 'rootExited'; readonly reason: ExitReason }
  | { readonly type: 'chunk'; readonly chunk: JournalChunk }
  | { readonly type: 'effect'; readonly effect: EffectRequest; readonly depends: Depends }
  | { readonly type: 'effectAbandoned'; readonly key: string }
  | { readonly type: 'settled'; readonly settlement: Settlement; readonly depends: Depends }
  /** `life` tells a source that began anew: the core then delivers its unsettled items again. */
  | { readonly type: 'pull'; readonly node: NodeId; readonly incarnation: number; readonly credit: number }
  /** The answer whether nothing is left to do. */
  | { readonly type: 'probed'; readonly token: number; readonly idle: boolean }
  | { readonly type: 'measured'; readonly token: number; readonly atMs: number; readonly hosts: readonly HostSample[] }
  /** `failed`: children whose supervisor could not start them anew; it acts on that as on any failed start. */
  | { readonly type: 'applied'; readonly token: number; readonly failed: readonly NodeId[] }
  | { readonly type: 'response'; readonly ref: number; readonly body: Json }
  /** Every 250 ms; the core kills an engine that is silent for 2 s. `hasSpare`: a thread stands ready for the host that is lost next. */
  | { readonly type: 'heartbeat'; readonly rssBytes: number; readonly hasSpare: boolean }
  /** The engine can't go on and says why before it exits. */
  | { readonly type: 'fatal'; readonly message: string };
