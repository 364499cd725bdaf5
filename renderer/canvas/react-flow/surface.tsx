/**
 * The only module that knows React Flow. It pans and zooms, draws the nodes that are in sight, and nothing else. Selecting, dragging
 * and wires are ours: a move of the pointer touches the nodes that move and their wires, and never React Flow's list of all nodes.
 */
import { Background, BackgroundVariant, getViewportForBounds, ReactFlow, ReactFlowProvider, useReactFlow, useStoreApi, ViewportPortal, type Node, type NodeProps, type Viewport } from '@xyflow/react';
import { memo, useCallback, useEffect, useMemo, useRef, type ComponentType, type ReactNode } from 'react';
import { boundsOf, type Box, type Point } from '../geometry';
import { prefersStillness } from '../prefers-stillness';
import type { Scene, SceneNode, SceneShape } from '../layout/scene';

/** What the rest of the canvas may ask of the view of the drawing. */
export type View = {
  readonly toDrawing: (client: Point) => Point;
  readonly toClient: (point: Point) => Point;
  readonly zoom: () => number;
  /** Without a box: all of the drawing. */
  readonly fit: (box?: Box, isGliding?: boolean) => void;
  readonly centre: (point: Point, isGliding?: boolean) => void;
  readonly zoomBy: (factor: number) => void;
  readonly zoomTo: (zoom: number) => void;
  readonly panBy: (dx: number, dy: number) => void;
  /** What is in sight, in the drawing's pixels. */
  readonly sight: () => Box;
};

const LEAST_ZOOM = 0.01;
const MOST_ZOOM = 2;
const GLIDE_MS = 220;
/** Regions lie below the wires, nodes above. */
const REGION_Z = 0;
export const WIRE_Z = 1000;
const NODE_Z = 2000;

export type FirstView = { readonly width: number; readonly height: number; readonly viewport: Viewport };
type SurfaceNode = Node<{ readonly scene: SceneNode }, SceneShape>;
type SurfaceProps = {
  readonly scene: Scene;
  /** Size of the canvas and what it shows when it is drawn for the first time. */
  readonly first: FirstView;
  readonly shapes: Readonly<Record<SceneShape, ComponentType<{ readonly scene: SceneNode }>>>;
  /** Where all others are drawn as blocks: the nodes that are drawn one by one. */
  readonly only: ReadonlySet<string> | undefined;
  /** Not drawn: others cover them. */
  readonly covered: ReadonlySet<string>;
  /** Drawn even where they are out of sight: what is dragged. */
  readonly kept: ReadonlySet<string> | undefined;
  readonly isSimulated: boolean;
  readonly onZoom: (zoom: number, isSettled: boolean) => void;
  /** The person moved the view with the pointer or the wheel. */
  readonly onMoved: () => void;
  readonly onReady: (view: View) => void;
  readonly children: ReactNode;
};

const EMPTY_HANDLES: NonNullable<SurfaceNode['handles']> = [];
// A node is drawn by us as a group with its own name, so the wrapper has no role to describe.
const PLAIN = { 'aria-roledescription': undefined } as const;

function toSurfaceNode(scene: SceneNode, isKept: boolean): SurfaceNode {
  const { x, y, width, height } = scene.box;
  return {
    id: scene.id, type: scene.shape, position: { x, y }, width, height, measured: { width, height }, handles: EMPTY_HANDLES, data: { scene },
    zIndex: scene.shape === 'region' ? Math.min(REGION_Z + scene.depth, WIRE_Z - 1) : NODE_Z, className: 'nopan', dragging: isKept, domAttributes: PLAIN,
  };
}

/** The view that shows all of a scene. Computed here: React Flow's own fit waits for nodes, and knows only those that are no blocks. */
export function fitScene({ nodes, view }: Scene, { width, height: whole }: Pick<Box, 'width' | 'height'>): Viewport {
  // Under the Tree the strip tells of a restart, and must not stand on what it tells of.
  const height = view === 'tree' && whole > 2 * STRIP_ROOM ? whole - STRIP_ROOM : whole;
  const around = boundsOf([...nodes.values()].map(({ box }) => box));
  if (!around) return { x: 0, y: 0, zoom: 1 };
  // A very wide Tree would be a line: its middle is shown, as large as words can be read or as its height allows. Of a very deep one its top.
  const isFlat = around.width > around.height * FLAT;
  if (around.height > around.width * FLAT && around.height * FLAT_ZOOM > height) return { x: width / 2 - (around.x + around.width / 2) * FLAT_ZOOM, y: height * FIT_PADDING - around.y * FLAT_ZOOM, zoom: FLAT_ZOOM };
  const least = isFlat ? Math.max(LEAST_ZOOM, Math.min(FLAT_ZOOM, (height * (1 - 2 * FIT_PADDING)) / around.height)) : LEAST_ZOOM;
  return getViewportForBounds(around, width, height, least, FIT_ZOOM, FIT_PADDING);
}

/** The same node object as long as nothing about it has changed: React Flow then has nothing to do for it. */
function useSurfaceNodes(scene: Scene, { kept, only, covered }: Pick<SurfaceProps, 'kept' | 'only' | 'covered'>): SurfaceNode[] {
  const known = useRef(new Map<string, SurfaceNode>());
  return useMemo(() => {
    const next = new Map<string, SurfaceNode>();
    for (const [id, one] of scene.nodes) {
      if ((only && !only.has(id)) || (covered.has(id) && !kept?.has(id))) continue;
      const before = known.current.get(id);
      const isKept = kept?.has(id) === true;
      next.set(id, before?.data.scene === one && before.dragging === isKept ? before : toSurfaceNode(one, isKept));
    }
    known.current = next;
    return [...next.values()];
  }, [scene.nodes, kept, only, covered]);
}

