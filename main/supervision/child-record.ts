import type { ChildSpec } from '../../shared/program/program';
import type { Json } from '../../shared/json/json';
import type { NodeId } from '../../shared/ids';
import type { Pid } from '../kernel/signal';

/** What a supervisor knows of a child. The order of the records is the start order and decides everything. */
export type ChildRecord = {
  readonly id: string;
  /** Of its process. */
  readonly name: string;
  /** Its node; for a dynamic child, the template. */
  readonly node: NodeId;
  readonly type: 'worker' | 'supervisor';
  readonly spec: ChildSpec;
  readonly args?: Json;
  state: ChildState;
};

/**
 * `stopped` is OTP's `undefined`: a specification without a process. `restarting`: a restart failed, a retry note is waiting; `loss`: the
 * host life with which it was lost.
 */
export type ChildState = { readonly kind: 'running'; readonly pid: Pid } | { readonly kind: 'restarting'; readonly loss?: string | undefined } | { readonly kind: 'stopped' };

export const STOPPED: ChildState = { kind: 'stopped' };
