/** What follows from how far the view is zoomed: level of detail, size of text, what is in sight. */
import { useCallback, type RefObject } from 'react';
import { useViewport } from '../stores/viewport';
import { detailAt, useCanvas } from './canvas-store';
import type { View } from './react-flow/surface';

/** Text keeps its size on the screen: nodes read how much larger they have to write. In steps, so that a wheel does not restyle all of them at each notch. */
const STEP = 16;

export function useZoom(frame: RefObject<HTMLDivElement | null>, canvas: RefObject<View | undefined>): (zoom: number, isSettled: boolean) => void {
  return useCallback((zoom: number, isSettled: boolean) => {
    const detail = detailAt(zoom);
    if (useCanvas.getState().detail !== detail) useCanvas.setState({ detail });
    const larger = detail === 'full' ? 1 : Math.round((1 / zoom) * STEP) / STEP;
    frame.current?.style.setProperty('--larger', String(larger));
    if (canvas.current) updateSight(canvas.current);
    if (isSettled && useViewport.getState().zoom !== zoom) useViewport.setState({ zoom });
  }, [frame, canvas]);
}

function updateSight(view: View): void {
  const seen = view.sight();
  const { sight } = useCanvas.getState();
  const isInside = seen.x >= sight.x && seen.y >= sight.y && seen.x + seen.width <= sight.x + sight.width && seen.y + seen.height <= sight.y + sight.height;
  if (isInside && sight.width < seen.width * 4) return;
  useCanvas.setState({ sight: { x: seen.x - seen.width / 2, y: seen.y - seen.height / 2, width: seen.width * 2, height: seen.height * 2 } });
}
