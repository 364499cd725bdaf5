/**
 * The kernel's two edges. Inputs enter a host only between steps; what leaves goes through `HostPorts`. A runtime host
 * (worker thread) and the simulator each supply one. A host is a function of (program, seed, inputs with their step).
 */
import type { Depends, EffectAnswer, EffectRequest, GuardSample, OperatorCommand, OutsideInput, ProcessSample, Settlement, WireSample } from '../../shared/run/engine-protocol';
import type { ExitReason } from '../../shared/run/exit-reason';
import type { HostRecord } from '../../shared/journal/record';
import type { Json } from '../../shared/json/json';
import type { NodeId } from '../../shared/ids';
import type { Program } from '../../shared/program/program';
import type { Envelope } from './signal';

/** Messages of one host for another, in order. `number` counts the batches of this pair of lives from 1. */
export type Batch = {
  readonly from: string;
  readonly life: number;
  readonly number: number;
  /** Receiver's messages that the sender has taken so far, for the window of 1,024. */
  readonly acknowledged: number;
  readonly depends: Depends;
  readonly messages: readonly Envelope[];
};

export type HostInput =
  | { readonly type: 'batch'; readonly batch: Batch }
  /** `incarnation`: of the source that pulled the item; no other one gets it. */
  | { readonly type: 'outside'; readonly input: OutsideInput; readonly incarnation?: number | undefined }
  | { readonly type: 'sourceEnd'; readonly node: NodeId; readonly incarnation: number; readonly items: number }
  | { readonly type: 'effectItem'; readonly key: string; readonly value: Json }
  | { readonly type: 'effectAnswer'; readonly answer: EffectAnswer }
  /** Due timers, moved by the host's clock alone. */
  | { readonly type: 'clock' }
  /** Whatever came from that life has been given before. */
  | { readonly type: 'hostDown'; readonly host: string; readonly life: number; readonly reason: string }
  | { readonly type: 'hostUp'; readonly host: string; readonly life: number }
  | { readonly type: 'operator'; readonly command: Exclude<OperatorCommand, { action: 'killHost' }> }
  /** A call to a supervisor from outside; `respond` answers with the same ref. */
  | { readonly type: 'request'; readonly ref: number; readonly node: string; readonly body: Json }
  /** What is started from here on is started by this program; what runs goes on. The same hosts, the same root. */
  | { readonly type: 'program'; readonly program: Program }
  /** A supervisor's child is stopped and started by the program as it is now; `respond` answers with the same ref. */
  | { readonly type: 'replace'; readonly ref: number; readonly supervisor: string; readonly child: string }
  /** Control host only: bring the tree up, take it down in order. */
  | { readonly type: 'startRoot' }
  | { readonly type: 'stopRoot' };

export interface HostPorts {
  /** Called by `flush`, at most once a peer. */
  send(host: string, batch: Batch): void;
  record(record: HostRecord): void;
  effect(effect: EffectRequest, depends: Depends): void;
  /** Its answer is waited for no more, and must not come. */
  abandonEffect(key: string): void;
  settle(settlement: Settlement, depends: Depends): void;
  pull(node: NodeId, incarnation: number, credit: number): void;
  respond(ref: number, body: Json): void;
  rootStarted(): void;
  rootExited(reason: ExitReason): void;
}

/** What quiescence is decided from: all hosts idle, and sums of sent and received equal, twice in a row. */
export type HostStatus = {
  /** No process ready, none in the middle of a message or a start. */
  readonly idle: boolean;
  readonly sent: number;
  readonly received: number;
  /** Timers that will make something happen (deadlines of pending calls included). */
  readonly timers: number;
  /** Effects asked for and not answered. */
  readonly effects: number;
};

/** What a host says of itself to the screen. */
export type HostMeasure = { readonly processes: readonly ProcessSample[]; readonly wires: readonly WireSample[]; readonly guards: readonly GuardSample[] };

export type AgentStatus = {
  readonly node: NodeId;
  readonly status: 'starting' | 'idle' | 'running' | 'waiting' | 'stopping' | 'down';
  readonly mailbox: number;
  readonly handled: number;
  readonly incarnation: number;
};
