/** The drawing of the open design: Tree or Flow, with the bar above it. */
import { useCallback, useEffect, useRef } from 'react';
import { selectDesign, useDocument } from '../stores/document';
import { useSelection } from '../stores/selection';
import { useRun } from '../stores/run';
import { useSimulation } from '../stores/simulation';
import { useSettings } from '../stores/settings';
import { useViewport } from '../stores/viewport';
import { PaintBar } from './bars/paint-bar';
import { SpectrumBar } from './bars/spectrum-bar';
import { detailAt, sceneNow, selectGesture, useCanvas } from './canvas-store';
import { CanvasDefs } from './defs';
import { GestureMarks } from './gestures/gesture-marks';
import { useDrop } from './gestures/use-drop';
import { nodeOf, useGestures } from './gestures/use-gestures';
import { focusNode, useKeys } from './gestures/use-keys';
import { boundsOf } from './geometry';
import { NodeMenu } from './node-menu';
import { FlowNode } from './nodes/flow-node';
import { Region } from './nodes/region';
import { SupervisorCard, TreeLeaf } from './nodes/tree-nodes';
import { openNode } from './open-handler';
import { Surface, type View } from './react-flow/surface';
import { ScopeStrip } from './scope/scope-strip';
import { useRestartScope } from './scope/use-restart-scope';
import { useScene } from './use-scene';
import { useGlide } from './use-glide';
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
  const isConnecting = useCanvas((state) => selectGesture(state).kind === 'connecting');
  const detail = useCanvas((state) => state.detail);
  useRestartScope();
  const onZoom = useZoom(frame, canvas);
  const onReady = useCallback((ready: View) => {
    canvas.current = ready;
  }, [canvas]);
  useFitOnView(scene.view, canvas);
  useFitOnDemand(canvas);
  useWantedFocus(canvas);
  const gestures = useGestures(canvas);
  const drop = useDrop(canvas);
  const onKeyDown = useKeys(canvas);
  const className = ['cv', `detail-${detail}`, isGliding ? 'gliding' : '', isConnecting ? 'connecting' : '', isSimulated ? 'simulated' : ''].filter(Boolean).join(' ');
  return (
    <NodeMenu>
      <div
        ref={frame} className={className} data-view={scene.view} {...gestures} {...drop} onKeyDown={onKeyDown} tabIndex={0} aria-label="Drawing" role="group"
        onFocus={(event) => event.target === event.currentTarget && enter(canvas.current)} onDoubleClick={(event) => openAt(event.target)}
      >
        <CanvasDefs />
        <Surface scene={scene} shapes={SHAPES} kept={kept} isSimulated={isSimulated} hasMinimap={scene.view === 'flow' && !isEmpty} minimapColour={minimapColour} onZoom={onZoom} onReady={onReady}>
          <WireLayer wires={wires} />
          <GestureMarks />
        </Surface>
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

function openAt(target: EventTarget): void {
  const id = nodeOf(target);
  if (id !== undefined) openNode(id);
}

const STATE_COLOURS: Readonly<Record<string, string>> = { crashed: 'var(--st-crashed)', 'gave up': 'var(--st-gaveup)', restarting: 'var(--st-restarting)' };

function minimapColour(id: string): string {
  if (sceneNow().nodes.get(id)?.shape === 'region') return 'color-mix(in srgb, var(--edge) 22%, transparent)';
  const status = useRun.getState().agents.get(id)?.status;
  return (status === undefined ? undefined : STATE_COLOURS[status]) ?? 'var(--edge)';
}

/** Text keeps its size on the screen: nodes read how much larger they have to write. In steps, so that a wheel does not restyle all of them at each notch. */
const STEP = 16;

function useZoom(frame: React.RefObject<HTMLDivElement | null>, canvas: React.RefObject<View | undefined>): (zoom: number, isSettled: boolean) => void {
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

/** The other view is another drawing: it is shown whole, the selection in sight. */
/** The menu's and the palette's way to what the bar's button does. */
function useFitOnDemand(canvas: React.RefObject<View | undefined>): void {
  const asked = useViewport((state) => state.fitAsked);
  const seen = useRef(asked);
  useEffect(() => {
    if (seen.current !== asked) canvas.current?.fit();
    seen.current = asked;
  }, [asked, canvas]);
}

function useFitOnView(view: string, canvas: React.RefObject<View | undefined>): void {
  const shown = useRef(view);
  const project = useDocument((state) => state.open?.project);
  const shownProject = useRef(project);
  useEffect(() => {
    if (shown.current === view && shownProject.current === project) return;
    shown.current = view;
    shownProject.current = project;
    const all = boundsOf([...sceneNow().nodes.values()].map(({ box }) => box));
    // One frame later React Flow knows the new boxes.
    const frame = requestAnimationFrame(() => all && canvas.current?.fit());
    return () => cancelAnimationFrame(frame);
  }, [view, project, canvas]);
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
