/** Keeps what is painted in step with hover, selection, design and the chosen paint. */
import { useEffect, useMemo } from 'react';
import { selectDesign, useDocument } from '../../stores/document';
import { selectHovered, selectPrimary, useSelection } from '../../stores/selection';
import { useViewport } from '../../stores/viewport';
import { useCanvas } from '../canvas-store';
import { chooseExit, paintHosts, paintScope, paintStorm, tellExit, type Told } from './paint-scope';
import { NO_SCOPE, useScope, type Scope } from './scope-store';

/** The exit that is told now; nothing while a gesture is under way. */
export function useToldExit(): Told | undefined {
  const design = useDocument(selectDesign);
  const paint = useViewport((state) => state.paint);
  const hovered = useSelection(selectHovered);
  const selected = useSelection(selectPrimary);
  const isStill = useCanvas((state) => state.gesture.kind === 'idle' || state.gesture.kind === 'pointing');
  const exited = isStill && (paint === 'scope' || paint === 'storm') ? chooseExit(design, { hovered, selected }) : undefined;
  return useMemo(() => (exited === undefined ? undefined : tellExit(design, exited)), [design, exited]);
}

export function useRestartScope(): void {
  const design = useDocument(selectDesign);
  const paint = useViewport((state) => state.paint);
  const told = useToldExit();
  const scope = useMemo((): Scope => {
    if (paint === 'hosts') return paintHosts(design);
    if (!told) return NO_SCOPE;
    return paint === 'storm' ? paintStorm(told) : paintScope(told);
  }, [design, paint, told]);
  useEffect(() => useScope.setState({ ...scope, isHosts: paint === 'hosts' }), [scope, paint]);
}
