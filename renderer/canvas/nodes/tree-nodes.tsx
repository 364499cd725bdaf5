/** The two shapes of the Tree: the supervisor's card and the leaf. */
import { memo } from 'react';
import { KindIcon } from '../../glyphs/kind-icon';
import { StrategyGlyph } from '../../glyphs/strategy-glyph';
import { selectDetail, useCanvas } from '../canvas-store';
import type { SceneNode } from '../layout/scene';
import { wordIntensity } from '../words';
import { BlockFace } from './flow-node';
import { HostChip, NodeState } from './marks';
import { NodeShell } from './node-shell';

export const SupervisorCard = memo(function SupervisorCard({ scene }: { readonly scene: SceneNode }) {
  const { id, node, foldedCount } = scene;
  const detail = useCanvas(selectDetail);
  if (detail === 'block') return <NodeShell scene={scene}><BlockFace /></NodeShell>;
  const isFull = detail === 'full';
  return (
    <NodeShell scene={scene}>
      <div className="nd-head card">
        {detail !== 'title' && <StrategyGlyph strategy={node.strategy} />}
        <b className="nd-title" title={node.title}>{node.title}</b>
        <NodeState id={id} />
      </div>
      {detail !== 'title' && <span className="nd-strategy">{node.strategy}</span>}
      {isFull && <span className="nd-intensity">{wordIntensity(node.maxRestarts, node.maxSeconds, node.parent === undefined)}{foldedCount > 0 ? `, ${foldedCount} folded` : ''}</span>}
      {node.isIsolated && detail !== 'title' && <HostChip host={id} />}
    </NodeShell>
  );
});

export const TreeLeaf = memo(function TreeLeaf({ scene }: { readonly scene: SceneNode }) {
  const { id, node, order } = scene;
  const detail = useCanvas(selectDetail);
  if (detail === 'block') return <NodeShell scene={scene}><BlockFace /></NodeShell>;
  return (
    <NodeShell scene={scene}>
      <div className="nd-leaf-in">
        {detail !== 'title' && <KindIcon kind={node.kindWord} size={20} />}
        <b className="nd-title" title={node.title}>{node.title}</b>
        <NodeState id={id} />
      </div>
      {node.isIsolated && detail !== 'title' && <HostChip host={id} />}
      {detail !== 'title' && <span className="nd-order">{order}</span>}
    </NodeShell>
  );
});
