/** What all nodes have in common: the group with its name and state, outline, rings, tabs and badges; inside stands what a shape shows. */
import { memo, type ReactNode } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { Diagnostic } from '../../../shared/errors/diagnostic';
import { useDocument } from '../../stores/document';
import { useSelection } from '../../stores/selection';
import { selectDragX, selectDragY, selectIsTarget, useCanvas } from '../canvas-store';
import { facetPath, outlinePath, silhouetteOf, type Silhouette } from '../layout/outline';
import type { SceneNode } from '../layout/scene';
import { problemsAtNode } from '../problems-at';
import { selectIsHosts, selectIsInScope, selectTabOf, useScope } from '../scope/scope-store';
import { useNodeStatus, useNodeLook } from '../use-node-status';
import { CopiesChip, ProblemBadge, statusWordId, StatusWord } from './marks';
import { WorldBadge } from './world-badge';

const selectIsSelected = (id: string) => (state: { readonly nodes: readonly string[] }): boolean => state.nodes.includes(id);
const NO_PROBLEMS: readonly Diagnostic[] = [];

export const NodeShell = memo(function NodeShell({ scene, children, hasRim = false }: { readonly scene: SceneNode; readonly children: ReactNode; readonly hasRim?: boolean }) {
  const { id, node, box, shape, foldedCount } = scene;
  const dx = useCanvas(selectDragX(id));
  const dy = useCanvas(selectDragY(id));
  const target = useCanvas(selectIsTarget(id));
  const isSelected = useSelection(selectIsSelected(id));
  const status = useNodeStatus(id);
  const { restarts, world } = useNodeLook(id);
  const problems = useDocument(useShallow((state) => problemsAtNode(state.open?.report, id) ?? NO_PROBLEMS));
  const isMoved = dx !== 0 || dy !== 0;
  const silhouette: Silhouette = shape === 'card' || shape === 'region' ? 'rectangle' : silhouetteOf(node);
  const face = ['nd', `nd-${shape}`, isMoved ? 'moved' : '', status === undefined ? '' : status.replace(' ', ''), node.isIsolated ? 'isolated' : '', target === 'no' ? '' : `target-${target}`].filter(Boolean).join(' ');
  return (
    <div
      className={face} data-node={id} role="group" aria-label={`${node.kindWord} ${id}`} aria-describedby={statusWordId(id)} tabIndex={-1} aria-current={isSelected ? 'true' : undefined}
      style={isMoved ? { translate: `${dx}px ${dy}px` } : undefined}
    >
      <StatusWord id={id} />
      <Outline silhouette={silhouette} width={box.width} height={box.height} isRegion={shape === 'region'} isFolded={foldedCount > 0} isSelected={isSelected} id={id} />
      {/* A new number of restarts is a new element: its flash plays once. */}
      {restarts > 0 && <i className="nd-flash" key={restarts} aria-hidden="true" />}
      {hasRim && <i className="nd-rim" data-rim={id} aria-hidden="true" />}
      <div className="nd-in">{children}</div>
      <ScopeTab id={id} />
      <ProblemBadge problems={problems} />
      <CopiesChip node={node} />
      <WorldBadge id={id} isSimulated={world === 'simulated' && shape === 'node'} />
    </div>
  );
});

function ScopeTab({ id }: { readonly id: string }) {
  const tab = useScope(selectTabOf(id));
  const isHosts = useScope(selectIsHosts);
  return tab === undefined ? null : <span className={isHosts ? 'nd-tab host' : 'nd-tab'}>{tab}</span>;
}

type OutlineProps = { readonly id: string; readonly silhouette: Silhouette; readonly width: number; readonly height: number; readonly isRegion: boolean; readonly isFolded: boolean; readonly isSelected: boolean };

const Outline = memo(function Outline({ id, silhouette, width, height, isRegion, isFolded, isSelected }: OutlineProps) {
  const isInScope = useScope(selectIsInScope(id));
  const radius = isRegion ? 9 : 6;
  const ring = isInScope ? -8 : -4;
  return (
    <svg className="nd-out" width={width} height={height} aria-hidden="true">
      {isFolded && <path className="nd-sheet" d={outlinePath(silhouette, width, height, 0, radius)} transform="translate(5 5)" />}
      {isInScope && <path className="nd-hatch-under" d={outlinePath(silhouette, width, height, -5, radius)} />}
      {isInScope && <path className="nd-hatch" d={outlinePath(silhouette, width, height, -5, radius)} fill="url(#canvas-hatch)" />}
      {isSelected && <path className="nd-ring" d={outlinePath(silhouette, width, height, ring, radius)} />}
      {!isRegion && <path className="nd-shadow" d={outlinePath(silhouette, width, height, 0, radius)} />}
      <path className="nd-focus" d={outlinePath(silhouette, width, height, ring - 4, radius)} />
      <path className={silhouette === 'dashed' ? 'nd-face dashed' : 'nd-face'} d={outlinePath(silhouette, width, height, 0, radius)} />
      {silhouette === 'facet' && <path className="nd-facet" d={facetPath(width)} stroke="url(#canvas-spectrum)" />}
    </svg>
  );
});
