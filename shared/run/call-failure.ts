import type { Json } from '../json/json';

/** How a call can fail (contract section 3). Any other code is an error that the operation declares. */
export const CALL_FAILURES = ['timeout', 'noproc', 'callee_exit', 'noconnection', 'overloaded', 'invalid'] as const;
export type CallFailureCode = (typeof CALL_FAILURES)[number];

export type CallError = {
  /** A `CallFailureCode` or the name of a declared error. */
  readonly code: string;
  readonly message: string;
  /** Node that failed to answer, where one is known. */
  readonly node?: string;
  /** Data of a declared error. */
  readonly data?: Json;
};

/** OTP's own: gen_server:call/2 waits this long. */
export const DEFAULT_CALL_TIMEOUT_MS = 5000;

/** Failures that have nothing to do with what was asked: the same call may do better at another time or place. */
export const PASSING_FAILURES: ReadonlySet<string> = new Set<CallFailureCode>(['timeout', 'noproc', 'callee_exit', 'noconnection', 'overloaded']);
/** Of them, those in which the call never began. */
export const UNBEGUN_FAILURES: ReadonlySet<string> = new Set<CallFailureCode>(['noproc', 'overloaded']);
