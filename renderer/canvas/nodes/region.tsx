/** A supervisor in the Flow: the region around what it restarts. */
import { memo } from 'react';
import { StrategyGlyph } from '../../glyphs/strategy-glyph';
import { useCanvas } from '../canvas-store';
import type { SceneNode } from '../layout/scene';
import { wordIntensity } from '../words';
import { HostChip, NodeState } from './marks';
import { NodeShell } from './node-shell';

/** From here on the head has room for more than the title, px. */
const WIDE = 260;

export const Region = memo(function Region({ scene }: { readonly scene: SceneNode }) {
  const { id, node, box } = scene;
  // Its title comes first where the head is short.
  const hasIntensity = useCanvas((state) => state.detail === 'full' || box.width > WIDE);
  return (
    <NodeShell scene={scene}>
      <div className="nd-head region">
        <StrategyGlyph strategy={node.strategy} />
        <b className="nd-title" title={node.title}>{node.title}</b>
        {hasIntensity && <span className="nd-intensity">{wordIntensity(node.maxRestarts, node.maxSeconds, box.width > WIDE)}</span>}
        <NodeState id={id} />
      </div>
      {node.children.length === 0 && <span className="nd-empty">Drop an agent here</span>}
      {node.isIsolated && <HostChip host={id} />}
    </NodeShell>
  );
});
