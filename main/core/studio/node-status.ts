import type { NodeStatus } from '../../../shared/api/run';
import type { ProcessState } from '../../../shared/journal/state-at';
import type { ProcessSample } from '../../../shared/run/engine-protocol';

/** From this share of its bound on, a mailbox makes its node busy (look.md section 5: the meter changes its colour there). */
const BUSY_SHARE = 0.6;

export type StatusFacts = {
  /** By the journal; absent for a node that has never been started. */
  readonly recorded: ProcessState | undefined;
  /** By its host; absent where the host has no such process, or is down. */
  readonly sample: ProcessSample | undefined;
  readonly bound: number;
  /** Whether it has taken a message since the sample before. */
  readonly hasHandled: boolean;
};

/**
 * The one word for a node. What its life is comes first, from the journal: `gave up`, `crashed`, `restarting`. A live one is `busy` when
 * more comes than it gets done (a message waits while it is in the middle of another, or its mailbox is 60 % full), `running` when it is
 * in a message or has taken one since the last look, else `idle`. One that ended in order is `idle`: there is nothing it should do.
 */
export function nodeStatusOf({ recorded, sample, bound, hasHandled }: StatusFacts): NodeStatus {
  if (recorded?.status === 'gave up' || recorded?.status === 'crashed' || recorded?.status === 'restarting') return isNewer(sample, recorded) ? liveStatus(sample, bound, hasHandled) : recorded.status;
  if (!sample) return recorded?.status === 'running' ? 'restarting' : 'idle';
  return liveStatus(sample, bound, hasHandled);
}

/** The host's word of a later incarnation came before the record of its start. */
function isNewer(sample: ProcessSample | undefined, recorded: ProcessState): sample is ProcessSample {
  return sample !== undefined && sample.status !== 'starting' && sample.incarnation > recorded.incarnation;
}

function liveStatus({ status, mailbox, incarnation }: ProcessSample, bound: number, hasHandled: boolean): NodeStatus {
  if (status === 'starting') return incarnation > 1 ? 'restarting' : 'running';
  if (mailbox >= bound * BUSY_SHARE || (status === 'waiting' && mailbox > 0)) return 'busy';
  return status === 'idle' && !hasHandled ? 'idle' : 'running';
}
