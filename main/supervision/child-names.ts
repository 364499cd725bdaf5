import type { NodeId } from '../../shared/ids';

/**
 * The name of a supervisor's child: its node. Below an instance `k1` of a dynamic supervisor's template it is `k1/node`, at any
 * depth: nodes are unique in a design, so these names are too.
 */
export type ChildNames = (supervisor: { readonly name: string; readonly node: NodeId }, child: NodeId) => string;

export const childName: ChildNames = ({ name, node }, child) => `${instanceOf(name, node)}${child}`;

function instanceOf(name: string, node: NodeId): string {
  if (name === node) return '';
  return name.endsWith(`/${node}`) ? name.slice(0, -node.length) : `${name}/`;
}
