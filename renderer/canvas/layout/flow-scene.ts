/**
 * The Flow: agents with their ports, and around them a region for each supervisor but the root, which is the canvas itself. A region is
 * as large as what it holds. Places are of nodes, in pixels of the canvas; a region's own place counts only while it is empty.
 */
import type { DesignView, NodeView } from '../../../shared/design/design-view';
import type { Places } from '../../../shared/design/edits/layout-edits';
import { boundsOf, moveBox, overlaps, type Box } from '../geometry';
import { layoutLayers, type LayerItem } from './flow-layers';
import { EMPTY_REGION, flowSize, HOST_CHIP_ROOM, REGION_PAD, regionWidth } from './node-size';
import { countBelow, drawnChildren, lendNodes, orderIn, type Scene, type SceneNode, type SceneOptions } from './scene';
import { inTreeOrder } from './tree-scene';

export type FlowTree = ReadonlyMap<string | undefined, readonly NodeView[]>;

/** What is drawn: below the canvas what hangs below the root. */
export function flowTree(design: DesignView, folded: ReadonlySet<string>): FlowTree {
  const open = new Set(folded);
  open.delete(design.root);
  const below = new Map(drawnChildren(design, open));
  const root = design.nodes.get(design.root);
  if (root?.kind !== 'supervisor') return below;
  const top = (below.get(undefined) ?? []).flatMap((node) => (node === root ? (below.get(design.root) ?? []) : [node]));
  below.delete(design.root);
  below.set(undefined, top);
  return below;
}

export const isRegion = (tree: FlowTree, node: NodeView): boolean => node.kind === 'supervisor' && (tree.has(node.id) || node.children.length === 0);
export const bottomPad = (node: NodeView): number => REGION_PAD.bottom + (node.isIsolated ? HOST_CHIP_ROOM : 0);

/** Quick places for all nodes that are drawn, at once. */
export function quickPlaces(design: DesignView, tree: FlowTree): Places {
  const sizes = new Map<string, { readonly width: number; readonly height: number; readonly inner: ReadonlyMap<string, { readonly x: number; readonly y: number }> }>();
  const levelOf = liftWires(design, tree);
  const inside = (parent: string | undefined): void => {
    const items = (tree.get(parent) ?? []).map((node): LayerItem => {
      if (tree.has(node.id)) inside(node.id);
      const held = sizes.get(node.id);
      const size = held ? { width: Math.max(regionWidth(node), held.width + REGION_PAD.left + REGION_PAD.right), height: held.height + REGION_PAD.top + bottomPad(node) } : sizeOfEmpty(tree, node);
      return { id: node.id, ...size };
    });
    const { places, width, height } = layoutLayers(items, levelOf.get(parent) ?? []);
    sizes.set(parent ?? '', { width, height, inner: places });
  };
  inside(undefined);
  const absolute: Record<string, { x: number; y: number }> = {};
  const spread = (parent: string | undefined, x: number, y: number): void => {
    for (const [id, at] of sizes.get(parent ?? '')?.inner ?? []) {
      absolute[id] = { x: x + at.x, y: y + at.y };
      if (tree.has(id)) spread(id, x + at.x + REGION_PAD.left, y + at.y + REGION_PAD.top);
    }
  };
  spread(undefined, 0, 0);
  return absolute;
}

const sizeOfEmpty = (tree: FlowTree, node: NodeView): { readonly width: number; readonly height: number } => (isRegion(tree, node) ? EMPTY_REGION : flowSize(node));

/** Each wire as a link between the two drawn siblings that hold its ends, by the region these two stand in. */
export function liftWires(design: DesignView, tree: FlowTree): ReadonlyMap<string | undefined, readonly { readonly from: string; readonly to: string }[]> {
  const parents = new Map<string, string | undefined>();
  for (const [parent, nodes] of tree) for (const { id } of nodes) parents.set(id, parent);
  const pathOf = (id: string): readonly string[] => {
    const path: string[] = [];
    for (let at: string | undefined = id; at !== undefined && parents.has(at); at = parents.get(at)) path.unshift(at);
    return path;
  };
  const links = new Map<string | undefined, { from: string; to: string }[]>();
  for (const wire of design.wires) {
    const [from, to] = [pathOf(drawnHolder(design, parents, wire.from.node)), pathOf(drawnHolder(design, parents, wire.to))];
    const split = from.findIndex((id, index) => id !== to[index]);
    if (split < 0 || to[split] === undefined) continue;
    const parent = split === 0 ? undefined : from[split - 1];
    const level = links.get(parent);
    const link = { from: from[split]!, to: to[split] };
    if (level) level.push(link);
    else links.set(parent, [link]);
  }
  return links;
}

