/**
 * Shows all of a drawing when it is opened or the view changes, and goes on doing so while the canvas changes its size or a better layout
 * of the same design comes, until the person moves the view. From then on the view is theirs, until all is asked for again.
 */
import { useEffect, useMemo, useRef, type RefObject } from 'react';
import type { DesignView } from '../../shared/design/design-view';
import { useDocument } from '../stores/document';
import { useViewport } from '../stores/viewport';
import type { Scene } from './layout/scene';
import type { View } from './react-flow/surface';

type Fit = { readonly onReady: (view: View) => void; /** The person panned or zoomed with the pointer. */ readonly onMoved: () => void };
type Shown = { readonly view: string; readonly project: string | undefined; readonly design: DesignView };

export function useFit(frame: RefObject<HTMLDivElement | null>, canvas: RefObject<View | undefined>, scene: Scene): Fit {
  const project = useDocument((state) => state.open?.project);
  const asked = useViewport((state) => state.fitAsked);
  const isTheirs = useRef(false);
  const shown = useRef<Shown>(undefined);
  const lastAsked = useRef(asked);

  useEffect(() => {
    const before = shown.current;
    const isOther = before?.view !== scene.view || before.project !== project;
    if (isOther) shown.current = { view: scene.view, project, design: scene.design };
    else if (isTheirs.current || before.design !== scene.design) return undefined;
    // One frame later the canvas has its size.
    const next = requestAnimationFrame(() => canvas.current?.fit(undefined, before !== undefined && isOther));
    return () => cancelAnimationFrame(next);
  }, [scene, project, canvas]);

  useEffect(() => {
    if (!frame.current) return undefined;
    const watch = new ResizeObserver(() => {
      if (!isTheirs.current) canvas.current?.fit(undefined, false);
    });
    watch.observe(frame.current);
    return () => watch.disconnect();
  }, [frame, canvas]);

  useEffect(() => {
    if (lastAsked.current !== asked) canvas.current?.fit();
    lastAsked.current = asked;
  }, [asked, canvas]);

  return useMemo(() => ({
    onReady: (view) => {
      canvas.current = watchMoves(view, isTheirs);
    },
    onMoved: () => {
      isTheirs.current = true;
    },
  }), [canvas]);
}

/** Whatever shows less than all is the person's wish; to show all takes it back. */
function watchMoves(view: View, isTheirs: RefObject<boolean>): View {
  const theirs = <A extends readonly unknown[]>(move: (...given: A) => void) => (...given: A): void => {
    isTheirs.current = true;
    move(...given);
  };
  return {
    ...view, centre: theirs(view.centre), zoomBy: theirs(view.zoomBy), zoomTo: theirs(view.zoomTo), panBy: theirs(view.panBy),
    fit: (box, isGliding) => {
      isTheirs.current = box !== undefined;
      view.fit(box, isGliding);
    },
  };
}
