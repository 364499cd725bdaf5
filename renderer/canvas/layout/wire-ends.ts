/** All wires of a Flow as they are drawn: their ends at the ports, a way around what stands between, dots where they join. */
import type { WireView } from '../../../shared/design/design-view';
import { listFallbackWires, type FallbackWire } from '../../../shared/design/fallback-wires';
import { overlaps, type Box, type Point } from '../geometry';
import { drawnHolder } from './flow-scene';
import { portAt, requiredRow } from './node-size';
import { LANE, partWays, routeWire } from './route-wire';
import type { Scene, SceneNode } from './scene';

export type SceneWire = {
  readonly wire: WireView;
  /** Drawn nodes at its ends: the nodes themselves, or the folded supervisors that hide them. */
  readonly from: SceneNode;
  readonly to: SceneNode;
  readonly lane: number;
  readonly points: readonly Point[];
  /** Where it runs into another wire to the same port, or leaves the one that it stands in for. */
  readonly join?: Point;
  /** It is the wire of a fallback: whose, and the place of the guard there. */
  readonly fallback?: { readonly owner: WireView; readonly guard: number };
};

/** Ways that the better layout has found; they hold as long as both ends stand where it put them. */
export type KnownRoutes = ReadonlyMap<string, { readonly points: readonly Point[]; readonly from: Point; readonly to: Point }>;

/** Beyond this many nodes no way around is looked for: the quick layout has to stay quick. */
const MOST_CLEARED = 400;

/** `previous` lends the wires that are drawn as before, so that nothing of them is drawn again. */
export function sceneWires(scene: Scene, known?: KnownRoutes, previous: readonly SceneWire[] = []): readonly SceneWire[] {
  if (scene.view !== 'flow') return [];
  const obstacles = scene.nodes.size <= MOST_CLEARED ? [...scene.nodes.values()].filter(({ shape }) => shape !== 'region') : [];
  const lanes = countLanes(scene);
  const wires = scene.design.wires.flatMap((wire): readonly SceneWire[] => {
    const [from, to] = [wire.from.node, wire.to].map((id) => scene.nodes.get(drawnHolder(scene.design, scene.nodes, id)));
    if (!from || !to || (from === to && wire.from.node !== wire.to)) return [];
    const lane = lanes.get(wire.key) ?? 0;
    const route = known?.get(wire.key);
    const points = route && isAt(from.box, route.from) && isAt(to.box, route.to) ? route.points : findWay(wire, from, to, lane, obstacles);
    return [{ wire, from, to, lane, points }];
  });
  const listed = listFallbackWires(scene.design);
  const mains = listed.length === 0 ? undefined : new Map(wires.map((one) => [one.wire, one]));
  const fallbacks = listed.flatMap((fallback) => drawFallback(fallback, scene, mains?.get(fallback.owner), obstacles, known));
  return lendWires([...withJoins(wires), ...fallbacks], previous);
}

/** It leaves its wire where their ways part, so that the stretch that they share is drawn once. */
function drawFallback({ wire, owner, guard }: FallbackWire, scene: Scene, main: SceneWire | undefined, obstacles: readonly SceneNode[], known: KnownRoutes | undefined): readonly SceneWire[] {
  const to = scene.nodes.get(drawnHolder(scene.design, scene.nodes, wire.to));
  if (!main || !to || to === main.from) return [];
  const { from, lane } = main;
  const route = known?.get(wire.key);
  const way = route && isAt(from.box, route.from) && isAt(to.box, route.to) ? route.points : findWay(wire, from, to, lane, obstacles);
  const { fork, points } = partWays(main.points, way);
  return [{ wire, from, to, lane, points, fallback: { owner, guard }, ...(fork ? { join: fork } : {}) }];
}

function lendWires(wires: readonly SceneWire[], previous: readonly SceneWire[]): readonly SceneWire[] {
  const before = new Map(previous.map((one) => [one.wire.key, one]));
  const lent = wires.map((one) => {
    const known = before.get(one.wire.key);
    return known && isDrawnAlike(known, one) ? known : one;
  });
  return lent.length === previous.length && lent.every((one, index) => one === previous[index]) ? previous : lent;
}

function isDrawnAlike(a: SceneWire, b: SceneWire): boolean {
  if (a.wire !== b.wire || a.from !== b.from || a.to !== b.to || a.lane !== b.lane || !isSamePoint(a.join, b.join)) return false;
  return a.points === b.points || (a.points.length === b.points.length && a.points.every((point, index) => isSamePoint(point, b.points[index])));
}

const isSamePoint = (a: Point | undefined, b: Point | undefined): boolean => a?.x === b?.x && a?.y === b?.y;

const isAt = (box: Box, at: Point): boolean => Math.abs(box.x - at.x) < 0.6 && Math.abs(box.y - at.y) < 0.6;

