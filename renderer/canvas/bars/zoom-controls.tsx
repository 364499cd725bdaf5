import { Maximize, Minus, Plus } from 'lucide-react';
import type { RefObject } from 'react';
import { useViewport } from '../../stores/viewport';
import type { View } from '../react-flow/surface';

/** Zoom out, in, and fit: the percent is the button that shows all. */
export function ZoomControls({ canvas }: { readonly canvas: RefObject<View | undefined> }) {
  const zoom = useViewport((state) => state.zoom);
  return (
    <>
      <button type="button" className="pr" aria-label="Zoom out" title="Zoom out (-)" onClick={() => canvas.current?.zoomBy(0.8)}><Minus size={13} aria-hidden="true" /></button>
      <button type="button" className="pr" aria-label="Fit" title="Show all (F)" onClick={() => canvas.current?.fit()}><Maximize size={13} aria-hidden="true" />{Math.round(zoom * 100)} %</button>
      <button type="button" className="pr" aria-label="Zoom in" title="Zoom in (+)" onClick={() => canvas.current?.zoomBy(1.25)}><Plus size={13} aria-hidden="true" /></button>
    </>
  );
}
