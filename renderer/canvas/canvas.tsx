/** The drawing of the open design: Tree or Flow, with the bar above it. */
import { useEffect, useMemo, useRef } from 'react';
import { selectDesign, useDocument } from '../stores/document';
import { useSelection } from '../stores/selection';
import { useSimulation } from '../stores/simulation';
import { useSettings } from '../stores/settings';
import { useViewport } from '../stores/viewport';
import { Minimap } from './bars/minimap';
import { PaintBar } from './bars/paint-bar';
import { SpectrumBar } from './bars/spectrum-bar';
import { sceneNow, selectGesture, selectSight, useCanvas } from './canvas-store';
import { CanvasDefs } from './defs';
import { FarLayer } from './far/far-layer';
import { livelyNodes } from './far/far-scene';
import { GestureMarks } from './gestures/gesture-marks';
import { useDrop } from './gestures/use-drop';
import { nodeUnder, useGestures } from './gestures/use-gestures';
import { focusNode, useKeys } from './gestures/use-keys';
import { coveredRegions } from './layout/covered-regions';
import type { Scene } from './layout/scene';
import { NodeMenu } from './node-menu';
import { FlowNode } from './nodes/flow-node';
import { Region } from './nodes/region';
import { SupervisorCard, TreeLeaf } from './nodes/tree-nodes';
import { openNode } from './open-handler';
import { Surface, type View } from './react-flow/surface';
import { ScopeStrip } from './scope/scope-strip';
import { useRestartScope } from './scope/use-restart-scope';
import { useFit } from './use-fit';
import { MOST_GLIDING, useGlide } from './use-glide';
import { useScene } from './use-scene';
import { useFirstView, useZoom } from './use-zoom';
import { WireLayer } from './wires/wire-layer';

const SHAPES = { leaf: TreeLeaf, card: SupervisorCard, node: FlowNode, region: Region } as const;

export function Canvas() {
  const isEmpty = useDocument((state) => selectDesign(state).nodes.size <= 1 && selectDesign(state).order.every((id) => selectDesign(state).nodes.get(id)?.kind === 'supervisor'));
  const view = useViewport((state) => state.view);
  const hasSpectrum = useSettings((state) => state.hasSpectrum);
  const canvas = useRef<View | undefined>(undefined);
  return (
    <section id="canvas" aria-label="Canvas" className="canvas">
      {hasSpectrum && (view === 'flow' ? <SpectrumBar canvas={canvas} /> : <PaintBar canvas={canvas} />)}
      <Drawing canvas={canvas} isEmpty={isEmpty} />
    </section>
  );
}

function Drawing({ canvas, isEmpty }: { readonly canvas: React.RefObject<View | undefined>; readonly isEmpty: boolean }) {
  const { scene, wires } = useScene();
  const isSimulated = useSimulation((state) => state.status === 'open');
  const frame = useRef<HTMLDivElement>(null);
  const isGliding = useGlide(scene);
  const kept = useCanvas((state) => (state.gesture.kind === 'dragging' ? state.gesture.moving : undefined));
  const gesture = useCanvas((state) => selectGesture(state).kind);
  const detail = useCanvas((state) => state.detail);
  const lively = useLively();
  const covered = useCovered(scene);
  useRestartScope();
  const onZoom = useZoom(frame, canvas);
  // Where nothing glides from view to view, the other view is another drawing: it begins as a whole, and passes through nothing between.
  const key = scene.nodes.size > MOST_GLIDING ? scene.view : '';
  const first = useFirstView(frame, key);
  const { onReady, onMoved } = useFit(frame, canvas, scene);
  useWantedFocus(canvas);
  const gestures = useGestures(canvas);
  const drop = useDrop(canvas);
  const onKeyDown = useKeys(canvas);
  const className = ['cv', `detail-${detail}`, isGliding ? 'gliding' : '', gesture === 'connecting' || gesture === 'guarding' ? gesture : '', isSimulated ? 'simulated' : ''].filter(Boolean).join(' ');
  return (
    <NodeMenu>
      <div
        ref={frame} className={className} data-view={scene.view} {...gestures} {...drop} onKeyDown={onKeyDown} tabIndex={0} aria-label="Drawing" role="group"
        onFocus={(event) => event.target === event.currentTarget && enter(canvas.current)} onDoubleClick={(event) => openAt(event)}
      >
        <CanvasDefs />
        {first && <Surface key={key} scene={scene} first={first} shapes={SHAPES} only={lively} covered={covered} kept={kept} isSimulated={isSimulated} onZoom={onZoom} onMoved={onMoved} onReady={onReady}>
          {lively && <FarLayer lively={lively} />}
          <WireLayer wires={wires} />
          <GestureMarks />
        </Surface>}
        {scene.view === 'flow' && !isEmpty && <Minimap canvas={canvas} />}
        {isEmpty && <p className="cv-empty">Nothing drawn yet. Press <kbd className="kbd">A</kbd> to add an agent under root.</p>}
        {scene.view === 'tree' && <ScopeStrip />}
      </div>
    </NodeMenu>
  );
}

/** Tab enters the drawing at what is selected; the next Tab leaves it. */
function enter(view: View | undefined): void {
  const [selected] = useSelection.getState().nodes;
  const scene = sceneNow();
  const first = selected !== undefined && scene.nodes.has(selected) ? selected : scene.nodes.keys().next().value;
  if (first !== undefined && document.querySelector('.cv:focus-visible')) focusNode(first, view);
}

function openAt(event: React.MouseEvent): void {
  const id = nodeUnder(event);
  if (id !== undefined) openNode(id);
}

/** Far out nodes are blocks, but for these. Nearer all are nodes. */
function useLively(): ReadonlySet<string> | undefined {
  const isFar = useCanvas((state) => state.detail === 'block');
  const held = useCanvas((state) => state.held);
  const selected = useSelection(({ nodes }) => nodes);
  return useMemo(() => (isFar ? livelyNodes(selected, held) : undefined), [isFar, selected, held]);
}

/** What is selected, or has the keyboard's focus, is drawn all the same. */
function useCovered(scene: Scene): ReadonlySet<string> {
  const sight = useCanvas(selectSight);
  const held = useCanvas((state) => state.held);
  const selected = useSelection(({ nodes }) => nodes);
  const covered = useMemo(() => coveredRegions(scene, sight), [scene, sight]);
  return useMemo(() => (covered.size === 0 ? covered : new Set([...covered].filter((id) => id !== held && !selected.includes(id)))), [covered, held, selected]);
}

function useWantedFocus(canvas: React.RefObject<View | undefined>): void {
  const wanted = useCanvas((state) => state.wanted);
  useEffect(() => {
    if (wanted === undefined) return undefined;
    const frame = requestAnimationFrame(() => {
      useCanvas.setState({ wanted: undefined });
      document.querySelector<HTMLElement>(`[data-node="${CSS.escape(wanted)}"]`)?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [wanted, canvas]);
}
