/** Draws the blocks of `far-scene.ts`, below all nodes that stay nodes. What is dragged is a group of its own, so that a move redraws nothing. */
import { memo, useMemo } from 'react';
import { selectScope, useScope } from '../scope/scope-store';
import { useSelection } from '../../stores/selection';
import { selectGesture, selectScene, useCanvas, type CanvasState } from '../canvas-store';
import type { Box } from '../geometry';
import type { Scene, SceneNode } from '../layout/scene';
import { selectTitleZoom, useSeen } from '../seen-store';
import { useStatusOf } from '../use-node-status';
import { busPath } from '../layout/tree-scene';
import { boxPath, farParts, farTitles, type FarParts, type StatusOf } from './far-scene';

/** Among what React Flow stacks in the view: below its nodes. */
const FAR_Z = -1;
const NOTHING: ReadonlySet<string> = new Set();
const selectMoving = ({ gesture }: CanvasState): ReadonlySet<string> => (gesture.kind === 'dragging' ? gesture.moving : NOTHING);

export const FarLayer = memo(function FarLayer({ lively }: { readonly lively: ReadonlySet<string> }) {
  const scene = useCanvas(selectScene);
  const moving = useCanvas(selectMoving);
  const statusOf = useStatusOf();
  return (
    <svg className="wr-layer far" style={{ zIndex: FAR_Z }} aria-hidden="true">
      <FarNodes scene={scene} isWanted={useMemo(() => (one) => !moving.has(one.id) && (one.shape === 'region' || !lively.has(one.id)), [moving, lively])} statusOf={statusOf} />
      <FarLinks scene={scene} moving={moving} />
      <FarScope scene={scene} />
      {moving.size > 0 && <Dragged><FarNodes scene={scene} isWanted={(one) => moving.has(one.id) && !lively.has(one.id)} statusOf={statusOf} /></Dragged>}
      <FarMarks scene={scene} lively={lively} />
      <FarTitles scene={scene} />
    </svg>
  );
});

type FarNodesProps = { readonly scene: Scene; readonly isWanted: (one: SceneNode) => boolean; readonly statusOf: StatusOf };

function FarNodes({ scene, isWanted, statusOf }: FarNodesProps) {
  const parts = useMemo((): FarParts => farParts([...scene.nodes.values()].filter(isWanted), statusOf), [scene, isWanted, statusOf]);
  return (
    <>
      <path className="far-region nopan" data-far="" d={parts.regions} />
      <path className="far-region isolated nopan" data-far="" d={parts.isolated} />
      {parts.blocks.map(({ status, path }) => <path key={status} className={`far-block nopan is-${status.replace(' ', '-')}`} data-far="" d={path} />)}
      <path className="far-cross" d={parts.crosses} />
    </>
  );
}

function Dragged({ children }: { readonly children: React.ReactNode }) {
  const x = useCanvas(({ gesture }) => (gesture.kind === 'dragging' ? gesture.to.x - gesture.from.x : 0));
  const y = useCanvas(({ gesture }) => (gesture.kind === 'dragging' ? gesture.to.y - gesture.from.y : 0));
  return <g transform={`translate(${x} ${y})`}>{children}</g>;
}

/** The Tree's links; a node that is dragged has let go of its own. */
function FarLinks({ scene, moving }: { readonly scene: Scene; readonly moving: ReadonlySet<string> }) {
  const path = useMemo(() => {
    if (scene.view !== 'tree') return '';
    const branches = new Map<SceneNode, Box[]>();
    for (const { id, node, box } of scene.nodes.values()) {
      const parent = node.parent === undefined || moving.has(id) ? undefined : scene.nodes.get(node.parent);
      if (!parent) continue;
      const known = branches.get(parent);
      if (known) known.push(box);
      else branches.set(parent, [box]);
    }
    return [...branches].map(([parent, children]) => busPath(parent.box, children)).join('');
  }, [scene, moving]);
  return path === '' ? null : <path className="wr-link" d={path} />;
}

const outlinesOf = (scene: Scene, ids: Iterable<string>): string => [...ids].map((id) => scene.nodes.get(id)).map((one) => (one ? boxPath(one.box) : '')).join('');

/** Who stops and starts: their outlines in the scope's hue. */
function FarScope({ scene }: { readonly scene: Scene }) {
  const painted = useScope(selectScope);
  const path = useMemo(() => (painted === undefined ? '' : outlinesOf(scene, painted.keys())), [scene, painted]);
  return path === '' ? null : <path className="far-scope" d={path} />;
}

/** What is selected beyond those that are drawn as nodes, and where a drag would land. */
function FarMarks({ scene, lively }: { readonly scene: Scene; readonly lively: ReadonlySet<string> }) {
  const selected = useSelection(({ nodes }) => nodes);
  const gesture = useCanvas(selectGesture);
  const drop = gesture.kind === 'dragging' && gesture.drop?.isNew ? gesture.drop.parent : gesture.kind === 'dropping' ? gesture.drop.parent : undefined;
  const isRefused = (gesture.kind === 'dragging' || gesture.kind === 'dropping') && gesture.refusal !== undefined;
  const rings = useMemo(() => outlinesOf(scene, selected.filter((id) => !lively.has(id))), [scene, selected, lively]);
  return (
    <>
      {rings !== '' && <path className="far-ring" d={rings} />}
      {drop !== undefined && <path className={isRefused ? 'far-ring refused' : 'far-ring'} d={outlinesOf(scene, [drop])} />}
    </>
  );
}

function FarTitles({ scene }: { readonly scene: Scene }) {
  const zoom = useSeen(selectTitleZoom);
  const titles = useMemo(() => (scene.view === 'flow' ? farTitles(scene.nodes.values(), zoom) : []), [scene, zoom]);
  return titles.map(({ id, text, x, y }) => <text key={id} className="far-title" x={x} y={y}>{text}</text>);
}
