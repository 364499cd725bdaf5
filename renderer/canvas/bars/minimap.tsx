/** The whole Flow, small: where the view stands in it, and where something has gone wrong. A press or a drag moves the view there. */
import { memo, useMemo, useRef, type PointerEvent as ReactPointerEvent, type RefObject } from 'react';
import { selectScene, useCanvas } from '../canvas-store';
import { farParts } from '../far/far-scene';
import { boundsOf, type Box, type Point } from '../geometry';
import type { View } from '../react-flow/surface';
import { selectSeenBox, useSeen } from '../seen-store';
import { useStatusOf } from '../use-node-status';

const SIZE = { width: 150, height: 60 } as const;
/** Around all nodes, a share of their size. */
const RIM = 0.06;

export function Minimap({ canvas }: { readonly canvas: RefObject<View | undefined> }) {
  const nodes = useCanvas((state) => selectScene(state).nodes);
  const shown = useMemo(() => grow(boundsOf([...nodes.values()].map(({ box }) => box)) ?? { x: 0, y: 0, ...SIZE }), [nodes]);
  const frame = useRef<SVGSVGElement>(null);
  const go = ({ clientX, clientY }: ReactPointerEvent): void => {
    const matrix = frame.current?.getScreenCTM();
    if (matrix) canvas.current?.centre(toPoint(new DOMPoint(clientX, clientY).matrixTransform(matrix.inverse())), false);
  };
  const onPointerDown = (event: ReactPointerEvent): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    go(event);
  };
  return (
    <div
      className="minimap" role="img" aria-label="Minimap"
      onPointerDown={onPointerDown} onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && go(event)} onWheel={({ deltaY }) => canvas.current?.zoomBy(deltaY > 0 ? 0.8 : 1.25)}
    >
      <svg ref={frame} aria-hidden="true" {...SIZE} viewBox={`${shown.x} ${shown.y} ${shown.width} ${shown.height}`}><Blocks /></svg>
      <Sight shown={shown} />
    </div>
  );
}

const toPoint = ({ x, y }: DOMPoint): Point => ({ x, y });

/** With the rim, and as wide as the frame: what lies beside the drawing is masked too. */
function grow({ x, y, width, height }: Box): Box {
  const scale = Math.max((width * (1 + 2 * RIM)) / SIZE.width, (height * (1 + 2 * RIM)) / SIZE.height);
  const [wide, high] = [SIZE.width * scale, SIZE.height * scale];
  return { x: x + width / 2 - wide / 2, y: y + height / 2 - high / 2, width: wide, height: high };
}

const Blocks = memo(function Blocks() {
  const nodes = useCanvas((state) => selectScene(state).nodes);
  const statusOf = useStatusOf();
  const { regions, isolated, blocks } = useMemo(() => farParts(nodes.values(), statusOf), [nodes, statusOf]);
  return (
    <>
      <path className="mini-region" d={regions + isolated} />
      {blocks.map(({ status, path }) => <path key={status} className={`mini-block is-${status.replace(' ', '-')}`} d={path} />)}
    </>
  );
});

/** Beyond the frame its edges cannot be told apart, px. */
const OUTSIDE = 8;

function Sight({ shown }: { readonly shown: Box }) {
  const { x, y, width, height } = useSeen(selectSeenBox);
  const scale = SIZE.width / shown.width;
  const within = (value: number, size: number): number => Math.max(-OUTSIDE, Math.min(size + OUTSIDE, value * scale));
  const [left, top] = [within(x - shown.x, SIZE.width), within(y - shown.y, SIZE.height)];
  const [right, bottom] = [within(x + width - shown.x, SIZE.width), within(y + height - shown.y, SIZE.height)];
  return <div className="mini-sight" style={{ width: right - left, height: bottom - top, transform: `translate(${left}px, ${top}px)` }} />;
}
