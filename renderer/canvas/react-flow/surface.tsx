/**
 * The only module that knows React Flow. It pans and zooms, draws the nodes that are in sight, and has the minimap. Selecting, dragging
 * and wires are ours: a move of the pointer touches the nodes that move and their wires, and never React Flow's list of all nodes.
 */
import { Background, BackgroundVariant, getViewportForBounds, MiniMap, ReactFlow, ReactFlowProvider, useReactFlow, useStoreApi, ViewportPortal, type Node, type NodeProps, type Viewport } from '@xyflow/react';
import { memo, useCallback, useEffect, useMemo, useRef, type ComponentType, type ReactNode } from 'react';
import { boundsOf, type Box, type Point } from '../geometry';
import type { Scene, SceneNode, SceneShape } from '../layout/scene';

/** What the rest of the canvas may ask of the view of the drawing. */
export type View = {
  readonly toDrawing: (client: Point) => Point;
  readonly toClient: (point: Point) => Point;
  readonly zoom: () => number;
  readonly fit: (box?: Box, isGliding?: boolean) => void;
  readonly centre: (point: Point, isGliding?: boolean) => void;
  readonly zoomBy: (factor: number) => void;
  readonly zoomTo: (zoom: number) => void;
  readonly panBy: (dx: number, dy: number) => void;
  /** What is in sight, in the drawing's pixels. */
  readonly sight: () => Box;
};

const LEAST_ZOOM = 0.05;
const MOST_ZOOM = 2;
const GLIDE_MS = 220;
/** Regions lie below the wires, nodes above. */
const REGION_Z = 0;
export const WIRE_Z = 1000;
const NODE_Z = 2000;

type SurfaceNode = Node<{ readonly scene: SceneNode }, SceneShape>;
type SurfaceProps = {
  readonly scene: Scene;
  readonly shapes: Readonly<Record<SceneShape, ComponentType<{ readonly scene: SceneNode }>>>;
  /** Drawn even where they are out of sight: what is dragged. */
  readonly kept: ReadonlySet<string> | undefined;
  readonly isSimulated: boolean;
  readonly hasMinimap: boolean;
  readonly minimapColour: (id: string) => string;
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
    zIndex: scene.shape === 'region' ? REGION_Z + scene.depth : NODE_Z, className: 'nopan', dragging: isKept, domAttributes: PLAIN,
  };
}

/** The same node object as long as nothing about it has changed: React Flow then has nothing to do for it. */
function useSurfaceNodes(scene: Scene, kept: ReadonlySet<string> | undefined): SurfaceNode[] {
  const known = useRef(new Map<string, SurfaceNode>());
  return useMemo(() => {
    const next = new Map<string, SurfaceNode>();
    for (const [id, one] of scene.nodes) {
      const before = known.current.get(id);
      const isKept = kept?.has(id) === true;
      next.set(id, before?.data.scene === one && before.dragging === isKept ? before : toSurfaceNode(one, isKept));
    }
    known.current = next;
    return [...next.values()];
  }, [scene.nodes, kept]);
}

const NO_EDGES: [] = [];
const FIT = { padding: 0.08, maxZoom: 1 } as const;
/** Around a part of the drawing. */
const PART_PADDING = 0.12;
const NO_ATTRIBUTION = { hideAttribution: true } as const;
/** Fitting a larger scene takes the camera, not the person's patience. */
const prefersStillness = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;
const glide = (isGliding = true): { readonly duration: number } => ({ duration: isGliding && !prefersStillness() ? GLIDE_MS : 0 });

export function Surface(props: SurfaceProps) {
  return (
    <ReactFlowProvider>
      <Flow {...props} />
    </ReactFlowProvider>
  );
}

function Flow({ scene, shapes, kept, isSimulated, hasMinimap, minimapColour, onZoom, onMoved, onReady, children }: SurfaceProps) {
  const nodes = useSurfaceNodes(scene, kept);
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
      fitView fitViewOptions={FIT} onMove={onMove} onMoveEnd={onMoveEnd} proOptions={NO_ATTRIBUTION}
    >
      <Background variant={isSimulated ? BackgroundVariant.Cross : BackgroundVariant.Dots} gap={isSimulated ? 24 : 20} size={isSimulated ? 5 : 1.8} color="var(--grid)" />
      {hasMinimap && <MiniMap<SurfaceNode> pannable zoomable nodeBorderRadius={4} nodeColor={(node) => minimapColour(node.id)} nodeStrokeWidth={0} maskColor="color-mix(in srgb, var(--canvas) 55%, transparent)" ariaLabel="Minimap" style={{ width: 150, height: 60 }} />}
      <ViewportPortal>{children}</ViewportPortal>
      <Ready onReady={onReady} onZoom={onZoom} />
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
function Ready({ onReady, onZoom }: Pick<SurfaceProps, 'onReady' | 'onZoom'>) {
  const flow = useReactFlow();
  const store = useStoreApi<SurfaceNode>();
  useEffect(() => {
    const rect = (): DOMRect | undefined => store.getState().domNode?.getBoundingClientRect();
    onReady({
      toDrawing: (client) => flow.screenToFlowPosition(client),
      toClient: (point) => flow.flowToScreenPosition(point),
      zoom: () => flow.getZoom(),
      fit: (box, isGliding) => {
        // Computed here: React Flow's own fit waits for nodes, and takes a size of the canvas that may be out of date.
        const around = box ?? boundsOf([...store.getState().nodeLookup.values()].map(({ data }) => data.scene.box));
        const size = rect();
        if (!around || !size || size.width === 0) return;
        const viewport = getViewportForBounds(around, size.width, size.height, LEAST_ZOOM, box ? MOST_ZOOM : FIT.maxZoom, box ? PART_PADDING : FIT.padding);
        void flow.setViewport(viewport, glide(isGliding));
      },
      centre: (point, isGliding) => void flow.setCenter(point.x, point.y, { zoom: flow.getZoom(), ...glide(isGliding) }),
      zoomBy: (factor) => void flow.zoomTo(flow.getZoom() * factor, glide()),
      zoomTo: (zoom) => void flow.zoomTo(zoom, glide()),
      panBy: (dx, dy) => {
        const { x, y, zoom } = flow.getViewport();
        void flow.setViewport({ x: x + dx, y: y + dy, zoom });
      },
      sight: () => {
        const { x, y, zoom } = flow.getViewport();
        const box = rect();
        return { x: -x / zoom, y: -y / zoom, width: (box?.width ?? 0) / zoom, height: (box?.height ?? 0) / zoom };
      },
    });
    onZoom(flow.getZoom(), true);
  }, [flow, store, onReady, onZoom]);
  return null;
}
