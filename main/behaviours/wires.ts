import type { NodeId, PortName } from '../../shared/ids';
import type { Program, ProgramWire } from '../../shared/program/program';
import type { Self } from '../kernel/behaviour';
import type { CallSignal } from '../kernel/signal';

/** By node, then by port: every send looks here, and a design may have thousands of wires. Programs are frozen. */
const indexes = new WeakMap<readonly ProgramWire[], ReadonlyMap<NodeId, ReadonlyMap<PortName, readonly ProgramWire[]>>>();
const NONE: ReadonlyMap<PortName, readonly ProgramWire[]> = new Map();

function indexWires(wires: readonly ProgramWire[]): ReadonlyMap<NodeId, ReadonlyMap<PortName, readonly ProgramWire[]>> {
  const index = new Map<NodeId, Map<PortName, ProgramWire[]>>();
  for (const wire of wires) {
    const { node, port } = wire.from;
    const ports = index.get(node) ?? new Map<PortName, ProgramWire[]>();
    index.set(node, ports);
    const known = ports.get(port);
    if (known) known.push(wire);
    else ports.set(port, [wire]);
  }
  indexes.set(wires, index);
  return index;
}

/** Wires of a node by their ports, each port's in drawn order. */
export const wiresFrom = ({ wires }: Program, node: NodeId): ReadonlyMap<PortName, readonly ProgramWire[]> => (indexes.get(wires) ?? indexWires(wires)).get(node) ?? NONE;

/** Wires of a port in drawn order: several at a router's `out`, one or none elsewhere. */
export const wiresOf = (program: Program, node: NodeId, port: PortName): readonly ProgramWire[] => wiresFrom(program, node).get(port) ?? [];

/** A call of one's own over a wire, for a caller's call: not after its deadline, and following from the same input. Answers its ref. */
export function callOver(self: Self, wire: ProgramWire, { operation, input, origin, deadlineMs }: CallSignal): number {
  // Where no guard says how long it may take, it is what the caller has left, as for a call that is passed on.
  const leftMs = Math.max(deadlineMs - self.nowMs, 1);
  const timed = wire.guards.length > 0 ? wire : { ...wire, guards: [{ kind: 'timeout', ms: leftMs } as const] };
  return self.call({ wire: timed, operation, input, notAfterMs: deadlineMs, ...(origin ? { origin } : {}) });
}
