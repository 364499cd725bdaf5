/** Where the arrow keys lead: along siblings, parents and children in the Tree, along wires and nearby nodes in the Flow. Pure. */
import { centreOf } from '../geometry';
import type { Scene, SceneNode } from '../layout/scene';

export type Arrow = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';
export const isArrow = (key: string): key is Arrow => key === 'ArrowLeft' || key === 'ArrowRight' || key === 'ArrowUp' || key === 'ArrowDown';

/** The node to go to; `undefined` where there is none that way. */
export function navigate(scene: Scene, from: string, key: Arrow): string | undefined {
  const at = scene.nodes.get(from);
  if (!at) return scene.nodes.keys().next().value;
  return scene.view === 'tree' ? inTree(scene, at, key) : inFlow(scene, at, key);
}

function inTree(scene: Scene, at: SceneNode, key: Arrow): string | undefined {
  switch (key) {
    case 'ArrowUp':
      return at.node.parent !== undefined && scene.nodes.has(at.node.parent) ? at.node.parent : undefined;
    case 'ArrowDown':
      return at.node.children.find((id) => scene.nodes.get(id)?.node.parent === at.id);
    case 'ArrowLeft':
    case 'ArrowRight': {
      const row = [...scene.nodes.values()].filter(({ depth }) => depth === at.depth).toSorted((a, b) => a.box.x - b.box.x);
      return row[row.indexOf(at) + (key === 'ArrowRight' ? 1 : -1)]?.id;
    }
  }
}

function inFlow(scene: Scene, at: SceneNode, key: Arrow): string | undefined {
  if (key === 'ArrowRight') {
    const wire = scene.design.wires.find(({ from, to }) => from.node === at.id && scene.nodes.has(to));
    if (wire) return wire.to;
  }
  if (key === 'ArrowLeft') {
    const wire = scene.design.wires.find(({ from, to }) => to === at.id && scene.nodes.has(from.node));
    if (wire) return wire.from.node;
  }
  return nearest(scene, at, key);
}

const AXIS: Readonly<Record<Arrow, { readonly x: number; readonly y: number }>> = { ArrowLeft: { x: -1, y: 0 }, ArrowRight: { x: 1, y: 0 }, ArrowUp: { x: 0, y: -1 }, ArrowDown: { x: 0, y: 1 } };

/** The nearest node that lies more that way than aside; regions are reached by Esc, which goes up. */
function nearest(scene: Scene, at: SceneNode, key: Arrow): string | undefined {
  const from = centreOf(at.box);
  let best: string | undefined;
  let least = Infinity;
  for (const one of scene.nodes.values()) {
    if (one === at || one.shape === 'region') continue;
    const to = centreOf(one.box);
    const along = (to.x - from.x) * AXIS[key].x + (to.y - from.y) * AXIS[key].y;
    const aside = Math.abs((to.x - from.x) * AXIS[key].y) + Math.abs((to.y - from.y) * AXIS[key].x);
    if (along <= 0 || aside > along * 2) continue;
    if (along + aside * 2 < least) [best, least] = [one.id, along + aside * 2];
  }
  return best;
}
