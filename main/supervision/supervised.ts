import type { ExitReason } from '../../shared/run/exit-reason';
import type { ProgramSupervisor } from '../../shared/program/program';
import type { Self } from '../kernel/behaviour';
import type { ChildRecord } from './child-record';
import type { Wait } from './stop-children';

export type StartOutcome = { readonly kind: 'started' | 'ignored' } | { readonly kind: 'failed'; readonly reason: ExitReason; readonly loss?: string | undefined };

/** What the calls of a supervisor need of it. */
export interface Supervised {
  readonly self: Self;
  readonly spec: ProgramSupervisor;
  readonly isDynamic: boolean;
  readonly children: ChildRecord[];
  /** Of a node below it, or of the template for an instance called `id`. */
  recordOf(nodeId: string, id: string): ChildRecord;
  start(child: ChildRecord): Wait<StartOutcome>;
  /** Answers whether it started; where it failed, the supervisor tries again behind everything that waits, and counts it. */
  startAgain(child: ChildRecord): Wait<boolean>;
  drop(child: ChildRecord): void;
}
