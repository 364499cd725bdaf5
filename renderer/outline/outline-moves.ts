/** Where a node goes: by Alt and the arrows, or by a drop. Pure; the edits themselves are `shared/design/edits`. */
import type { DesignView } from '../../shared/design/design-view';
import { canAdopt, refuseMove } from '../../shared/design/edits/node-edits';

/** `index` counts among the children that stay when the moved node has left. */
export type Move = { readonly parent: string; readonly index: number };
export type Direction = 'up' | 'down' | 'out' | 'in';

/** Up and down among the siblings; out: after its supervisor; in: last below the supervisor that stands before it. */
export function moveBy(design: DesignView, id: string, direction: Direction): Move | string {
  const node = design.nodes.get(id);
  const parent = node?.parent === undefined ? undefined : design.nodes.get(node.parent);
  if (!node || !parent) return id === design.root ? 'the root hangs below nothing' : `${id} has no supervisor: drag it to one`;
  const at = parent.children.indexOf(id);
  switch (direction) {
    case 'up':
      return at === 0 ? `${id} is started first already` : { parent: parent.id, index: at - 1 };
    case 'down':
      return at === parent.children.length - 1 ? `${id} is started last already` : { parent: parent.id, index: at + 1 };
    case 'out':
      return moveOut(design, parent.id);
    case 'in':
      return moveIn(design, parent.children.slice(0, at));
  }
}

function moveOut(design: DesignView, parent: string): Move | string {
  const above = design.nodes.get(parent)?.parent;
  if (above === undefined) return `${parent} is at the top: nothing hangs beside it`;
  if (!canAdopt(design, above)) return `${above} is simple_one_for_one: it has one child, the template`;
  return { parent: above, index: design.nodes.get(above)!.children.indexOf(parent) + 1 };
}

function moveIn(design: DesignView, before: readonly string[]): Move | string {
  const target = before.findLast((id) => design.nodes.get(id)?.kind === 'supervisor');
  if (target === undefined) return 'no supervisor stands before it';
  if (!canAdopt(design, target)) return `${target} is simple_one_for_one: it has one child, the template`;
  return { parent: target, index: design.nodes.get(target)!.children.length };
}

export type DropZone = 'before' | 'into' | 'after';

/** The upper and lower quarter of a supervisor's row are beside it, its middle is below it; other rows have two halves. */
export function zoneAt(part: number, canHold: boolean): DropZone {
  const edge = canHold ? 0.28 : 0.5;
  if (part < edge) return 'before';
  return part >= 1 - edge ? 'after' : 'into';
}

/** Where what is dropped on a row goes. `dragged` absent: it comes from the Palette. */
export function dropAt(design: DesignView, over: { readonly id: string; readonly zone: DropZone; readonly isOpen: boolean }, dragged: string | undefined): Move | string {
  const target = design.nodes.get(over.id);
  if (!target) return 'there is no such node';
  if (over.id === dragged) return 'it is there already';
  const isInto = over.zone === 'into' || (over.zone === 'after' && over.isOpen && target.kind === 'supervisor' && target.children.length > 0) || over.id === design.root;
  const parent = isInto ? target.id : target.parent;
  if (parent === undefined) return `${over.id} has no supervisor`;
  const refusal = dragged === undefined ? undefined : refuseMove(design, dragged, parent);
  if (refusal !== undefined) return refusal;
  if (design.nodes.get(parent)?.kind !== 'supervisor') return `${parent} is no supervisor, so nothing can hang below it`;
  const siblings = design.nodes.get(parent)!.children.filter((id) => id !== dragged);
  if (!canAdopt(design, parent) && siblings.length > 0) return `${parent} is simple_one_for_one: it has one child, the template`;
  if (isInto) return { parent, index: over.zone === 'into' ? siblings.length : 0 };
  const at = siblings.indexOf(over.id);
  return { parent, index: over.zone === 'before' ? at : at + 1 };
}
