/** One wire: a ray in its protocol's hue, with a halo so that crossings read as over and under. */
import { memo, useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { hueOf } from '../../glyphs/protocol-hue';
import { useDocument } from '../../stores/document';
import { selectGuard, selectWire, useRun, type LiveRun } from '../../stores/run';
import { useSelection } from '../../stores/selection';
import { useViewport } from '../../stores/viewport';
import { selectDetail, selectDragX, selectDragY, selectIsGuarded, useCanvas } from '../canvas-store';
import { moveBox, type Point } from '../geometry';
import { roundedPath } from '../layout/route-wire';
import { findWay, type SceneWire } from '../layout/wire-ends';
import { problemsAtWire } from '../problems-at';
import { selectIsCastOnly, selectProtocols, useProtocols } from '../protocols-store';

/** Up to this rate messages are seen one by one. */
const DOTS_BELOW = 5;
const NO_PROBLEMS = [] as const;

const wireName = ({ wire: { from, to }, fallback }: SceneWire): string => `${fallback ? 'fallback' : 'wire'} ${from.node}.${from.port} to ${to}`;

/** Its points now: while an end is dragged, the plain way to where it is. */
export function useWirePoints(one: SceneWire): readonly Point[] {
  const { from, to, wire, lane } = one;
  const [fromX, fromY, toX, toY] = [useCanvas(selectDragX(from.id)), useCanvas(selectDragY(from.id)), useCanvas(selectDragX(to.id)), useCanvas(selectDragY(to.id))];
  return useMemo(() => {
    if (fromX === toX && fromY === toY) return fromX === 0 && fromY === 0 ? one.points : one.points.map(({ x, y }) => ({ x: x + fromX, y: y + fromY }));
    return findWay(wire, { ...from, box: moveBox(from.box, fromX, fromY) }, { ...to, box: moveBox(to.box, toX, toY) }, lane, []);
  }, [one, from, to, wire, lane, fromX, fromY, toX, toY]);
}

/** How often a second a fallback stands in, just now; of other wires nothing. */
export const selectFallbackRate = ({ fallback }: SceneWire) => (run: LiveRun): number => (fallback ? (selectGuard(fallback.owner.key, fallback.guard, 'fallback')(run)?.rate ?? 0) : 0);

export const WireMark = memo(function WireMark({ one }: { readonly one: SceneWire }) {
  const { wire } = one;
  const points = useWirePoints(one);
  const path = roundedPath(points);
  const isSelected = useSelection((state) => state.wires.includes(wire.key));
  const isPale = useViewport((state) => state.lens !== undefined && state.lens !== wire.protocol);
  const detail = useCanvas(selectDetail);
  const { colour, isDoubled } = hueOf(wire.protocol, useProtocols(selectProtocols));
  const isCast = useProtocols(selectIsCastOnly(wire.protocol));
  const isTarget = useCanvas(selectIsGuarded((one.fallback?.owner ?? wire).key));
  const problems = useDocument(useShallow((state) => one.fallback ? NO_PROBLEMS : problemsAtWire(state.open?.report, wire.index, `${wire.from.node}.${wire.from.port}`) ?? NO_PROBLEMS));
  const isUsed = useRun((run) => selectFallbackRate(one)(run) > 0);
  const end = points.at(-1)!;
  return (
    <g className={`wr${isSelected ? ' selected' : ''}${isPale ? ' pale' : ''}${problems.length > 0 ? ' bad' : ''}${one.fallback ? ' standby' : ''}${isUsed ? ' used' : ''}${isTarget ? ' target' : ''}`} data-wire={wire.key} role="group" aria-label={wireName(one)} tabIndex={-1} style={{ color: colour }}>
      <path className="wr-hit" d={path} />
      {(isSelected || detail !== 'title') && <path className="wr-halo" d={path} />}
      <path className="wr-line" d={path} />
      {isDoubled && <path className="wr-double" d={path} />}
      {isCast && detail === 'full' && <path className="wr-bar" d={`M${end.x - 11} ${end.y - 6}v12`} />}
      {detail !== 'full' && <path className="wr-head" d={`M${end.x - 6} ${end.y - 4}L${end.x} ${end.y}L${end.x - 6} ${end.y + 4}`} />}
      {one.join && points === one.points && <circle cx={one.join.x} cy={one.join.y} r="3.6" fill="currentColor" />}
      {!one.fallback && (isSelected || detail !== 'title') && <circle className="wr-end nopan" data-wire-end={wire.key} cx={end.x - 14} cy={end.y} r="5" />}
      <Traffic from={wire.from.node} to={wire.to} path={path} />
    </g>
  );
});

/** A dot for each message while they are few. A new count is a new element, so its way plays once. */
function Traffic({ from, to, path }: { readonly from: string; readonly to: string; readonly path: string }) {
  const wire = useRun(selectWire(from, to));
  if (!wire || wire.sent === 0 || wire.rate === 0 || wire.rate >= DOTS_BELOW) return null;
  return <circle key={wire.sent} className="wr-dot" r="3" style={{ offsetPath: `path("${path}")` }} />;
}
