/** What can be asked of a model over a wire. */
import type { Program, ProgramWire } from '../../../shared/program/program';
import { isLeftOut } from '../../../shared/program/left-out';
import { MODEL_PROTOCOL } from '../../../shared/protocols/model';
import { findOperation } from '../../kernel/door';

/** Whether what stands at the end of the wire says its answer in pieces: `Model.stream` may be left out. */
export function canStream(program: Program, { to, adapter }: ProgramWire): boolean {
  const operation = adapter ? (Object.hasOwn(adapter.operations, 'stream') ? adapter.operations['stream']!.to : undefined) : 'stream';
  const protocol = adapter?.protocol ?? MODEL_PROTOCOL;
  if (operation === undefined || findOperation(program, protocol, operation)?.kind !== 'stream') return false;
  const node = program.nodes[to];
  return node !== undefined && !isLeftOut(program, node, { protocol, operation });
}
