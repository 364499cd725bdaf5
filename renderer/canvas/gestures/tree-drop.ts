/** Where nodes dragged in the Tree would land: under which supervisor, and between which children. */
import { isInside, type Point } from '../geometry';
import type { Scene, SceneNode } from '../layout/scene';

/** `index` counts among the children without those that are dragged; absent: last. `mark` is where the insertion mark stands. */
export type TreeDrop = { readonly parent: string; readonly index?: number; readonly mark?: { readonly x: number; readonly y: number; readonly height: number } };

const GAP_HALF = 7;
/** Over the gaps around a row of children counts as over the row, px. */
const ROW_MARGIN = 14;

export function dropInTree(scene: Scene, moving: ReadonlySet<string>, at: Point): TreeDrop | undefined {
  const over = [...scene.nodes.values()].find((one) => !moving.has(one.id) && isInside(at, one.box));
  if (over?.shape === 'card' && isInner(over, at)) return { parent: over.id };
  const sibling = over ?? nearestInRow(scene, moving, at);
  const parent = sibling?.node.parent;
  if (!sibling || parent === undefined || !scene.nodes.has(parent)) return undefined;
  const others = (scene.design.nodes.get(parent)?.children ?? []).filter((id) => !moving.has(id) && scene.nodes.has(id));
  const before = others.findIndex((id) => at.x < middle(scene.nodes.get(id)!));
  const index = before < 0 ? others.length : before;
  return { parent, index, mark: markAt(scene, others, index) };
}

/** Near a card's left or right edge it is about its place, in the middle about what hangs below it. */
const isInner = ({ box }: SceneNode, at: Point): boolean => at.x > box.x + box.width * 0.2 && at.x < box.x + box.width * 0.8;
const middle = ({ box }: SceneNode): number => box.x + box.width / 2;

function nearestInRow(scene: Scene, moving: ReadonlySet<string>, at: Point): SceneNode | undefined {
  let best: SceneNode | undefined;
  let least = Infinity;
  for (const one of scene.nodes.values()) {
    if (moving.has(one.id) || at.y < one.box.y - ROW_MARGIN || at.y > one.box.y + one.box.height + ROW_MARGIN) continue;
    const away = at.x < one.box.x ? one.box.x - at.x : at.x - one.box.x - one.box.width;
    if (away < least && away < 120) [best, least] = [one, away];
  }
  return best;
}

function markAt(scene: Scene, others: readonly string[], index: number): TreeDrop['mark'] {
  const [left, right] = [others[index - 1], others[index]].map((id) => (id === undefined ? undefined : scene.nodes.get(id)));
  const beside = right ?? left;
  if (!beside) return undefined;
  const x = left && right ? (left.box.x + left.box.width + right.box.x) / 2 : right ? right.box.x - GAP_HALF : left!.box.x + left!.box.width + GAP_HALF;
  return { x, y: beside.box.y - 6, height: beside.box.height + 12 };
}
