import type { NodeId, PortName } from '../../shared/ids';
import type { Program, ProgramWire } from '../../shared/program/program';

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
