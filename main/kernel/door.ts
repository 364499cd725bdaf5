import { mismatchOf } from '../../shared/schema/fits-schema';
import { formatMismatch } from '../../shared/schema/validate-value';
import type { ValueSchema } from '../../shared/schema/value-schema';
import { isLeftOut } from '../../shared/program/left-out';
import { findProvided } from '../../shared/program/provided-as';
import type { CallError } from '../../shared/run/call-failure';
import type { Program, ProgramNode, ProgramOperation } from '../../shared/program/program';
import type { CallSignal, CastSignal } from './signal';
import { callError } from './behaviour';

export const findOperation = (program: Program, protocol: string, operation: string): ProgramOperation | undefined => {
  const operations = Object.hasOwn(program.protocols, protocol) ? program.protocols[protocol]!.operations : undefined;
  return operations && Object.hasOwn(operations, operation) ? operations[operation] : undefined;
};

type Named = { readonly protocol: string; readonly operation: string };

/** Whether it is answered by a sequence of items. */
export const isStream = (program: Program, { protocol, operation }: Named): boolean => findOperation(program, protocol, operation)?.kind === 'stream';

/** What an answer has to fit, or each item of a stream. */
export const outputOf = (program: Program, { protocol, operation }: Named): ValueSchema => findOperation(program, protocol, operation)?.output ?? {};

/** Why a message may not enter a provider: it does not provide the operation, or the input does not fit its schema. */
export function refuseAtDoor(program: Program, node: ProgramNode, message: CallSignal | CastSignal): CallError | undefined {
  const operation = findOperation(program, message.protocol, message.operation);
  if (!operation || findProvided(program, node, message.protocol) === undefined) return callError('invalid', `${node.id} does not provide ${nameOf(message)}`, node.id);
  if (operation.optional && node.kind !== 'router' && isLeftOut(program, node, message)) return callError('invalid', `${node.id} has no ${nameOf(message)}, which may be left out`, node.id);
  if (operation.kind === 'cast' && message.kind === 'call') return callError('invalid', `${nameOf(message)} is a cast: it has no answer`, node.id);
  if (operation.kind === 'stream' && message.kind === 'cast') return callError('invalid', `${nameOf(message)} is a stream: it is read, not sent`, node.id);
  // A router checks nothing: the door of the node it chooses does.
  if (node.kind === 'router') return undefined;
  const mismatch = mismatchOf(operation.input, message.input);
  return mismatch ? callError('invalid', `input of ${nameOf(message)}: ${formatMismatch(mismatch)}`, node.id) : undefined;
}

const nameOf = ({ protocol, operation }: CallSignal | CastSignal): string => `${protocol}.${operation}`;
