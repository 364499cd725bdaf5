/** What a host says of itself: whether it is idle, and how its agents are. */
import type { Host } from './host';
import type { AgentStatus, HostStatus } from './ports';

export function statusOf(host: Host): HostStatus {
  let [sent, received, held] = [0, 0, 0];
  for (const link of host.links.values()) {
    sent += link.sent;
    received += link.received;
    held += link.heldCount;
  }
  const isBusy = held > 0 || [...host.processes.values()].some((process) => process.isReady || process.isHolding || process.status === 'starting');
  return { idle: !isBusy, sent, received, timers: host.timers.size, effects: host.openEffects.size };
}

export const agentsOf = (host: Host): readonly AgentStatus[] =>
  [...host.processes.values()].map((process) => ({
    node: process.name,
    status: process.status === 'starting' ? 'starting' : process.isHolding ? 'waiting' : process.isReady ? 'running' : 'idle',
    mailbox: process.boundedCount,
    handled: process.handled,
    incarnation: process.incarnation,
  }));
