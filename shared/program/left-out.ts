import { fitsSchema } from '../schema/fits-schema';
import type { ValueSchema } from '../schema/value-schema';
import type { Program, ProgramNode, ScriptedRule } from './program';

/**
 * Whether a node leaves out an operation that its protocol says is optional: a handler without the function, a script without a rule that
 * could answer it, a router none of whose nodes has it, or, of a stream, one that asks several nodes at once. A call of it is `invalid`.
 */
export function isLeftOut(program: Program, node: ProgramNode, { protocol, operation }: { readonly protocol: string; readonly operation: string }): boolean {
  const operations = Object.hasOwn(program.protocols, protocol) ? program.protocols[protocol]!.operations : {};
  if (!Object.hasOwn(operations, operation) || operations[operation]!.optional !== true) return false;
  if (node.kind === 'router' && operations[operation]!.kind === 'stream' && (node.strategy === 'broadcast' || node.strategy === 'race')) return true;
  if (node.kind === 'router') return targetsOf(program, node.id).every((target) => target.kind !== 'router' && isLeftOut(program, target, { protocol, operation }));
  if (node.kind !== 'agent') return false;
  const { behaviour } = node;
  if (behaviour.type === 'code') return behaviour.lacks?.includes(`${protocol}.${operation}`) === true;
  return behaviour.type === 'scripted' && !behaviour.rules.some((rule) => isRuleFor(rule, operation, operations[operation]!.output));
}

/** A rule that names no operation is for all that its reply fits: what it fills in are texts, so the shape is there before. */
const isRuleFor = ({ operation, reply, error }: ScriptedRule, name: string, output: ValueSchema): boolean => (operation === undefined ? error !== undefined || fitsSchema(output, reply ?? null) : operation === name);

const targetsOf = ({ wires, nodes }: Program, router: string): readonly ProgramNode[] => wires.flatMap(({ from, to }) => (from.node === router && from.port === 'out' && nodes[to] ? [nodes[to]] : []));
