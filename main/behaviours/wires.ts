import { DEFAULT_CALL_TIMEOUT_MS } from '../../shared/run/call-failure';
import type { NodeId, PortName } from '../../shared/ids';
import type { Program, ProgramWire } from '../../shared/program/program';

/** Wires of a port in drawn order: several at a router's `out`, one or none elsewhere. */
export const wiresOf = (program: Program, node: NodeId, port: PortName): readonly ProgramWire[] =>
  program.wires.filter((wire) => wire.from.node === node && wire.from.port === port);

/** A call without a timeout guard has OTP's 5 s. */
export const timeoutOf = (wire: ProgramWire): number => wire.guards.find((guard) => guard.kind === 'timeout')?.ms ?? DEFAULT_CALL_TIMEOUT_MS;
