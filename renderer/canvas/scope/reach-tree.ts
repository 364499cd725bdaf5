/** The drawing as the tree that `restart-reach.ts` reasons about. One per design. */
import type { DesignView } from '../../../shared/design/design-view';
import type { ReachNode, ReachTree } from '../../../shared/graph/restart-reach';

const trees = new WeakMap<DesignView, ReachTree>();

export function reachTreeOf(design: DesignView): ReachTree {
  const known = trees.get(design);
  if (known) return known;
  const nodes: Record<string, ReachNode> = {};
  for (const [id, { kind, strategy, maxRestarts, maxSeconds, children, restart }] of design.nodes) nodes[id] = kind === 'supervisor' ? { kind: 'supervisor', strategy, maxRestarts, maxSeconds, children, restart } : { kind: 'process', restart };
  const tree = { root: design.root, nodes };
  trees.set(design, tree);
  return tree;
}
