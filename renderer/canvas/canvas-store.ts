/** What the canvas knows of itself: where things stand, how much detail fits, the gesture under way. Nodes and wires select their own part. */
import { create } from 'zustand';
import { viewDesign } from '../../shared/design/design-view';
import type { Box } from './geometry';
import { IDLE, type Gesture } from './gestures/gesture';
import { EMPTY_SCENE, type Scene, type SceneNode } from './layout/scene';

/** Level of detail (look.md section 5): parts leave as the zoom shrinks, text keeps its size. */
export type Detail = 'full' | 'compact' | 'title' | 'block';

export type CanvasState = {
  readonly scene: Scene;
  readonly detail: Detail;
  readonly gesture: Gesture;
  /** What is in sight with a rim around it: changes only when the view leaves it, not at each move. */
  readonly sight: Box;
  /** A node that the keyboard asked for, focused as soon as it is drawn. */
  readonly wanted: string | undefined;
  /** The node that the keyboard came to last. It stays a node where others are blocks. */
  readonly held: string | undefined;
};

export const useCanvas = create<CanvasState>(() => ({ scene: EMPTY_SCENE('tree', viewDesign({})), detail: 'full', gesture: IDLE, sight: { x: -2000, y: -2000, width: 4000, height: 4000 }, wanted: undefined, held: undefined }));

/** Titles give way to blocks where more nodes than this are in sight, and come back at the smaller number: no flicker at one of them. */
const MOST_TITLES = { stay: 320, come: 220 } as const;

/** `countSeen` is asked only where it matters. */
export function detailAt(zoom: number, before: Detail, countSeen: () => number): Detail {
  if (zoom >= 0.8) return 'full';
  if (zoom >= 0.45) return 'compact';
  if (zoom < 0.2) return 'block';
  return countSeen() > (before === 'block' ? MOST_TITLES.come : MOST_TITLES.stay) ? 'block' : 'title';
}

export const setGesture = (gesture: Gesture): void => {
  if (useCanvas.getState().gesture !== gesture) useCanvas.setState({ gesture });
};
export const sceneNow = (): Scene => useCanvas.getState().scene;
export const selectScene = (state: CanvasState): Scene => state.scene;
export const selectDetail = (state: CanvasState): Detail => state.detail;
export const selectSight = (state: CanvasState): Box => state.sight;
export const selectGesture = (state: CanvasState): Gesture => state.gesture;
export const selectSceneNode = (id: string) => (state: CanvasState): SceneNode | undefined => state.scene.nodes.get(id);
/** How far a drag has carried the node; the same number for all nodes that go along, so nothing else is drawn again. */
export const selectDragX = (id: string) => (state: CanvasState): number => (state.gesture.kind === 'dragging' && state.gesture.moving.has(id) ? state.gesture.to.x - state.gesture.from.x : 0);
export const selectDragY = (id: string) => (state: CanvasState): number => (state.gesture.kind === 'dragging' && state.gesture.moving.has(id) ? state.gesture.to.y - state.gesture.from.y : 0);
export const selectIsDragged = (id: string) => (state: CanvasState): boolean => state.gesture.kind === 'dragging' && state.gesture.moving.has(id);
/** Whether a drag or a wire that is drawn would land here. */
export const selectIsTarget = (id: string) => (state: CanvasState): 'yes' | 'refused' | 'no' => {
  const { gesture } = state;
  if (gesture.kind === 'connecting' && gesture.over === id) return gesture.refusal === undefined ? 'yes' : 'refused';
  if (gesture.kind === 'dropping' && gesture.drop.parent === id) return gesture.refusal === undefined ? 'yes' : 'refused';
  if (gesture.kind === 'dragging' && gesture.drop?.parent === id && gesture.drop.isNew) return gesture.refusal === undefined ? 'yes' : 'refused';
  return 'no';
};
/** Whether a guard is held over the wire. */
export const selectIsGuarded = (key: string) => ({ gesture }: CanvasState): boolean => gesture.kind === 'guarding' && gesture.wire?.key === key;
/** While a wire is drawn: ports that fit are large, all others pale. */
export const selectPortRole = (id: string) => (state: CanvasState): string => {
  const { gesture } = state;
  if (gesture.kind !== 'connecting') return '';
  return id === gesture.from ? `from ${gesture.port ?? ''}` : `to ${gesture.protocol ?? '*'}`;
};
