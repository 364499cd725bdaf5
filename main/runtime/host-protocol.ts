/**
 * What crosses between the engine's main thread and a host's thread.
 *
 * Who waits for whom: a thread loads our code, says `warm` and waits for its `birth`; from then on it is a host. It says `ready` once its
 * sandboxes stand; the engine then gives it a `peer` port and an `up` for each other ready host, in this order, and the same to the other
 * side. When a host is lost, the engine sends `down` to all others, who first take what its port still holds. `ask` is answered by
 * `status`, after a last chunk. `ping` is answered at once, and so is `measure`, by `measured`.
 */
import type { MessagePort } from 'node:worker_threads';
import type { Depends, EffectRequest, Settlement } from '../../shared/run/engine-protocol';
import type { Json } from '../../shared/json/json';
import type { ExitReason } from '../../shared/run/exit-reason';
import type { JournalChunk } from '../../shared/journal/record';
import type { Program } from '../../shared/program/program';
import type { HostInput, HostMeasure, HostStatus } from '../kernel/ports';

/** What a thread is told at its beginning, before it is known whose it will be. */
export type ThreadBirth = {
  /** Replaced, like a host's, when an edit is applied. */
  readonly program: Program;
  readonly nativeHandlers: boolean;
  /** Sandbox instances made ahead. */
  readonly sandboxes: number;
};

export type HostBirth = {
  readonly host: string;
  readonly life: number;
  readonly seed: number;
  readonly epochMs: number;
  /** `process.hrtime` of the run's beginning, in ms: the one clock that all threads of the engine share. */
  readonly originMs: number;
  readonly trace: boolean;
  readonly incarnations: { readonly [name: string]: number };
};

export type ToHost =
  | { readonly type: 'birth'; readonly birth: HostBirth }
  | { readonly type: 'peer'; readonly host: string; readonly life: number; readonly port: MessagePort }
  | { readonly type: 'up'; readonly host: string; readonly life: number }
  | { readonly type: 'down'; readonly host: string; readonly life: number; readonly reason: string }
  | { readonly type: 'input'; readonly input: HostInput }
  | { readonly type: 'ask'; readonly round: number }
  | { readonly type: 'measure'; readonly round: number }
  | { readonly type: 'ping' };

export type FromHost =
  | { readonly type: 'warm' }
  | { readonly type: 'ready' }
  | { readonly type: 'pong' }
  | { readonly type: 'chunk'; readonly chunk: JournalChunk }
  | { readonly type: 'effect'; readonly effect: EffectRequest; readonly depends: Depends }
  | { readonly type: 'effectAbandoned'; readonly key: string }
  | { readonly type: 'settled'; readonly settlement: Settlement; readonly depends: Depends }
  | { readonly type: 'pull'; readonly node: string; readonly incarnation: number; readonly credit: number }
  | { readonly type: 'status'; readonly round: number; readonly status: HostStatus }
  /** The program that was sent is the one by which this host starts processes. */
  | { readonly type: 'programmed' }
  | { readonly type: 'measured'; readonly round: number; readonly measure: HostMeasure }
  /** A name's newest incarnation, for the next life of this host. */
  | { readonly type: 'incarnation'; readonly name: string; readonly incarnation: number }
  | { readonly type: 'response'; readonly ref: number; readonly body: Json }
  | { readonly type: 'rootStarted' }
  | { readonly type: 'rootExited'; readonly reason: ExitReason };

/** Milliseconds of the machine's monotonic clock, equal in all threads of a process. */
export const monotonicMs = (): number => Number(process.hrtime.bigint() / 1_000n) / 1000;
