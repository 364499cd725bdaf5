/** A bulkhead: so many calls under way at once, so many waiting for a place, first come, first served. */
import type { GuardOf } from '../../shared/design/guard';

export type BulkheadState = { readonly running: number; readonly waiting: number };
export const EMPTY_BULKHEAD: BulkheadState = { running: 0, waiting: 0 };

/** Whether a call that comes now goes on, waits or is refused. A place that is free while others wait is theirs. */
export function admissionTo(guard: GuardOf<'bulkhead'>, state: BulkheadState): 'run' | 'wait' | 'refuse' {
  if (state.running < guard.concurrency && state.waiting === 0) return 'run';
  return state.waiting < guard.queue ? 'wait' : 'refuse';
}

export const afterStart = ({ running, waiting }: BulkheadState): BulkheadState => ({ running: running + 1, waiting });
export const afterWait = ({ running, waiting }: BulkheadState): BulkheadState => ({ running, waiting: waiting + 1 });
export const afterEnd = ({ running, waiting }: BulkheadState): BulkheadState => ({ running: running - 1, waiting });
/** One that waited goes on, or gives up. */
export const afterWaited = ({ running, waiting }: BulkheadState, goesOn: boolean): BulkheadState => ({ running: running + (goesOn ? 1 : 0), waiting: waiting - 1 });
