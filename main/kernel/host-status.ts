/** What a host says of itself: whether it is idle, and how its agents are. */
import type { Host } from './host';
import type { AgentStatus, HostMeasure, HostStatus } from './ports';
import type { ProcessSample } from '../../shared/run/engine-protocol';
import type { Process } from './process';

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

export const measureOf = (host: Host, nowMs: number): HostMeasure => ({ processes: [...host.processes.values()].map((process) => measureProcess(process, nowMs)), wires: host.wires.list(), guards: host.guards?.samples() ?? [] });

function measureProcess(process: Process, nowMs: number): ProcessSample {
  const { name, node, incarnation, handled, boundedCount, behaviour } = process;
  const status = process.status === 'starting' ? 'starting' : process.isHolding ? 'waiting' : process.isReady ? 'ready' : 'idle';
  const restarts = behaviour.restartsAt?.(nowMs);
  return { name, node: node.id, status, mailbox: boundedCount, handled, incarnation, ...(restarts === undefined ? {} : { restarts }) };
}
