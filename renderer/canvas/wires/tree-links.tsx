/** Links of the Tree: one bus below each parent. Drawn for parents that are in sight. */
import { memo } from 'react';
import { selectDragX, selectDragY, useCanvas } from '../canvas-store';
import { moveBox } from '../geometry';
import type { SceneNode } from '../layout/scene';
import { linkPath } from '../layout/tree-scene';
import { selectIsLinkInScope, useScope } from '../scope/scope-store';

export const TreeLink = memo(function TreeLink({ parent, child }: { readonly parent: SceneNode; readonly child: SceneNode }) {
  const isInScope = useScope(selectIsLinkInScope(child.id));
  const isParentMoved = useCanvas(selectDragX(parent.id));
  const [dx, dy] = [useCanvas(selectDragX(child.id)), useCanvas(selectDragY(child.id))];
  // A dragged node lets go of its link: where it will hang is what the insertion mark says.
  const isTorn = (dx !== 0 || dy !== 0) && isParentMoved === 0;
  const moved = isTorn || dx !== 0 || dy !== 0 ? { parent: { ...parent, box: moveBox(parent.box, dx, dy) }, child: { ...child, box: moveBox(child.box, dx, dy) } } : { parent, child };
  if (isTorn) return <path className="wr-link torn" d={linkPath(parent, child)} />;
  return <path className={isInScope ? 'wr-link scope' : 'wr-link'} d={linkPath(moved.parent, moved.child)} />;
});
