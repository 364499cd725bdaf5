/** Keeps the scene in the canvas's store in step with design, places, folds and the automatic layout. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { placesOf, type Places } from '../../shared/design/edits/layout-edits';
import { selectDesign, selectDocument, useDocument } from '../stores/document';
import { useViewport } from '../stores/viewport';
import { sceneNow, useCanvas } from './canvas-store';
import { watchAutomaticLayout, type AutomaticLayout } from './layout/automatic-layout';
import { flowScene, flowTree, quickPlaces } from './layout/flow-scene';
import type { Scene } from './layout/scene';
import { treeScene } from './layout/tree-scene';
import { sceneWires, type SceneWire } from './layout/wire-ends';
import { readProtocols, setProtocols } from './protocols-store';

const NO_PLACES: Places = {};
const layoutFileOf = (document: { readonly files: Readonly<Record<string, unknown>> }): unknown => document.files['layout.json'];

export function useScene(): { readonly scene: Scene; readonly wires: readonly SceneWire[] } {
  const design = useDocument(selectDesign);
  const layoutFile = useDocument((state) => (state.open ? layoutFileOf(state.open.document) : undefined));
  const view = useViewport((state) => state.view);
  const folded = useViewport((state) => state.folded);
  // Read anew only when its file has changed.
  const places = useMemo(() => (layoutFile === undefined ? NO_PLACES : placesOf(selectDocument(useDocument.getState()), view)), [layoutFile, view]);
  const better = useAutomaticLayout(view === 'flow');
  const quick = useMemo(() => (view === 'flow' ? quickPlaces(design, flowTree(design, folded)) : NO_PLACES), [view, design, folded]);
  const known = better?.design === design && better.folded === folded ? better : undefined;
  const scene = useMemo(
    () => (view === 'tree' ? treeScene(design, { places, folded }, sceneNow()) : flowScene(design, { places, folded, automatic: known?.places ?? quick }, sceneNow())),
    [view, design, places, folded, known, quick],
  );
  const drawn = useRef<readonly SceneWire[]>([]);
  const wires = useMemo(() => sceneWires(scene, known?.routes, drawn.current), [scene, known]);
  useEffect(() => setProtocols(readProtocols(design, selectDocument(useDocument.getState()))), [design]);
  // Before the canvas is painted: what listens to the store is drawn with the same scene.
  useLayoutEffect(() => {
    drawn.current = wires;
    useCanvas.setState({ scene });
  }, [scene, wires]);
  return { scene, wires };
}

/** The better layout of the Flow, once it has come. */
function useAutomaticLayout(isWanted: boolean): AutomaticLayout | undefined {
  const design = useDocument(selectDesign);
  const folded = useViewport((state) => state.folded);
  const [layout, setLayout] = useState<AutomaticLayout>();
  useEffect(() => (isWanted ? watchAutomaticLayout(design, folded, setLayout) : undefined), [isWanted, design, folded]);
  return layout;
}
