/**
 * Gestures on the drawing as a small state machine. Each begins with the pointer going down, follows it, and ends in at most one edit.
 * Pure: where things stand and what the design is come in, what to do goes out.
 */
import { refuseMove } from '../../../shared/design/edits/node-edits';
import { refuseWire, type Answers } from '../../../shared/design/edits/wire-edits';
import { listSubtree, listTopsOf, type WireView } from '../../../shared/design/design-view';
import { boxBetween, isInside, overlaps, type Box, type Point } from '../geometry';
import type { Scene } from '../layout/scene';
import { dropInTree, type TreeDrop } from './tree-drop';

/** What the pointer went down on. */
export type GestureTarget =
  | { readonly kind: 'node'; readonly id: string }
  /** A port: a wire is drawn from it, or (a provider's) to it. */
  | { readonly kind: 'port'; readonly id: string; readonly port: string }
  /** The rim of a node: a wire from the node itself. */
  | { readonly kind: 'rim'; readonly id: string }
  /** The end of a wire at its provider, to be put on another. */
  | { readonly kind: 'wire end'; readonly key: string; readonly id: string; readonly port: string }
  | { readonly kind: 'canvas' };

/** Where dragged nodes would land. */
export type Drop = TreeDrop & { /** Another supervisor than now. */ readonly isNew: boolean };

export type Gesture =
  | { readonly kind: 'idle' }
  | { readonly kind: 'pointing'; readonly target: GestureTarget; readonly from: Point; readonly isAdding: boolean; readonly selected: readonly string[] }
  | { readonly kind: 'dragging'; readonly lead: string; readonly tops: readonly string[]; readonly moving: ReadonlySet<string>; readonly from: Point; readonly to: Point; readonly drop?: Drop; readonly refusal?: string }
  | { readonly kind: 'connecting'; readonly from: string; readonly port?: string; readonly wire?: string; readonly protocol?: string; readonly at: Point; readonly over?: string; readonly refusal?: string }
  /** Something of the palette is held over the drawing. */
  | { readonly kind: 'dropping'; readonly at: Point; readonly drop: TreeDrop; readonly refusal?: string }
  /** A guard of the palette is held over the drawing, and where there is a wire, over that. */
  | { readonly kind: 'guarding'; readonly at: Point; readonly wire?: WireView }
  | { readonly kind: 'marquee'; readonly from: Point; readonly to: Point; readonly before: readonly string[] };

export const IDLE: Gesture = { kind: 'idle' };
/** A hand trembles by this much, px on the screen. */
const SLOP = 4;

export function beginGesture(target: GestureTarget, at: Point, options: { readonly isAdding: boolean; readonly selected: readonly string[] }): Gesture {
  return { kind: 'pointing', target, from: at, ...options };
}

/** `zoom` turns the slop into pixels of the drawing; `answers`: which providers do for a port, where protocols extend others. */
export function moveGesture(gesture: Gesture, at: Point, scene: Scene, zoom: number, answers?: Answers): Gesture {
  switch (gesture.kind) {
    case 'idle':
    case 'dropping':
    case 'guarding':
      return gesture;
    case 'pointing':
      return Math.hypot(at.x - gesture.from.x, at.y - gesture.from.y) * zoom < SLOP ? gesture : leavePointing(gesture, at, scene, answers);
    case 'dragging':
      return aimDrag({ ...gesture, to: at }, scene);
    case 'connecting':
      return aimWire({ ...gesture, at }, scene, answers);
    case 'marquee':
      return { ...gesture, to: at };
  }
}

