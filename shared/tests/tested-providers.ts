/** Whom a run of tests is about: each node with each protocol that it provides, in the order of the design. */
import type { NodeId, ProtocolName } from '../ids';
import type { Program } from '../program/program';

/** `node`: only that one. One for which a mock stands in answers nothing itself, so there is nothing of it to be tested. */
export const testedProviders = ({ nodes, mocks = {} }: Program, node?: NodeId): readonly { readonly node: NodeId; readonly protocol: ProtocolName }[] =>
  Object.values(nodes).flatMap(({ id, provides = [] }) => ((node === undefined || id === node) && !Object.hasOwn(mocks, id) ? provides.map((protocol) => ({ node: id, protocol })) : []));
