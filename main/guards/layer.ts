/** One guard of one wire: keeps its state, and says of each call that comes by what becomes of it. */
import type { ProgramWire } from '../../shared/program/program';
import type { GuardSample } from '../../shared/run/engine-protocol';
import type { Force } from './breaker';
import type { CallResult } from '../kernel/signal';

/** A call on its way, as a layer sees it. `tickets` has one number for each layer, which is that layer's own. */
export interface Passing {
  readonly nowMs: number;
  /** When nobody outside of this place waits any more. */
  deadlineOutside(place: number): number;
  readonly operation: string;
  readonly isIdempotent: boolean;
  /** Items of a stream have reached the caller: to ask again would double them. */
  readonly hasItems: boolean;
  readonly tickets: number[];
  readonly random: number;
  /** Of a retry: from the place behind it, at `atMs`. Of a rate limit: goes on at `atMs`. */
  goOnAt(atMs: number): void;
  /** Asks another node in place of the provider; what comes back is given to the layer again. */
  ask(node: string): void;
}

/** The call goes on inwards; it waits (for `goOnAt`, or until the layer resumes it); or this is its answer. */
export type Entry = 'on' | 'wait' | CallResult;
/** `nobody`: the caller is gone. `late`: a time limit outside has passed, which the provider has to answer for. */
export type Cancelled = 'nobody' | 'late';

export interface Layer {
  enter(call: Passing, place: number): Entry;
  /** What came back from behind it. `undefined`: it is not over, the layer has said how it goes on. */
  leave(call: Passing, place: number, result: CallResult): CallResult | undefined;
  /** It has been entered and will not be left any more: gives back what the call holds of it. */
  cancel(call: Passing, place: number, why: Cancelled): void;
  sample(nowMs: number): Omit<GuardSample, 'wire' | 'guard'>;
  /** A breaker's: by a person. */
  force?(force: Force): void;
}

/** A layer that limits the time of what is inside: the ticket of a call is its deadline there, in ms. */
export interface TimeLimit extends Layer {
  readonly ms: number;
  timedOut(): void;
}

/** `limits`: the layers among them that limit time, from the outside in. */
export type GuardedWire = { readonly name: string; readonly wire: ProgramWire; readonly layers: readonly Layer[]; readonly limits: readonly { readonly place: number; readonly limit: TimeLimit }[] };
