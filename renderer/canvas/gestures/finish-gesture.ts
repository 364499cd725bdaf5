/** What a gesture comes to when the pointer goes up: one edit or one selection. Pure; the caller makes the edit and selects. */
import type { ProjectDocument } from '../../../shared/design/document';
import type { Edit } from '../../../shared/design/edits/edit';
import { joinEdits } from '../../../shared/design/edits/join-edits';
import { placeNodes, placesOf, type Place } from '../../../shared/design/edits/layout-edits';
import { moveNode } from '../../../shared/design/edits/node-edits';
import { rewire } from '../../../shared/design/edits/rewire';
import { connect } from '../../../shared/design/edits/wire-edits';
import type { Scene } from '../layout/scene';
import { nodesInMarquee, type Gesture } from './gesture';

export type GestureEnd =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'click'; readonly id: string; readonly isAdding: boolean }
  | { readonly kind: 'clear' }
  | { readonly kind: 'select'; readonly nodes: readonly string[] }
  /** A text says why the gesture comes to nothing. */
  | { readonly kind: 'edit'; readonly edit: Edit | string | undefined; readonly select?: readonly string[] };

const NOTHING: GestureEnd = { kind: 'nothing' };

export function finishGesture(gesture: Gesture, scene: Scene, document: ProjectDocument): GestureEnd {
  switch (gesture.kind) {
    case 'idle':
    case 'dropping':
    case 'guarding':
      return NOTHING;
    case 'pointing':
      return gesture.target.kind === 'canvas' ? { kind: 'clear' } : { kind: 'click', id: gesture.target.id, isAdding: gesture.isAdding };
    case 'marquee':
      return { kind: 'select', nodes: nodesInMarquee(scene, gesture) };
    case 'connecting':
      return { kind: 'edit', edit: finishWire(gesture, scene, document) };
    case 'dragging':
      return { kind: 'edit', edit: scene.view === 'tree' ? finishTreeDrag(gesture, document) : finishFlowDrag(gesture, scene, document), select: gesture.tops };
  }
}

function finishWire({ from, port, over, wire }: Extract<Gesture, { kind: 'connecting' }>, scene: Scene, document: ProjectDocument): Edit | string | undefined {
  if (over === undefined) return undefined;
  const known = wire === undefined ? undefined : scene.design.wires.find(({ key }) => key === wire);
  return known ? rewire(document, known.index, over) : connect(document, { from, to: over, ...(port === undefined ? {} : { port }) });
}

function finishTreeDrag({ tops, drop, refusal }: Extract<Gesture, { kind: 'dragging' }>, document: ProjectDocument): Edit | string | undefined {
  if (!drop) return undefined;
  if (refusal !== undefined) return refusal;
  const label = tops.length === 1 ? `move ${tops[0]} under ${drop.parent}` : `move ${tops.length} nodes under ${drop.parent}`;
  return single(tops.map((id, place) => (at: ProjectDocument) => moveNode(at, id, drop.parent, drop.index === undefined ? undefined : drop.index + place)), label, document);
}

/** One step keeps its own words; several get `label`. */
function single(steps: readonly ((document: ProjectDocument) => Edit | undefined)[], label: string, document: ProjectDocument): Edit | undefined {
  return steps.length === 1 ? steps[0]!(document) : joinEdits(document, label, steps);
}

function finishFlowDrag({ tops, moving, from, to, drop, refusal }: Extract<Gesture, { kind: 'dragging' }>, scene: Scene, document: ProjectDocument): Edit | string | undefined {
  if (drop?.isNew && refusal !== undefined) return refusal;
  const places = draggedPlaces(scene, moving, { x: to.x - from.x, y: to.y - from.y }, document);
  const place = (at: ProjectDocument): Edit | undefined => placeNodes(at, 'flow', places);
  const names = tops.length === 1 ? tops[0]! : `${tops.length} nodes`;
  if (!drop?.isNew) return joinEdits(document, `move ${names}`, [place]);
  return joinEdits(document, `move ${names} under ${drop.parent}`, [place, ...tops.map((id) => (at: ProjectDocument) => moveNode(at, id, drop.parent))]);
}

/**
 * Where all nodes of the Flow stand after a drag. From the first drag on every node has a place of its own, so that none moves because
 * another did. A region has a place only while it is empty.
 */
export function draggedPlaces(scene: Scene, moving: ReadonlySet<string>, by: Place, document: ProjectDocument): Readonly<Record<string, Place>> {
  const stored = placesOf(document, 'flow');
  const places: Record<string, Place> = {};
  for (const { id, box, shape, node } of scene.nodes.values()) {
    if (shape === 'region' && node.children.some((child) => scene.nodes.has(child))) continue;
    if (moving.has(id)) places[id] = { x: box.x + by.x, y: box.y + by.y };
    else if (stored[id] === undefined) places[id] = { x: box.x, y: box.y };
  }
  return places;
}
