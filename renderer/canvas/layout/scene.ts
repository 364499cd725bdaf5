/** Where everything of a view stands: boxes by node, made anew when the design, the places or the folds change; what stayed is lent. */
import { listSubtree, type DesignView, type NodeView } from '../../../shared/design/design-view';
import type { Places, ViewName } from '../../../shared/design/edits/layout-edits';
import type { Box } from '../geometry';

export type SceneShape = 'leaf' | 'card' | 'node' | 'region';
export type SceneNode = {
  readonly id: string;
  readonly node: NodeView;
  readonly shape: SceneShape;
  readonly box: Box;
  /** Supervisors above it that are drawn. */
  readonly depth: number;
  /** Nodes that its fold hides; 0 where it is open. */
  readonly foldedCount: number;
  /** Place in start order, from 1. */
  readonly order: number;
};
export type Scene = {
  readonly view: ViewName;
  readonly design: DesignView;
  /** What is drawn, in tree order: regions before what they hold. */
  readonly nodes: ReadonlyMap<string, SceneNode>;
};

export type SceneOptions = { readonly places: Places; readonly folded: ReadonlySet<string> };

export const EMPTY_SCENE = (view: ViewName, design: DesignView): Scene => ({ view, design, nodes: new Map() });

export const sameBox = (a: Box, b: Box): boolean => a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;

/** Nodes that are drawn as before keep their identity, so that nothing of them is drawn again. */
export function lendNodes(nodes: ReadonlyMap<string, SceneNode>, previous: Scene | undefined): ReadonlyMap<string, SceneNode> {
  if (!previous) return nodes;
  const lent = new Map<string, SceneNode>();
  for (const [id, node] of nodes) {
    const before = previous.nodes.get(id);
    const isSame = before?.node === node.node && before.shape === node.shape && before.depth === node.depth && before.foldedCount === node.foldedCount && before.order === node.order && sameBox(before.box, node.box);
    lent.set(id, isSame ? before : node);
  }
  return lent;
}

/**
 * Children that are drawn, of a node or (`undefined`) of the canvas itself; a broken reference or a second parent draws nothing twice.
 * Parents come before what they hold: read backwards, the map has all that a node holds before the node.
 */
export function drawnChildren(design: DesignView, folded: ReadonlySet<string>): ReadonlyMap<string | undefined, readonly NodeView[]> {
  const below = new Map<string | undefined, NodeView[]>();
  const seen = new Set<string>();
  const visit = (id: string, parent: string | undefined): void => {
    const stack: { readonly id: string; readonly parent: string | undefined }[] = [{ id, parent }];
    while (stack.length > 0) {
      const at = stack.pop()!;
      const node = design.nodes.get(at.id);
      if (!node || seen.has(at.id)) continue;
      seen.add(at.id);
      const siblings = below.get(at.parent);
      if (siblings) siblings.push(node);
      else below.set(at.parent, [node]);
      if (!folded.has(at.id)) for (let index = node.children.length - 1; index >= 0; index -= 1) if (design.nodes.get(node.children[index]!)?.parent === at.id) stack.push({ id: node.children[index]!, parent: at.id });
    }
  };
  visit(design.root, undefined);
  for (const id of design.order) {
    const { parent } = design.nodes.get(id)!;
    if (parent === undefined || !design.nodes.has(parent)) visit(id, undefined);
  }
  return below;
}

/** How many nodes hang below, at any depth. */
export const countBelow = (design: DesignView, id: string): number => listSubtree(design, id).length - 1;

/** Places in start order, from 1, of all that hang below a supervisor. */
export function startOrders(design: DesignView): ReadonlyMap<string, number> {
  const orders = new Map<string, number>();
  for (const { id, children } of design.nodes.values()) {
    children.forEach((child, index) => {
      if (design.nodes.get(child)?.parent === id && !orders.has(child)) orders.set(child, index + 1);
    });
  }
  return orders;
}
