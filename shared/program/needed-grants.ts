/** What a program reaches beyond its own folder: the one place that says it. */
import type { Grant } from '../design/grants';
import type { Program, ProgramAgent, ProgramToolNode } from './program';

/** In the order of the tree, without nodes that a mock stands in for. A kind of node that reaches further is named here, and asked for everywhere. */
export function neededGrants(program: Program): readonly Grant[] {
  const isMocked = (id: string): boolean => program.mocks !== undefined && Object.hasOwn(program.mocks, id);
  return Object.values(program.nodes).flatMap((node) => (isMocked(node.id) ? [] : node.kind === 'agent' ? ofAgent(node) : node.kind === 'tool' ? [ofTool(node, program)] : []));
}

/** Without the command line's hash, which the registry of whoever grants it says. */
function ofTool({ id, server, provides, operations }: ProgramToolNode, { protocols }: Program): Grant {
  const provided = provides.flatMap((name) => Object.keys(protocols[name]?.operations ?? {}));
  const tools = [...new Set(provided.map((operation) => (Object.hasOwn(operations, operation) ? operations[operation]! : operation)))].toSorted();
  return { node: id, kind: 'mcp', resource: { server, tools } };
}

function ofAgent({ id, behaviour }: ProgramAgent): readonly Grant[] {
  if (behaviour.type !== 'model' || behaviour.provider === undefined || behaviour.model === undefined) return [];
  return [{ node: id, kind: 'model', resource: { provider: behaviour.provider, model: behaviour.model } }];
}

/** The grant that covers a need: same node and kind, and everything that the need names is named the same. It may say more, such as a cap. */
export const findGrant = (given: readonly Grant[], need: Grant): Grant | undefined =>
  given.find(({ node, kind, resource }) => node === need.node && kind === need.kind && Object.entries(need.resource).every(([name, value]) => Object.hasOwn(resource, name) && JSON.stringify(resource[name]) === JSON.stringify(value)));

export const missingGrants = (program: Program, given: readonly Grant[]): readonly Grant[] => neededGrants(program).filter((need) => !findGrant(given, need));
