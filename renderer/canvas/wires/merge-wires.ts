/** Far out, wires between two regions become one line; its width says how many messages cross. */
import { ancestorsOf } from '../../../shared/design/design-view';
import type { Box } from '../geometry';
import type { Scene, SceneNode } from '../layout/scene';
import type { SceneWire } from '../layout/wire-ends';

export type MergedWire = { readonly key: string; readonly from: Box; readonly to: Box; readonly count: number };

/** The outermost region that holds a node, or the node itself. One answer for all on the way up: regions may be thousands deep. */
function outermost({ design, nodes }: Scene, { id }: SceneNode, known: Map<string, string>): SceneNode {
  const path = [id];
  for (const above of ancestorsOf(design, id)) {
    if (known.has(path.at(-1)!) || !nodes.has(above)) break;
    path.push(above);
  }
  const found = known.get(path.at(-1)!) ?? path.at(-1)!;
  for (const one of path) known.set(one, found);
  return nodes.get(found)!;
}

export function mergeWires(scene: Scene, wires: readonly SceneWire[]): readonly MergedWire[] {
  const merged = new Map<string, MergedWire>();
  const known = new Map<string, string>();
  for (const { from, to } of wires) {
    const [a, b] = [outermost(scene, from, known), outermost(scene, to, known)];
    if (a === b) continue;
    const key = `${a.id} ${b.id}`;
    merged.set(key, { key, from: a.box, to: b.box, count: (merged.get(key)?.count ?? 0) + 1 });
  }
  return [...merged.values()];
}

const THICKEST = 5;
export const mergedWidth = (count: number): number => Math.min(THICKEST, 1 + Math.log2(count) / 2);
