/** Where guards meet the kernel: what a host asks of them, and they of it. The kernel knows no guard; who makes a host brings them along. */
import type { AdaptedCall } from '../../shared/adapters/adapt';
import type { Guard } from '../../shared/design/guard';
import type { JournalEvent } from '../../shared/journal/record';
import type { Json } from '../../shared/json/json';
import type { ProgramWire } from '../../shared/program/program';
import type { GuardForce, GuardSample } from '../../shared/run/engine-protocol';
import type { CallRequest } from './behaviour';
import type { Process } from './process';
import type { CallResult } from './signal';

/** Calls over guarded wires: each is answered exactly once, however often its provider was asked. */
export interface Guarding {
  call(process: Process, request: CallRequest): number;
  /** Whether it was such a call of the process. */
  abandon(process: Process, ref: number): boolean;
  /** Likewise: so many items more of the stream that answers it can be taken. */
  demand(process: Process, ref: number, items: number): boolean;
  /** The process is gone: whatever it waited for is given back. */
  bury(process: Process): void;
  force(command: GuardForce): void;
  samples(): readonly GuardSample[];
}

/** Who asked, of an attempt. */
export interface AttemptOwner {
  /** Of the stream that answers it. */
  item(value: Json): void;
  settled(result: CallResult): void;
}

/** `message`: what is sent, which an adapter may have made of the request. */
export type Attempt = { readonly request: CallRequest; readonly message: AdaptedCall; readonly to: string; readonly deadlineMs: number; readonly owner: AttemptOwner };

export interface GuardedHost {
  readonly nowMs: number;
  readonly wires: readonly ProgramWire[];
  nextRef(): number;
  setTimer(process: Process, atMs: number, fire: () => void): number;
  cancelTimer(timer: number): void;
  /** A call without a time limit of its own: its owner hears of the answer, or forgets it. */
  attempt(process: Process, attempt: Attempt): number;
  /** Its answer is not waited for any more. `hasFailed` is counted on its wire. */
  forget(process: Process, ref: number, hasFailed: boolean): void;
  item(process: Process, ref: number, value: Json): void;
  demand(process: Process, ref: number, items: number): void;
  answer(process: Process, ref: number, result: CallResult): void;
  isStream(request: CallRequest): boolean;
  isIdempotent(request: CallRequest): boolean;
  /** At least 0, below 1; the same for the same words in every run of the seed. */
  random(...words: readonly (string | number)[]): number;
  record(event: JournalEvent): void;
}

export type GuardsFactory = (host: GuardedHost) => Guarding;

/** A wire whose calls need nothing but a time limit goes the short way. */
export const isGuarded = ({ guards, adapter }: ProgramWire): boolean => adapter !== undefined || guards.length > 1 || (guards.length === 1 && guards[0]!.kind !== 'timeout');

export const timeoutOf = (guards: readonly Guard[]): number | undefined => guards.find((guard) => guard.kind === 'timeout')?.ms;