export function wireStart(wire: WireView, from: SceneNode): Point {
  const row = from.id === wire.from.node ? requiredRow(from.node, wire.from.port) : -1;
  return endAt(from, 'requires', row);
}
export function wireEnd(wire: WireView, to: SceneNode): Point {
  const row = to.id === wire.to && wire.protocol !== undefined ? to.node.provides.indexOf(wire.protocol) : -1;
  return endAt(to, 'provides', row);
}

function endAt({ box, shape }: SceneNode, side: 'provides' | 'requires', row: number): Point {
  if (row < 0 || shape !== 'node') return { x: side === 'requires' ? box.x + box.width : box.x, y: box.y + (shape === 'region' ? 19 : box.height / 2) };
  const at = portAt(side, row, box.width);
  return { x: box.x + at.x, y: box.y + at.y };
}

/** More wires of one node than this share the last lane: it would turn far from where it leaves. */
const MOST_LANES = 31;

/** Wires of one node turn in lanes: upper ports first where they go up, last where they go down, so that they do not cross. */
function countLanes(scene: Scene): ReadonlyMap<string, number> {
  const lanes = new Map<string, number>();
  for (const wire of scene.design.wires) {
    const [from, to] = [scene.nodes.get(wire.from.node), scene.nodes.get(wire.to)];
    if (!from || !to) continue;
    const row = Math.min(MOST_LANES, Math.max(0, requiredRow(from.node, wire.from.port)));
    const isDown = wireEnd(wire, to).y > wireStart(wire, from).y;
    lanes.set(wire.key, isDown ? Math.min(MOST_LANES, from.node.requires.length - 1) - row : row);
  }
  return lanes;
}

/** The plain way, or one that goes clear of the nodes between. */
export function findWay(wire: WireView, from: SceneNode, to: SceneNode, lane: number, obstacles: readonly SceneNode[]): readonly Point[] {
  const [start, end] = [wireStart(wire, from), wireEnd(wire, to)];
  const clearY = Math.max(from.box.y + from.box.height, to.box.y + to.box.height);
  const plain = routeWire(start, end, end.x < start.x + 32 ? { lane, clearY } : { lane });
  const others = obstacles.filter((one) => one !== from && one !== to);
  if (others.length === 0 || isClear(plain, others)) return plain;
  for (const way of otherWays(start, end, lane, others)) if (isClear(way, others)) return way;
  return plain;
}

const CLEAR = 6;

function isClear(points: readonly Point[], obstacles: readonly SceneNode[]): boolean {
  for (let index = 1; index < points.length; index += 1) {
    const [a, b] = [points[index - 1]!, points[index]!];
    const leg = { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
    if (obstacles.some(({ box }) => overlaps(leg, box, CLEAR))) return false;
  }
  return true;
}

/** Turning close to the provider, then through each level channel above or below what is in the way, the nearest first. */
function* otherWays(start: Point, end: Point, lane: number, obstacles: readonly SceneNode[]): Generator<readonly Point[]> {
  const [outX, inX] = [start.x + 16 + lane * LANE, end.x - 16 - lane * LANE];
  if (inX > start.x) yield [start, { x: inX, y: start.y }, { x: inX, y: end.y }, end];
  const [left, right] = [Math.min(outX, inX), Math.max(outX, inX)];
  const between = obstacles.filter(({ box }) => box.x < right + CLEAR && box.x + box.width > left - CLEAR);
  const levels = between.flatMap(({ box }) => [box.y - 12 - lane * LANE, box.y + box.height + 12 + lane * LANE]);
  const detour = (y: number): number => Math.abs(y - start.y) + Math.abs(y - end.y);
  for (const y of levels.toSorted((a, b) => detour(a) - detour(b)).slice(0, 24)) yield [start, { x: outX, y: start.y }, { x: outX, y }, { x: inX, y }, { x: inX, y: end.y }, end];
}

/** Of wires to one port that run into its last stretch, all but the longest show a dot where they do. */
function withJoins(wires: readonly SceneWire[]): readonly SceneWire[] {
  const groups = new Map<string, SceneWire[]>();
  for (const one of wires) {
    const key = `${one.to.id} ${one.wire.protocol ?? ''}`;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  const joins = new Map<SceneWire, Point>();
  for (const group of groups.values()) {
    if (group.length < 2) continue;
    const turns = group.map((one) => one.points.at(-2)!);
    const least = turns.reduce((left, { x }) => Math.min(left, x), Infinity);
    group.forEach((one, index) => {
      const turn = turns[index]!;
      if (turn.x > least + 1 && one.points.length > 2) joins.set(one, turn);
    });
  }
  return joins.size === 0 ? wires : wires.map((one) => (joins.has(one) ? { ...one, join: joins.get(one)! } : one));
}
