/** Keys on the drawing: arrows go along wires and siblings, with Alt they move the node, Esc goes up, Enter opens. */
import { useMemo, type KeyboardEvent, type RefObject } from 'react';
import { placeNodes } from '../../../shared/design/edits/layout-edits';
import { moveNode } from '../../../shared/design/edits/node-edits';
import { designNow, documentNow, edit } from '../../stores/document';
import { select, useSelection } from '../../stores/selection';
import { sceneNow, useCanvas } from '../canvas-store';
import { boundsOf, centreOf, isInside } from '../geometry';
import { openNode } from '../open-handler';
import type { View } from '../react-flow/surface';
import { draggedPlaces } from './finish-gesture';
import { topmost } from './gesture';
import { isArrow, navigate, type Arrow } from './navigate';
import { listSubtree } from '../../../shared/design/design-view';
import { nodeOf, wireOf } from './use-gestures';

/** A step of Alt and an arrow in the Flow, px. */
const NUDGE = 8;

export function useKeys(view: RefObject<View | undefined>): (event: KeyboardEvent) => void {
  return useMemo(() => (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey) return;
    if (handleKey(event, view.current)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }, [view]);
}

function handleKey(event: KeyboardEvent, view: View | undefined): boolean {
  const at = nodeOf(event.target) ?? useSelection.getState().nodes[0];
  const wire = wireOf(event.target);
  const { key } = event;
  if (key === 'f' || key === 'F') {
    view?.fit();
    return true;
  }
  if (key === '+' || key === '=' || key === '-') {
    view?.zoomBy(key === '-' ? 0.8 : 1.25);
    return true;
  }
  if (key === 'Escape') return goUp(at, view);
  if ((key === 'Enter' || key === ' ') && wire !== undefined) {
    select([], [wire]);
    return true;
  }
  if (key === 'Enter' && at !== undefined) {
    openNode(at);
    return true;
  }
  if (key === ' ' && at !== undefined) {
    select([at]);
    return true;
  }
  if (!isArrow(key)) return false;
  if (event.altKey) return at !== undefined && (sceneNow().view === 'tree' ? moveInTree(at, key) : nudge(key));
  const to = navigate(sceneNow(), at ?? '', key);
  if (to === undefined) return true;
  if (event.shiftKey) select([...new Set([...useSelection.getState().nodes, to])]);
  else select([to]);
  focusNode(to, view);
  return true;
}

function goUp(at: string | undefined, view: View | undefined): boolean {
  const { nodes, wires } = useSelection.getState();
  if (nodes.length === 0 && wires.length === 0) return false;
  const parent = at === undefined ? undefined : designNow().nodes.get(at)?.parent;
  select(parent === undefined ? [] : [parent]);
  if (parent !== undefined) focusNode(parent, view);
  return true;
}

/** In start order with left and right; up: out, beside the supervisor; down: into the supervisor before it. */
function moveInTree(id: string, key: Arrow): boolean {
  const design = designNow();
  const node = design.nodes.get(id);
  const parent = node?.parent === undefined ? undefined : design.nodes.get(node.parent);
  if (!node || !parent) return true;
  const index = parent.children.indexOf(id);
  if (key === 'ArrowLeft' && index > 0) edit(moveNode(documentNow(), id, parent.id, index - 1));
  if (key === 'ArrowRight' && index < parent.children.length - 1) edit(moveNode(documentNow(), id, parent.id, index + 1));
  if (key === 'ArrowUp' && parent.parent !== undefined) edit(moveNode(documentNow(), id, parent.parent, (design.nodes.get(parent.parent)?.children.indexOf(parent.id) ?? 0) + 1));
  if (key === 'ArrowDown') {
    const into = parent.children.slice(0, index).toReversed().find((one) => design.nodes.get(one)?.kind === 'supervisor');
    if (into !== undefined) edit(moveNode(documentNow(), id, into));
  }
  return true;
}

function nudge(key: Arrow): boolean {
  const scene = sceneNow();
  const tops = topmost(scene, useSelection.getState().nodes);
  if (tops.length === 0) return true;
  const by = { x: key === 'ArrowLeft' ? -NUDGE : key === 'ArrowRight' ? NUDGE : 0, y: key === 'ArrowUp' ? -NUDGE : key === 'ArrowDown' ? NUDGE : 0 };
  const moving = new Set(tops.flatMap((id) => listSubtree(scene.design, id)));
  edit(placeNodes(documentNow(), 'flow', draggedPlaces(scene, moving, by, documentNow()), `nudge ${tops.join(' ')}`));
  return true;
}

/** Brings a node into sight and gives it the keyboard's focus, at once or as soon as it is drawn. */
export function focusNode(id: string, view: View | undefined): void {
  const node = sceneNow().nodes.get(id);
  if (!node || !view) return;
  const sight = view.sight();
  const around = boundsOf([node.box])!;
  if (!isInside(centreOf(around), sight)) view.centre(centreOf(around));
  const element = document.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`);
  useCanvas.setState({ held: id, ...(element ? {} : { wanted: id }) });
  element?.focus({ preventScroll: true });
}
