/** What state a node is in, for the Outline and the Inspector: from the live run. Nothing runs: nothing is said. */
import type { NodeStatus } from '../../shared/api/run';
import { selectAgent, selectIsLive, useRun } from '../stores/run';

export function useNodeStatus(id: string): NodeStatus | undefined {
  return useRun((run) => (selectIsLive(run) ? selectAgent(id)(run)?.status : undefined));
}
