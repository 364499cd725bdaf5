import { fitsSchema } from '../schema/fits-schema';
import type { Json } from '../json/json';
import type { Program, ProgramNode, ProgramOperation, ScriptedRule } from './program';

/**
 * Whether a node leaves out an operation that its protocol says is optional: a handler without the function, a script without a rule that
 * could answer it, a router none of whose nodes has it, or, of a stream, whoever gives one answer. A call of it is `invalid`.
 */
export function isLeftOut(program: Program, node: ProgramNode, { protocol, operation }: { readonly protocol: string; readonly operation: string }): boolean {
  const operations = Object.hasOwn(program.protocols, protocol) ? program.protocols[protocol]!.operations : {};
  if (!Object.hasOwn(operations, operation) || operations[operation]!.optional !== true) return false;
  if (operations[operation]!.kind === 'stream' && answersAtOnce(node)) return true;
  if (node.kind === 'router') return targetsOf(program, node.id).every((target) => target.kind !== 'router' && isLeftOut(program, target, { protocol, operation }));
  if (node.kind !== 'agent') return false;
  const { behaviour } = node;
  if (behaviour.type === 'code') return behaviour.lacks?.includes(`${protocol}.${operation}`) === true;
  return behaviour.type === 'scripted' && !behaviour.rules.some((rule) => isRuleFor(rule, operation, operations[operation]!));
}

/** A person, a tool, and a router that asks several nodes at once: they have one answer, which comes in one piece. */
const answersAtOnce = (node: ProgramNode): boolean => node.kind === 'human' || node.kind === 'tool' || (node.kind === 'router' && (node.strategy === 'broadcast' || node.strategy === 'race'));

/** A rule that names no operation is for all that its reply fits: what it fills in are texts, so the shape is there before. */
function isRuleFor({ operation, reply, error }: ScriptedRule, name: string, { kind, output }: ProgramOperation): boolean {
  if (operation !== undefined) return operation === name;
  if (error !== undefined) return true;
  // Of a stream, a list is its items.
  return kind === 'stream' && Array.isArray(reply) ? (reply as readonly Json[]).every((item) => fitsSchema(output, item)) : fitsSchema(output, reply ?? null);
}

const targetsOf = ({ wires, nodes }: Program, router: string): readonly ProgramNode[] => wires.flatMap(({ from, to }) => (from.node === router && from.port === 'out' && nodes[to] ? [nodes[to]] : []));