function leavePointing(gesture: Extract<Gesture, { kind: 'pointing' }>, at: Point, scene: Scene, answers?: Answers): Gesture {
  const { target } = gesture;
  switch (target.kind) {
    case 'canvas':
      return { kind: 'marquee', from: gesture.from, to: at, before: gesture.isAdding ? gesture.selected : [] };
    case 'node': {
      const dragged = gesture.selected.includes(target.id) ? gesture.selected : [target.id];
      const tops = topmost(scene, dragged);
      if (tops.length === 0) return IDLE;
      return aimDrag({ kind: 'dragging', lead: target.id, tops, moving: new Set(tops.flatMap((id) => listSubtree(scene.design, id))), from: gesture.from, to: at }, scene);
    }
    case 'port':
    case 'rim':
    case 'wire end': {
      const port = target.kind === 'rim' ? undefined : target.port;
      const protocol = port === undefined ? undefined : scene.design.nodes.get(target.id)?.requires.find((one) => one.port === port)?.protocol;
      return aimWire({ kind: 'connecting', from: target.id, at, ...(port === undefined ? {} : { port }), ...(protocol === undefined ? {} : { protocol }), ...(target.kind === 'wire end' ? { wire: target.key } : {}) }, scene, answers);
    }
  }
}

/** Without those that hang below another one of them: these go along anyway. The root stays where it is in the Tree. */
export const topmost = (scene: Scene, ids: readonly string[]): readonly string[] => listTopsOf(scene.design, ids.filter((id) => scene.nodes.has(id) && id !== scene.design.root));

function aimDrag(gesture: Extract<Gesture, { kind: 'dragging' }>, scene: Scene): Gesture {
  const { drop: _, refusal: __, ...rest } = gesture;
  const found = scene.view === 'tree' ? dropInTree(scene, gesture.moving, gesture.to) : dropInFlow(scene, gesture.moving, gesture.to);
  if (!found) return rest;
  const refusal = gesture.tops.map((id) => refuseMove(scene.design, id, found.parent)).find((why) => why !== undefined);
  const isNew = gesture.tops.some((id) => scene.design.nodes.get(id)?.parent !== found.parent);
  return { ...rest, drop: { ...found, isNew }, ...(refusal === undefined ? {} : { refusal }) };
}

/** The innermost region under the pointer, or the root for the open canvas. */
export function dropInFlow(scene: Scene, moving: ReadonlySet<string>, at: Point): TreeDrop | undefined {
  let parent = scene.design.root;
  let depth = -1;
  for (const one of scene.nodes.values()) {
    if (one.shape !== 'region' || moving.has(one.id) || one.depth <= depth || !isInside(at, one.box)) continue;
    parent = one.id;
    depth = one.depth;
  }
  return scene.design.nodes.has(parent) ? { parent } : undefined;
}

function aimWire(gesture: Extract<Gesture, { kind: 'connecting' }>, scene: Scene, answers?: Answers): Gesture {
  const { over: _, refusal: __, ...rest } = gesture;
  const over = nodeAt(scene, gesture.at, WIRE_REACH);
  if (over === undefined || over === gesture.from) return rest;
  const refusal = refuseWire(scene.design, { from: gesture.from, to: over, ...(gesture.port === undefined ? {} : { port: gesture.port }) }, answers);
  return { ...rest, over, ...(refusal === undefined ? {} : { refusal }) };
}

/** A wire that ends this close to a node means the node, px. */
const WIRE_REACH = 12;

/** The node that is drawn on top at a point; regions only by what they hold. */
export function nodeAt(scene: Scene, at: Point, margin = 0): string | undefined {
  let found: string | undefined;
  for (const one of scene.nodes.values()) if (one.shape !== 'region' && isInside(at, one.box, margin)) found = one.id;
  if (found !== undefined) return found;
  for (const one of scene.nodes.values()) if (one.shape === 'region' && isInside(at, one.box)) found = one.id;
  return found;
}

/** Nodes that a marquee holds: regions only as a whole. */
export function nodesInMarquee(scene: Scene, { from, to, before }: Extract<Gesture, { kind: 'marquee' }>): readonly string[] {
  const frame = boxBetween(from, to);
  const inside = [...scene.nodes.values()].filter(({ box, shape }) => (shape === 'region' ? holds(frame, box) : overlaps(frame, box))).map(({ id }) => id);
  return [...new Set([...before, ...inside])];
}

const holds = (outer: Box, inner: Box): boolean => inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.width <= outer.x + outer.width && inner.y + inner.height <= outer.y + outer.height;
