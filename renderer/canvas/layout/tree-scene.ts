/** The Tree: supervisors above, children left to right in start order. */
import type { DesignView, NodeView } from '../../../shared/design/design-view';
import type { Box } from '../geometry';
import { layoutTree } from './tree-layout';
import { CARD_HEIGHT, cardWidth, LEAF } from './node-size';
import { countBelow, drawnChildren, lendNodes, type Scene, type SceneNode, type SceneOptions } from './scene';

/** From the top of one level to the top of the next. */
export const LEVEL = 142;
const GAPS = { siblings: 14, cousins: 24 } as const;

export function treeScene(design: DesignView, { places, folded }: SceneOptions, previous?: Scene): Scene {
  const below = drawnChildren(design, folded);
  const drawn = [...below.values()].flat();
  const indexOf = new Map(drawn.map((node, index) => [node.id, index]));
  const indicesOf = (id: string | undefined): readonly number[] => (below.get(id) ?? []).map((node) => indexOf.get(node.id)!);
  const { x, depth } = layoutTree({ children: drawn.map((node) => indicesOf(node.id)), widths: drawn.map(widthOf), roots: indicesOf(undefined) }, GAPS);
  const nodes = new Map<string, SceneNode>();
  for (const siblings of below.values()) {
    siblings.forEach((node, place) => {
      const index = indexOf.get(node.id)!;
      const width = widthOf(node);
      const at = places[node.id] ?? { x: Math.round(x[index]! - width / 2), y: depth[index]! * LEVEL };
      const isSupervisor = node.kind === 'supervisor';
      nodes.set(node.id, {
        id: node.id, node, shape: isSupervisor ? 'card' : 'leaf', box: { ...at, width, height: isSupervisor ? CARD_HEIGHT : LEAF.height },
        depth: depth[index]!, foldedCount: folded.has(node.id) ? countBelow(design, node.id) : 0, order: place + 1,
      });
    });
  }
  return { view: 'tree', design, nodes: lendNodes(inTreeOrder(design, nodes), previous?.view === 'tree' ? previous : undefined) };
}

const widthOf = (node: NodeView): number => (node.kind === 'supervisor' ? cardWidth(node) : Math.max(LEAF.width, Math.min(108, 20 + Math.ceil(node.title.length * 7.2))));

export function inTreeOrder<T>(design: DesignView, nodes: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  const ordered = new Map<string, T>();
  for (const id of design.order) {
    const node = nodes.get(id);
    if (node) ordered.set(id, node);
  }
  return ordered;
}

/** Turns of links are of radius 7, and a bus runs close above its children, so that it passes below any leaf beside the parent. */
const RADIUS = 7;
export const BUS_ABOVE = 22;

/** From a parent to one of its children. */
export function linkPath(parent: Box, child: Box): string {
  const [fromX, fromY] = [parent.x + parent.width / 2, parent.y + parent.height];
  const [toX, toY] = [middleOf(child), child.y];
  const busY = toY - BUS_ABOVE;
  const way = toX - fromX;
  if (Math.abs(way) < 1 || busY <= fromY) return `M${fromX} ${fromY}L${toX} ${toY}`;
  const radius = Math.min(RADIUS, Math.abs(way) / 2, busY - fromY);
  const side = Math.sign(way);
  return `M${fromX} ${fromY}V${busY - radius}Q${fromX} ${busY} ${fromX + side * radius} ${busY}H${toX - side * radius}Q${toX} ${busY} ${toX} ${busY + radius}V${toY}`;
}

const middleOf = ({ x, width }: Box): number => x + width / 2;

/**
 * One bus to all children of a parent: whole links to the outermost ones, and from these a branch to each one between. The same picture as
 * a link for each child, whose long stretches would lie on each other a thousand times.
 */
export function busPath(parent: Box, children: readonly Box[]): string {
  const levels = new Map<number, Box[]>();
  for (const child of children) {
    const level = levels.get(child.y);
    if (level) level.push(child);
    else levels.set(child.y, [child]);
  }
  return [...levels.values()].map((level) => levelPath(parent, level)).join('');
}

function levelPath(parent: Box, level: readonly Box[]): string {
  if (level[0]!.y - BUS_ABOVE <= parent.y + parent.height) return level.map((child) => linkPath(parent, child)).join('');
  const fromX = middleOf(parent);
  let [left, right] = [level[0]!, level[0]!];
  for (const child of level) {
    if (middleOf(child) < middleOf(left)) left = child;
    if (middleOf(child) > middleOf(right)) right = child;
  }
  return level.map((child) => (child === left || child === right || Math.abs(middleOf(child) - fromX) < 2 * RADIUS ? linkPath(parent, child) : branchPath(fromX, child))).join('');
}

/** Off the bus, down to a child that is not at its end. */
function branchPath(fromX: number, child: Box): string {
  const toX = middleOf(child);
  const busY = child.y - BUS_ABOVE;
  return `M${toX - Math.sign(toX - fromX) * RADIUS} ${busY}Q${toX} ${busY} ${toX} ${busY + RADIUS}V${child.y}`;
}
