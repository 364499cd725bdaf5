/** Drops from the palette: a new node hangs under the supervisor or region it is dropped on, and in the Flow stands where it fell; a guard goes on the wire. */
import { useMemo, type DragEvent, type RefObject } from 'react';
import type { WireView } from '../../../shared/design/design-view';
import { addGuard } from '../../../shared/design/edits/guard-edits';
import { addNode, canAdopt } from '../../../shared/design/edits/node-edits';
import { PALETTE_KINDS, type PaletteKind } from '../../../shared/design/edits/new-node';
import { findWireOf } from '../../../shared/design/fallback-wires';
import { isGuardKind } from '../../../shared/design/guard-kinds';
import { GUARD_MIME, KIND_MIME } from '../../palette/kind-mime';
import { documentNow, edit } from '../../stores/document';
import { select } from '../../stores/selection';
import { sceneNow, setGesture } from '../canvas-store';
import type { Point } from '../geometry';
import { EMPTY_REGION } from '../layout/node-size';
import type { Scene } from '../layout/scene';
import type { View } from '../react-flow/surface';
import { dropInFlow, IDLE } from './gesture';
import { dropInTree, type TreeDrop } from './tree-drop';
import { wireOf } from './use-gestures';

const NOTHING: ReadonlySet<string> = new Set();

export function findDrop(scene: Scene, at: Point): { readonly drop: TreeDrop; readonly refusal?: string } | undefined {
  const found = scene.view === 'tree' ? (dropInTree(scene, NOTHING, at) ?? (scene.design.nodes.has(scene.design.root) ? { parent: scene.design.root } : undefined)) : dropInFlow(scene, NOTHING, at);
  if (!found) return undefined;
  return canAdopt(scene.design, found.parent) ? { drop: found } : { drop: found, refusal: `${found.parent} is simple_one_for_one and has its template already` };
}

type DropHandlers = { readonly onDragOver: (event: DragEvent) => void; readonly onDragLeave: (event: DragEvent) => void; readonly onDrop: (event: DragEvent) => void };

export function useDrop(view: RefObject<View | undefined>): DropHandlers {
  return useMemo(() => ({
    onDragOver(event) {
      if (event.dataTransfer.types.includes(GUARD_MIME)) return holdGuard(event, view.current);
      if (!event.dataTransfer.types.includes(KIND_MIME) || !view.current) return;
      event.preventDefault();
      const at = view.current.toDrawing({ x: event.clientX, y: event.clientY });
      const found = findDrop(sceneNow(), at);
      event.dataTransfer.dropEffect = found?.refusal === undefined ? 'copy' : 'none';
      setGesture(found ? { kind: 'dropping', at, ...found } : IDLE);
    },
    onDragLeave(event) {
      // From one part of the drawing to the next is no way out of it.
      if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) setGesture(IDLE);
    },
    onDrop(event) {
      setGesture(IDLE);
      if (event.dataTransfer.types.includes(GUARD_MIME)) return dropGuard(event);
      const given = event.dataTransfer.getData(KIND_MIME);
      const kind = PALETTE_KINDS.find((one) => one === given);
      if (kind === undefined || !view.current) return;
      event.preventDefault();
      drop(kind, view.current.toDrawing({ x: event.clientX, y: event.clientY }));
    },
  }), [view]);
}

/** The wire of the file under the pointer; of a fallback's wire the one that it stands in for. */
const wireUnder = ({ target }: DragEvent): WireView | undefined => {
  const key = wireOf(target);
  return key === undefined ? undefined : findWireOf(sceneNow().design, key)?.wire;
};

function holdGuard(event: DragEvent, view: View | undefined): void {
  if (!view) return;
  const wire = wireUnder(event);
  event.preventDefault();
  event.dataTransfer.dropEffect = wire ? 'copy' : 'none';
  setGesture({ kind: 'guarding', at: view.toDrawing({ x: event.clientX, y: event.clientY }), ...(wire ? { wire } : {}) });
}

function dropGuard(event: DragEvent): void {
  const [wire, kind] = [wireUnder(event), event.dataTransfer.getData(GUARD_MIME)];
  if (!wire || !isGuardKind(kind)) return;
  event.preventDefault();
  if (edit(addGuard(documentNow(), wire.index, kind))) select([], [wire.key]);
}

function drop(kind: PaletteKind, at: Point): void {
  const scene = sceneNow();
  const found = findDrop(scene, at);
  if (found?.refusal !== undefined) return void edit(found.refusal);
  const corner = kind === 'supervisor' ? { x: at.x - EMPTY_REGION.width / 2, y: at.y - EMPTY_REGION.height / 2 } : { x: at.x - 64, y: at.y - 31 };
  const made = addNode(documentNow(), {
    kind, ...(found ? { parent: found.drop.parent } : {}), ...(found?.drop.index === undefined ? {} : { index: found.drop.index }),
    ...(scene.view === 'flow' ? { place: { view: 'flow', at: corner } } : {}),
  });
  if (edit(made.edit)) select([made.id]);
}
