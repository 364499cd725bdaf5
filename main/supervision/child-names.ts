import type { NodeId } from '../../shared/ids';

/** A supervisor as its children's names are made from it. `isInstance`: a dynamic supervisor has started it. */
export type NamingSupervisor = { readonly name: string; readonly node: NodeId; readonly isInstance: boolean };

/**
 * Names of processes. A child is called by its node; an instance of a dynamic supervisor `pool` is `pool/<id>`, and the nodes below it are
 * `pool/<id>/<node>`. Nodes are unique in a design and hold no slash, so no two of these names are alike.
 */
export interface ChildNames {
  child(supervisor: NamingSupervisor, child: NodeId): string;
  instance(supervisor: NamingSupervisor, id: string): string;
}

export const CHILD_NAMES: ChildNames = {
  child: ({ name, node, isInstance }, child) => `${isInstance ? `${name}/` : name.slice(0, -node.length)}${child}`,
  instance: ({ name }, id) => `${name}/${id}`,
};