/** The node itself, or the folded supervisor that hides it. */
export function drawnHolder(design: DesignView, drawn: { has(id: string): boolean }, id: string): string {
  let at: string | undefined = id;
  for (let steps = 0; at !== undefined && !drawn.has(at) && steps < design.nodes.size; steps += 1) at = design.nodes.get(at)?.parent;
  return at ?? id;
}

export type FlowOptions = SceneOptions & { /** Automatic places; stored ones win. */ readonly automatic: Places };

export function flowScene(design: DesignView, { places, automatic, folded }: FlowOptions, previous?: Scene): Scene {
  const tree = flowTree(design, folded);
  const settled = settlePlaces(tree, places, automatic);
  const nodes = new Map<string, SceneNode>();
  const draw = (parent: string | undefined, depth: number): Box | undefined => {
    const boxes: Box[] = [];
    for (const node of tree.get(parent) ?? []) {
      const held = tree.has(node.id) ? draw(node.id, depth + 1) : undefined;
      const at = settled.get(node.id)!;
      const box = held ? growAround(held, node) : { ...at, ...sizeOfEmpty(tree, node) };
      nodes.set(node.id, { id: node.id, node, shape: isRegion(tree, node) ? 'region' : 'node', box, depth, foldedCount: folded.has(node.id) ? countBelow(design, node.id) : 0, order: orderIn(design, node) });
      boxes.push(box);
    }
    return boundsOf(boxes);
  };
  draw(undefined, 0);
  return { view: 'flow', design, nodes: lendNodes(inTreeOrder(design, nodes), previous?.view === 'flow' ? previous : undefined) };
}

export const growAround = (held: Box, node: NodeView): Box => ({
  x: held.x - REGION_PAD.left, y: held.y - REGION_PAD.top,
  width: Math.max(regionWidth(node), held.width + REGION_PAD.left + REGION_PAD.right), height: held.height + REGION_PAD.top + bottomPad(node),
});

/**
 * Stored places as they are; a node without one stands where the automatic layout has it, moved along with its stored siblings, and
 * further down where something stands already.
 */
function settlePlaces(tree: FlowTree, places: Places, automatic: Places): ReadonlyMap<string, { readonly x: number; readonly y: number }> {
  const settled = new Map<string, { readonly x: number; readonly y: number }>();
  for (const siblings of tree.values()) {
    const stored = siblings.filter(({ id }) => places[id] !== undefined);
    for (const { id } of stored) settled.set(id, places[id]!);
    if (stored.length === siblings.length) continue;
    const anchor = stored.find(({ id }) => automatic[id] !== undefined);
    const [dx, dy] = anchor ? [places[anchor.id]!.x - automatic[anchor.id]!.x, places[anchor.id]!.y - automatic[anchor.id]!.y] : [0, 0];
    const taken = stored.map((node): Box => ({ ...places[node.id]!, ...sizeOfEmpty(tree, node) }));
    for (const node of siblings) {
      if (settled.has(node.id)) continue;
      const wish = automatic[node.id] ?? { x: 0, y: 0 };
      let box: Box = { x: wish.x + dx, y: wish.y + dy, ...sizeOfEmpty(tree, node) };
      if (stored.length > 0) {
        for (let hit = taken.find((one) => overlaps(one, box, 8)); hit; hit = taken.find((one) => overlaps(one, box, 8))) box = moveBox(box, 0, hit.y + hit.height + 26 - box.y);
        taken.push(box);
      }
      settled.set(node.id, { x: box.x, y: box.y });
    }
  }
  return settled;
}