const NO_EDGES: [] = [];
/** All of the drawing: never larger than life, with air around it. */
const FIT_ZOOM = 1;
const FIT_PADDING = 0.08;
/** So much wider than high is a line. */
const FLAT = 12;
const FLAT_ZOOM = 0.3;
/** The strip with the air around it, px. */
const STRIP_ROOM = 148;
/** Around a part of the drawing. */
const PART_PADDING = 0.12;
const NO_ATTRIBUTION = { hideAttribution: true } as const;
/** Fitting a larger scene takes the camera, not the person's patience. */
const glide = (isGliding = true): { readonly duration: number } => ({ duration: isGliding && !prefersStillness() ? GLIDE_MS : 0 });

export function Surface(props: SurfaceProps) {
  return (
    <ReactFlowProvider>
      <Flow {...props} />
    </ReactFlowProvider>
  );
}

function Flow({ scene, first, shapes, only, covered, kept, isSimulated, onZoom, onMoved, onReady, children }: SurfaceProps) {
  const nodes = useSurfaceNodes(scene, { kept, only, covered });
  const nodeTypes = useMemo(() => wrapShapes(shapes), [shapes]);
  const onMove = useCallback((event: unknown, { zoom }: Viewport) => {
    // Moves that we make come without an event.
    if (event) onMoved();
    onZoom(zoom, false);
  }, [onZoom, onMoved]);
  const onMoveEnd = useCallback((_: unknown, { zoom }: Viewport) => onZoom(zoom, true), [onZoom]);
  return (
    <ReactFlow<SurfaceNode>
      nodes={nodes} edges={NO_EDGES} nodeTypes={nodeTypes} onlyRenderVisibleElements
      nodesDraggable={false} nodesConnectable={false} nodesFocusable={false} elementsSelectable={false} disableKeyboardA11y
      deleteKeyCode={null} selectionKeyCode={null} multiSelectionKeyCode={null} panActivationKeyCode="Space"
      panOnDrag panOnScroll zoomOnDoubleClick={false} zoomOnPinch minZoom={LEAST_ZOOM} maxZoom={MOST_ZOOM}
      width={first.width} height={first.height} defaultViewport={first.viewport} onMove={onMove} onMoveEnd={onMoveEnd} proOptions={NO_ATTRIBUTION}
    >
      <Background variant={isSimulated ? BackgroundVariant.Cross : BackgroundVariant.Dots} gap={isSimulated ? 24 : 20} size={isSimulated ? 5 : 1.8} color="var(--grid)" />
      <ViewportPortal>{children}</ViewportPortal>
      <Ready scene={scene} onReady={onReady} onZoom={onZoom} />
    </ReactFlow>
  );
}

function wrapShapes(shapes: SurfaceProps['shapes']): Record<SceneShape, ComponentType<NodeProps<SurfaceNode>>> {
  const wrap = (Shape: ComponentType<{ readonly scene: SceneNode }>): ComponentType<NodeProps<SurfaceNode>> =>
    memo(function SurfaceNodeOf({ data }: NodeProps<SurfaceNode>) {
      return <Shape scene={data.scene} />;
    }, (before, after) => before.data.scene === after.data.scene);
  return { leaf: wrap(shapes.leaf), card: wrap(shapes.card), node: wrap(shapes.node), region: wrap(shapes.region) };
}

/** Hands the view out once, with React Flow's own functions inside. */
function Ready({ scene, onReady, onZoom }: Pick<SurfaceProps, 'scene' | 'onReady' | 'onZoom'>) {
  const latest = useRef(scene);
  useEffect(() => {
    latest.current = scene;
  }, [scene]);
  const flow = useReactFlow();
  const store = useStoreApi<SurfaceNode>();
  useEffect(() => {
    const rect = (): DOMRect | undefined => store.getState().domNode?.getBoundingClientRect();
    // Of presses in a row each counts, also one that comes before the view is where the last one has sent it.
    let aim: { readonly zoom: number; readonly untilMs: number } | undefined;
    onReady({
      toDrawing: (client) => flow.screenToFlowPosition(client),
      toClient: (point) => flow.flowToScreenPosition(point),
      zoom: () => flow.getZoom(),
      fit: (box, isGliding) => {
        const size = rect();
        if (!size || size.width === 0) return;
        aim = undefined;
        const viewport = box ? getViewportForBounds(box, size.width, size.height, LEAST_ZOOM, MOST_ZOOM, PART_PADDING) : fitScene(latest.current, size);
        void flow.setViewport(viewport, glide(isGliding));
      },
      centre: (point, isGliding) => void flow.setCenter(point.x, point.y, { zoom: flow.getZoom(), ...glide(isGliding) }),
      zoomBy: (factor) => {
        const nowMs = performance.now();
        const from = aim && nowMs < aim.untilMs ? aim.zoom : flow.getZoom();
        const zoom = Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, from * factor));
        aim = { zoom, untilMs: nowMs + GLIDE_MS };
        void flow.zoomTo(zoom, glide());
      },
      zoomTo: (zoom) => void flow.zoomTo(zoom, glide()),
      panBy: (dx, dy) => {
        const { x, y, zoom } = flow.getViewport();
        void flow.setViewport({ x: x + dx, y: y + dy, zoom });
      },
      sight: () => {
        const { x, y, zoom } = flow.getViewport();
        // As React Flow has measured it: to measure at each move of the view would lay the page out.
        const { width, height } = store.getState();
        return { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
      },
    });
    onZoom(flow.getZoom(), true);
  }, [flow, store, onReady, onZoom]);
  return null;
}
