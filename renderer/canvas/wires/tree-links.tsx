/** Links of the Tree: one bus below each parent, as one path, so that where branches share a stretch it is drawn once. */
import { memo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { useCanvas, type CanvasState } from '../canvas-store';
import { moveBox, type Box } from '../geometry';
import type { SceneNode } from '../layout/scene';
import { linkPath } from '../layout/tree-scene';
import { useScope } from '../scope/scope-store';

export type Bus = { readonly parent: SceneNode; readonly children: readonly SceneNode[] };
type Branches = { readonly plain: string; readonly torn: string };

/** A dragged node lets go of its link: where it will hang is what the insertion mark says. */
const selectBranches = ({ parent, children }: Bus, isWanted: (id: string) => boolean) => ({ gesture }: CanvasState): Branches => {
  const dragged = gesture.kind === 'dragging' ? gesture : undefined;
  const by = dragged && { x: dragged.to.x - dragged.from.x, y: dragged.to.y - dragged.from.y };
  const boxOf = ({ id, box }: SceneNode): Box => (by && dragged.moving.has(id) ? moveBox(box, by.x, by.y) : box);
  const isTorn = ({ id }: SceneNode): boolean => dragged?.tops.includes(id) === true;
  const wanted = children.filter(({ id }) => isWanted(id));
  return {
    plain: wanted.filter((child) => !isTorn(child)).map((child) => linkPath(boxOf(parent), boxOf(child))).join(''),
    torn: wanted.filter(isTorn).map(({ box }) => linkPath(boxOf(parent), box)).join(''),
  };
};

export const TreeBus = memo(function TreeBus({ bus }: { readonly bus: Bus }) {
  const painted = useScope(useShallow((scope) => bus.children.filter(({ id }) => scope.links.has(id)).map(({ id }) => id)));
  const all = useCanvas(useShallow(selectBranches(bus, () => true)));
  const inScope = useCanvas(useShallow(selectBranches(bus, (id) => painted.includes(id))));
  return (
    <>
      <path className="wr-link" d={all.plain} />
      {all.torn !== '' && <path className="wr-link torn" d={all.torn} />}
      {inScope.plain !== '' && <path className="wr-link scope" d={inScope.plain} />}
    </>
  );
});
