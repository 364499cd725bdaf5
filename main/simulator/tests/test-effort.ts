import type { NodeId } from '../../../shared/ids';
import type { Program } from '../../../shared/program/program';
import type { TestPlan } from '../../../shared/tests/test-plan';
import type { GuestPool } from '../../behaviours/guest';
import type { RecordedAnswers } from '../recorded-answers';

/** A node and one of the protocols that it provides. */
export type Provider = { readonly program: Program; readonly node: NodeId; readonly protocol: string; readonly plan: TestPlan };

export type TestEffort = {
  readonly seed: number;
  /** Cases of a property. */
  readonly cases: number;
  /** Real time that a property may take; shrinking is part of it. */
  readonly mostMs: number;
  readonly clock: () => number;
  readonly isStopped: () => boolean;
  /** Called often, so that the process around it can say that it lives. */
  readonly onAlive: () => void;
  readonly guests: GuestPool;
  /** Models and tools answer from these alone. Absent: answers that fit are generated. */
  readonly cassettes?: RecordedAnswers | undefined;
};
