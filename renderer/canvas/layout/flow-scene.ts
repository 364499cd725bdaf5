/**
 * The Flow: agents with their ports, and around them a region for each supervisor but the root, which is the canvas itself. A region is
 * as large as what it holds. Places are of nodes, in pixels of the canvas; a region's own place counts only while it is empty.
 */
import type { DesignView, NodeView } from '../../../shared/design/design-view';
import { listFallbackWires } from '../../../shared/design/fallback-wires';
import type { Places } from '../../../shared/design/edits/layout-edits';
import { boundsOf, moveBox, overlaps, type Box, type Point } from '../geometry';
import { layoutLayers, type LayerItem } from './flow-layers';
import { EMPTY_REGION, flowSize, HOST_CHIP_ROOM, REGION_PAD, regionWidth } from './node-size';
import { countBelow, drawnChildren, lendNodes, startOrders, type Scene, type SceneNode, type SceneOptions } from './scene';
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

type Held = { readonly width: number; readonly height: number; readonly inner: ReadonlyMap<string, Point> };

/** Quick places for all nodes that are drawn, at once. Regions from the innermost out, then places from the outermost in. */
export function quickPlaces(design: DesignView, tree: FlowTree): Places {
  const held = new Map<string | undefined, Held>();
  const levelOf = liftWires(design, tree);
  for (const [parent, nodes] of [...tree].toReversed()) {
    const items = nodes.map((node): LayerItem => {
      const inside = held.get(node.id);
      const size = inside ? { width: Math.max(regionWidth(node), inside.width + REGION_PAD.left + REGION_PAD.right), height: inside.height + REGION_PAD.top + bottomPad(node) } : sizeOfEmpty(tree, node);
      return { id: node.id, ...size };
    });
    const { places, width, height } = layoutLayers(items, levelOf.get(parent) ?? []);
    held.set(parent, { width, height, inner: places });
  }
  const absolute = new Map<string, Point>();
  for (const parent of tree.keys()) {
    const corner = parent === undefined ? undefined : absolute.get(parent)!;
    const [x, y] = corner ? [corner.x + REGION_PAD.left, corner.y + REGION_PAD.top] : [0, 0];
    for (const [id, at] of held.get(parent)!.inner) absolute.set(id, { x: x + at.x, y: y + at.y });
  }
  return Object.fromEntries(absolute);
}

const sizeOfEmpty = (tree: FlowTree, node: NodeView): { readonly width: number; readonly height: number } => (isRegion(tree, node) ? EMPTY_REGION : flowSize(node));

/** Each wire as a link between the two drawn siblings that hold its ends, by the region these two stand in. */
export function liftWires(design: DesignView, tree: FlowTree): ReadonlyMap<string | undefined, readonly { readonly from: string; readonly to: string }[]> {
  const parents = new Map<string, string | undefined>();
  for (const [parent, nodes] of tree) for (const { id } of nodes) parents.set(id, parent);
  const depths = depthsOf(tree);
  const links = new Map<string | undefined, { from: string; to: string }[]>();
  for (const wire of [...design.wires, ...listFallbackWires(design).map((fallback) => fallback.wire)]) {
    const link = meet(parents, depths, drawnHolder(design, parents, wire.from.node), drawnHolder(design, parents, wire.to));
    if (!link) continue;
    const parent = parents.get(link.from);
    const level = links.get(parent);
    if (level) level.push(link);
    else links.set(parent, [link]);
  }
  return links;
}

type Parents = ReadonlyMap<string, string | undefined>;

/** Regions around each node that is drawn. */
function depthsOf(tree: FlowTree): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  for (const [parent, nodes] of tree) for (const { id } of nodes) depths.set(id, parent === undefined ? 0 : depths.get(parent)! + 1);
  return depths;
}

/** The two siblings that hold, or are, the ends of a wire; nothing where one end holds the other. */
function meet(parents: Parents, depths: ReadonlyMap<string, number>, from: string, to: string): { readonly from: string; readonly to: string } | undefined {
  let [a, b] = [from, to];
  if (!depths.has(a) || !depths.has(b)) return undefined;
  while (depths.get(a)! > depths.get(b)!) a = parents.get(a)!;
  while (depths.get(b)! > depths.get(a)!) b = parents.get(b)!;
  if (a === b) return undefined;
  while (parents.get(a) !== parents.get(b)) {
    a = parents.get(a)!;
    b = parents.get(b)!;
  }
  return { from: a, to: b };
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
  const orders = startOrders(design);
  const depths = depthsOf(tree);
  const bounds = new Map<string | undefined, Box | undefined>();
  for (const [parent, inside] of [...tree].toReversed()) {
    for (const node of inside) {
      const { id } = node;
      const held = bounds.get(id);
      const box = held ? growAround(held, node) : { ...settled.get(id)!, ...sizeOfEmpty(tree, node) };
      nodes.set(id, { id, node, shape: isRegion(tree, node) ? 'region' : 'node', box, depth: depths.get(id)!, foldedCount: folded.has(id) ? countBelow(design, id) : 0, order: orders.get(id) ?? 1 });
    }
    bounds.set(parent, boundsOf(inside.map(({ id }) => nodes.get(id)!.box)));
  }
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
    const taken = new Columns();
    for (const node of stored) taken.add({ ...places[node.id]!, ...sizeOfEmpty(tree, node) });
    for (const node of siblings) {
      if (settled.has(node.id)) continue;
      const wish = automatic[node.id] ?? { x: 0, y: 0 };
      let box: Box = { x: wish.x + dx, y: wish.y + dy, ...sizeOfEmpty(tree, node) };
      if (stored.length > 0) {
        for (let hit = taken.findHit(box); hit; hit = taken.findHit(box)) box = moveBox(box, 0, hit.y + hit.height + 26 - box.y);
        taken.add(box);
      }
      settled.set(node.id, { x: box.x, y: box.y });
    }
  }
  return settled;
}

/** Boxes by the upright strips that they reach into, so that one of thousands is found by looking at few. */
class Columns {
  static readonly #WIDTH = 256;
  static readonly #GAP = 8;
  readonly #boxes = new Map<number, Box[]>();

  *#strips({ x, width }: Box): Generator<number> {
    const end = Math.floor((x + width + Columns.#GAP) / Columns.#WIDTH);
    for (let strip = Math.floor((x - Columns.#GAP) / Columns.#WIDTH); strip <= end; strip += 1) yield strip;
  }

  add(box: Box): void {
    for (const strip of this.#strips(box)) {
      const known = this.#boxes.get(strip);
      if (known) known.push(box);
      else this.#boxes.set(strip, [box]);
    }
  }

  findHit(box: Box): Box | undefined {
    for (const strip of this.#strips(box)) {
      const hit = this.#boxes.get(strip)?.find((one) => overlaps(one, box, Columns.#GAP));
      if (hit) return hit;
    }
    return undefined;
  }
}
