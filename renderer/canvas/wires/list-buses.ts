/** The Tree's links that reach into sight, by parent. Pure. */
import { boundsOf, overlaps, type Box } from '../geometry';
import type { Scene, SceneNode } from '../layout/scene';
import { BUS_ABOVE } from '../layout/tree-scene';

export type Bus = { readonly parent: SceneNode; readonly children: readonly SceneNode[] };

type GatheredBus = { readonly parent: SceneNode; readonly children: SceneNode[]; /** The outermost links that only pass, by side and level. */ readonly passing: Map<string, SceneNode> };

/**
 * Of each parent the children whose branches are in sight; of those whose links only pass through sight the outermost ones to the left and
 * to the right, since the others lie on theirs. `among`: only links to these children.
 */
export function listBuses(scene: Scene, sight: Box, among?: ReadonlySet<string>): readonly Bus[] {
  const buses = new Map<string, GatheredBus>();
  for (const child of scene.nodes.values()) {
    const parent = child.node.parent === undefined ? undefined : scene.nodes.get(child.node.parent);
    if (!parent || (among && !among.has(child.id)) || !overlaps(sight, boundsOf([parent.box, child.box])!)) continue;
    const bus: GatheredBus = buses.get(parent.id) ?? { parent, children: [], passing: new Map() };
    buses.set(parent.id, bus);
    if (overlaps(sight, branchBox(child.box)) || child.box.y - BUS_ABOVE <= parent.box.y + parent.box.height) bus.children.push(child);
    else keepOutermost(bus.passing, parent.box, child);
  }
  return [...buses.values()].map(({ parent, children, passing }) => ({ parent, children: [...children, ...passing.values()] }));
}

const branchBox = ({ x, y, width, height }: Box): Box => ({ x, y: y - BUS_ABOVE - 1, width, height: height + BUS_ABOVE + 1 });

function keepOutermost(passing: Map<string, SceneNode>, parent: Box, child: SceneNode): void {
  const away = ({ box }: SceneNode): number => box.x + box.width / 2 - (parent.x + parent.width / 2);
  const key = `${away(child) < 0 ? 'left' : 'right'} ${child.box.y}`;
  const known = passing.get(key);
  if (!known || Math.abs(away(child)) > Math.abs(away(known))) passing.set(key, child);
}
