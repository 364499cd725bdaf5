/** Puts the pointer's events on the state machine of `gesture.ts`, and what comes of it on the stores. */
import { useMemo, type PointerEvent as ReactPointerEvent, type RefObject } from 'react';
import { answersIn } from '../../../shared/design/edits/wire-edits';
import { documentNow, edit } from '../../stores/document';
import { hover, select, toggleSelected, useSelection } from '../../stores/selection';
import { sceneNow, setGesture, useCanvas } from '../canvas-store';
import type { View } from '../react-flow/surface';
import { finishGesture, type GestureEnd } from './finish-gesture';
import { beginGesture, IDLE, moveGesture, nodeAt, type GestureTarget } from './gesture';

const closest = (target: EventTarget | null, attribute: string): HTMLElement | SVGElement | undefined => {
  const found = target instanceof Element ? target.closest(`[${attribute}]`) : null;
  return found instanceof HTMLElement || found instanceof SVGElement ? found : undefined;
};

type On = { readonly target: EventTarget | null; readonly clientX: number; readonly clientY: number };

/** What the pointer is on, from the marks' data attributes. */
export function targetOf(event: On): GestureTarget | undefined {
  const { target } = event;
  const wireEnd = closest(target, 'data-wire-end')?.dataset['wireEnd'];
  if (wireEnd !== undefined) {
    const wire = sceneNow().design.wires.find(({ key }) => key === wireEnd);
    if (wire) return { kind: 'wire end', key: wireEnd, id: wire.from.node, port: wire.from.port };
  }
  const port = closest(target, 'data-port')?.dataset['port'];
  if (port !== undefined) return { kind: 'port', id: port.slice(0, port.indexOf('.')), port: port.slice(port.indexOf('.') + 1) };
  const rim = closest(target, 'data-rim')?.dataset['rim'];
  if (rim !== undefined) return { kind: 'rim', id: rim };
  const node = nodeUnder(event);
  return node === undefined ? undefined : { kind: 'node', id: node };
}

/** The node below the pointer: as far as nodes are drawn one by one their element says it, among blocks their place. */
export function nodeUnder({ target, clientX, clientY }: On): string | undefined {
  const blocks = closest(target, 'data-far');
  const matrix = blocks instanceof SVGGraphicsElement ? blocks.ownerSVGElement?.getScreenCTM() : undefined;
  return matrix ? nodeAt(sceneNow(), new DOMPoint(clientX, clientY).matrixTransform(matrix.inverse())) : nodeOf(target);
}

export const nodeOf = (target: EventTarget | null): string | undefined => closest(target, 'data-node')?.dataset['node'];
export const wireOf = (target: EventTarget | null): string | undefined => closest(target, 'data-wire')?.dataset['wire'];

type Handlers = {
  readonly onPointerDown: (event: ReactPointerEvent) => void;
  readonly onPointerOver: (event: ReactPointerEvent) => void;
  readonly onPointerLeave: () => void;
  readonly onMouseDownCapture: (event: React.MouseEvent) => void;
};

export function useGestures(view: RefObject<View | undefined>): Handlers {
  return useMemo(() => makeHandlers(view), [view]);
}

function makeHandlers(view: RefObject<View | undefined>): Handlers {
  return {
    onPointerDown(event) {
      const wire = event.target instanceof Element && event.target.closest('[data-wire-end]') ? undefined : wireOf(event.target);
      if (event.button !== 0 || !view.current) return;
      if (wire !== undefined) return select([], [wire]);
      const target = targetOf(event) ?? (isOnCanvas(event.target) ? { kind: 'canvas' as const } : undefined);
      if (!target || event.target instanceof Element && event.target.closest('button, .minimap')) return;
      const isAdding = event.shiftKey || event.ctrlKey || event.metaKey;
      // The open canvas pans; with Shift it draws a marquee.
      follow(view.current, target.kind === 'canvas' && !event.shiftKey ? 'click only' : 'all', event.nativeEvent, target, isAdding);
    },
    onPointerOver(event) {
      if (useCanvas.getState().gesture.kind === 'idle') hover(nodeOf(event.target));
    },
    onPointerLeave: () => hover(undefined),
    onMouseDownCapture(event) {
      // Panning hears the mouse; a marquee is not for it.
      if (event.shiftKey && event.button === 0 && isOnCanvas(event.target)) event.stopPropagation();
    },
  };
}

const isOnCanvas = (target: EventTarget | null): boolean => target instanceof Element && target.closest('.react-flow__pane, .react-flow__renderer') !== null;

function follow(view: View, scope: 'all' | 'click only', down: PointerEvent, target: GestureTarget, isAdding: boolean): void {
  const { nodes } = useSelection.getState();
  const begun = beginGesture(target, view.toDrawing({ x: down.clientX, y: down.clientY }), { isAdding, selected: nodes });
  if (scope === 'all') setGesture(begun);
  const onMove = (event: PointerEvent): void => {
    if (scope === 'all') setGesture(moveGesture(useCanvas.getState().gesture, view.toDrawing({ x: event.clientX, y: event.clientY }), sceneNow(), view.zoom(), answersIn(documentNow())));
  };
  const stop = (): void => {
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerup', onUp);
    window.removeEventListener('pointercancel', onCancel);
    window.removeEventListener('keydown', onKey, true);
  };
  const onCancel = (): void => {
    stop();
    setGesture(IDLE);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    onCancel();
  };
  const onUp = (event: PointerEvent): void => {
    stop();
    const gesture = scope === 'all' ? useCanvas.getState().gesture : begun;
    const isStill = Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < 4;
    const end = scope === 'all' || isStill ? finishGesture(gesture, sceneNow(), documentNow()) : ({ kind: 'nothing' } as const);
    setGesture(IDLE);
    settle(end);
  };
  window.addEventListener('pointermove', onMove);
  window.addEventListener('pointerup', onUp);
  window.addEventListener('pointercancel', onCancel);
  window.addEventListener('keydown', onKey, true);
}

function settle(end: GestureEnd): void {
  switch (end.kind) {
    case 'nothing':
      return;
    case 'click':
      return end.isAdding ? toggleSelected(end.id) : select([end.id]);
    case 'clear':
      return select([]);
    case 'select':
      return select(end.nodes);
    case 'edit':
      if (end.select) select(end.select);
      edit(end.edit);
  }
}
