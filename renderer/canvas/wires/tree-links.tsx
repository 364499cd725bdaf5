/** Links of the Tree: one bus below each parent, as one path, so that where branches share a stretch it is drawn once. */
import { memo, useMemo } from 'react';
import { useCanvas, type CanvasState } from '../canvas-store';
import { moveBox, type Box } from '../geometry';
import type { SceneNode } from '../layout/scene';
import { busPath, linkPath } from '../layout/tree-scene';
import type { Bus } from './list-buses';

type Dragging = Extract<CanvasState['gesture'], { kind: 'dragging' }>;

/** The drag under way, where it moves anything of the bus. */
const selectDrag = ({ parent, children }: Bus) => ({ gesture }: CanvasState): Dragging | undefined =>
  gesture.kind === 'dragging' && (gesture.moving.has(parent.id) || children.some(({ id }) => gesture.moving.has(id))) ? gesture : undefined;

/** A dragged node lets go of its link: where it will hang is what the insertion mark says. */
export const TreeBus = memo(function TreeBus({ bus, isScope = false }: { readonly bus: Bus; readonly isScope?: boolean }) {
  const drag = useCanvas(selectDrag(bus));
  const { plain, torn } = useMemo(() => branchesOf(bus, drag), [bus, drag]);
  return (
    <>
      {plain !== '' && <path className={isScope ? 'wr-link scope' : 'wr-link'} d={plain} />}
      {torn !== '' && !isScope && <path className="wr-link torn" d={torn} />}
    </>
  );
});

function branchesOf({ parent, children }: Bus, drag: Dragging | undefined): { readonly plain: string; readonly torn: string } {
  if (!drag) return { plain: busPath(parent.box, children.map(({ box }) => box)), torn: '' };
  const by = { x: drag.to.x - drag.from.x, y: drag.to.y - drag.from.y };
  const boxOf = ({ id, box }: SceneNode): Box => (drag.moving.has(id) ? moveBox(box, by.x, by.y) : box);
  const isTorn = ({ id }: SceneNode): boolean => drag.tops.includes(id);
  return {
    plain: busPath(boxOf(parent), children.filter((child) => !isTorn(child)).map(boxOf)),
    torn: children.filter(isTorn).map(({ box }) => linkPath(boxOf(parent), box)).join(''),
  };
}
