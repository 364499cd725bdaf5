/** What follows from how far the view is zoomed: level of detail, size of text, what is in sight. */
import { useCallback, useLayoutEffect, useState, type RefObject } from 'react';
import { useViewport } from '../stores/viewport';
import { detailAt, sceneNow, useCanvas } from './canvas-store';
import { overlaps, type Box } from './geometry';
import { coveredRegions } from './layout/covered-regions';
import type { Scene } from './layout/scene';
import { fitScene, type FirstView, type View } from './react-flow/surface';
import { useSeen } from './seen-store';

/**
 * Text keeps its size on the screen: nodes read how much larger they have to write. In steps of a twelfth of a doubling, so that a pinch
 * does not restyle all of them at each move.
 */
const STEPS = 12;

/** Around what is in sight, a share of it: wires are drawn as far. */
const RIM = 0.25;

export function useZoom(frame: RefObject<HTMLDivElement | null>, canvas: RefObject<View | undefined>): (zoom: number, isSettled: boolean) => void {
  return useCallback((zoom: number, isSettled: boolean) => {
    applyZoom(frame.current, zoom, canvas.current?.sight());
    if (isSettled && useViewport.getState().zoom !== zoom) useViewport.setState({ zoom });
  }, [frame, canvas]);
}

/**
 * The first drawing is at its size and level of detail already: nothing is drawn large to be thrown away. `undefined` until there is a frame,
 * and until another drawing (`key`) has been measured.
 */
export function useFirstView(frame: RefObject<HTMLDivElement | null>, key: string): FirstView | undefined {
  const [first, setFirst] = useState<{ readonly key: string; readonly view: FirstView }>();
  useLayoutEffect(() => {
    if (!frame.current) return;
    const { width, height } = frame.current.getBoundingClientRect();
    const viewport = fitScene(sceneNow(), { width, height });
    const { x, y, zoom } = viewport;
    applyZoom(frame.current, zoom, { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom });
    // It is drawn once the frame has been measured, still before anything is painted.
    setFirst({ key, view: { width, height, viewport } });
  }, [frame, key]);
  return first?.key === key ? first.view : undefined;
}

function applyZoom(frame: HTMLDivElement | null, zoom: number, seen: Box | undefined): void {
  const { scene, detail: before } = useCanvas.getState();
  const detail = detailAt(zoom, before, () => (seen ? countIn(scene, seen) : scene.nodes.size));
  if (before !== detail) useCanvas.setState({ detail });
  const larger = detail === 'full' ? 1 : 2 ** (Math.round(Math.log2(1 / zoom) * STEPS) / STEPS);
  frame?.style.setProperty('--larger', String(larger));
  if (seen) updateSight(seen, zoom);
}

function countIn(scene: Scene, seen: Box): number {
  let count = -coveredRegions(scene, seen).size;
  for (const { box } of scene.nodes.values()) if (overlaps(box, seen)) count += 1;
  return count;
}

function updateSight(seen: Box, zoom: number): void {
  useSeen.setState({ box: seen, zoom });
  const { sight } = useCanvas.getState();
  const isInside = seen.x >= sight.x && seen.y >= sight.y && seen.x + seen.width <= sight.x + sight.width && seen.y + seen.height <= sight.y + sight.height;
  if (isInside && sight.width < seen.width * 3) return;
  useCanvas.setState({ sight: { x: seen.x - seen.width * RIM, y: seen.y - seen.height * RIM, width: seen.width * (1 + 2 * RIM), height: seen.height * (1 + 2 * RIM) } });
}
