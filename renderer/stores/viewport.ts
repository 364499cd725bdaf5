/** Which view, panels and tabs are shown. Kept for the next start, since a person arranges a window once. */
import { create } from 'zustand';
import type { ViewName } from '../../shared/design/edits/layout-edits';
import { readKept, writeKept } from './kept';

export type BottomTab = 'problems' | 'run' | 'tests' | 'timeline' | 'approvals';
export type ViewportState = {
  readonly view: ViewName;
  readonly bottom: BottomTab;
  readonly isBottomOpen: boolean;
  readonly isLeftOpen: boolean;
  readonly isInspectorOpen: boolean;
  /** A file in the editor: it takes the canvas's right half. */
  readonly editing: { readonly path: string; readonly line?: number; readonly asked: number } | undefined;
  /** What the bar above the canvas paints. */
  readonly paint: 'scope' | 'storm' | 'hosts' | 'none';
  /** Only this protocol's wires are bright. */
  readonly lens: string | undefined;
  readonly folded: ReadonlySet<string>;
  readonly zoom: number;
  /** How often it was asked that all be seen. */
  readonly fitAsked: number;
};

type Kept = Pick<ViewportState, 'view' | 'bottom' | 'isBottomOpen' | 'isLeftOpen' | 'isInspectorOpen'>;
const STANDARD: Kept = { view: 'tree', bottom: 'problems', isBottomOpen: true, isLeftOpen: true, isInspectorOpen: true };

export const useViewport = create<ViewportState>(() => ({ ...STANDARD, ...readKept<Kept>('viewport'), editing: undefined, paint: 'scope', lens: undefined, folded: new Set<string>(), zoom: 1, fitAsked: 0 }));
useViewport.subscribe(({ view, bottom, isBottomOpen, isLeftOpen, isInspectorOpen }) => writeKept('viewport', { view, bottom, isBottomOpen, isLeftOpen, isInspectorOpen } satisfies Kept));

export const showView = (view: ViewName): void => useViewport.setState({ view });
export const showBottom = (bottom: BottomTab): void => useViewport.setState({ bottom, isBottomOpen: true });
export const fitAll = (): void => useViewport.setState(({ fitAsked }) => ({ fitAsked: fitAsked + 1 }));
export const toggleBottom = (): void => useViewport.setState(({ isBottomOpen }) => ({ isBottomOpen: !isBottomOpen }));
export const toggleLeft = (): void => useViewport.setState(({ isLeftOpen }) => ({ isLeftOpen: !isLeftOpen }));
export const toggleInspector = (): void => useViewport.setState(({ isInspectorOpen }) => ({ isInspectorOpen: !isInspectorOpen }));
export const openEditor = (path: string, line?: number): void => useViewport.setState(({ editing }) => ({ editing: { path, ...(line === undefined ? {} : { line }), asked: (editing?.asked ?? 0) + 1 } }));
export const closeEditor = (): void => useViewport.setState({ editing: undefined });
export const setPaint = (paint: ViewportState['paint']): void => useViewport.setState({ paint });
export const setLens = (lens: string | undefined): void => useViewport.setState({ lens });

export function toggleFolded(id: string): void {
  const folded = new Set(useViewport.getState().folded);
  if (!folded.delete(id)) folded.add(id);
  useViewport.setState({ folded });
}
