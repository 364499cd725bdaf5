/** A supervisor in the Flow: the region around what it restarts. */
import { memo } from 'react';
import { StrategyGlyph } from '../../glyphs/strategy-glyph';
import type { SceneNode } from '../layout/scene';
import { wordIntensity } from '../words';
import { HostChip, NodeState } from './marks';
import { NodeShell } from './node-shell';

export const Region = memo(function Region({ scene }: { readonly scene: SceneNode }) {
  const { id, node } = scene;
  return (
    <NodeShell scene={scene}>
      <div className="nd-head region">
        <StrategyGlyph strategy={node.strategy} />
        <b className="nd-title" title={node.title}>{node.title}</b>
        <span className="nd-intensity">{wordIntensity(node.maxRestarts, node.maxSeconds, scene.box.width > 260)}</span>
        <NodeState id={id} />
      </div>
      {node.children.length === 0 && <span className="nd-empty">Drop an agent here</span>}
      {node.isIsolated && <HostChip host={id} />}
    </NodeShell>
  );
});
