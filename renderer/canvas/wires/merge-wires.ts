/** Far out, wires between two regions become one line; its width says how many messages cross. */
import type { Box } from '../geometry';
import type { Scene, SceneNode } from '../layout/scene';
import type { SceneWire } from '../layout/wire-ends';

export type MergedWire = { readonly key: string; readonly from: Box; readonly to: Box; readonly count: number };

/** The outermost region that holds a node, or the node itself. */
function outermost(scene: Scene, node: SceneNode): SceneNode {
  let found = node;
  for (let parent = node.node.parent; parent !== undefined; parent = scene.design.nodes.get(parent)?.parent) found = scene.nodes.get(parent) ?? found;
  return found;
}

export function mergeWires(scene: Scene, wires: readonly SceneWire[]): readonly MergedWire[] {
  const merged = new Map<string, MergedWire>();
  for (const { from, to } of wires) {
    const [a, b] = [outermost(scene, from), outermost(scene, to)];
    if (a === b) continue;
    const key = `${a.id} ${b.id}`;
    merged.set(key, { key, from: a.box, to: b.box, count: (merged.get(key)?.count ?? 0) + 1 });
  }
  return [...merged.values()];
}

const THICKEST = 5;
export const mergedWidth = (count: number): number => Math.min(THICKEST, 1 + Math.log2(count) / 2);
