/** What is in sight at this moment. It changes at every move of the view, so few listen: the minimap, and titles far out by steps. */
import { create } from 'zustand';
import type { Box } from './geometry';

type Seen = { readonly box: Box; readonly zoom: number };

export const useSeen = create<Seen>(() => ({ box: { x: 0, y: 0, width: 0, height: 0 }, zoom: 1 }));
export const selectSeenBox = ({ box }: Seen): Box => box;

/** Steps of the zoom at which titles are placed anew, a doubling. */
const STEPS = 4;
/** The zoom, rounded down to a step: a title that has room there has room here. */
export const selectTitleZoom = ({ zoom }: Seen): number => 2 ** (Math.floor(Math.log2(zoom) * STEPS) / STEPS);
