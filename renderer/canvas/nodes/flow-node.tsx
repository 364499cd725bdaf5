/** A node of the Flow: head, a line for each pair of ports, foot (look.md section 5). Parts leave as the zoom shrinks. */
import { memo } from 'react';
import { hueOf } from '../../glyphs/protocol-hue';
import { KindIcon } from '../../glyphs/kind-icon';
import { StrategyGlyph } from '../../glyphs/strategy-glyph';
import { selectDetail, selectPortRole, useCanvas } from '../canvas-store';
import { MOST_PORT_ROWS, portRows } from '../layout/node-size';
import type { SceneNode } from '../layout/scene';
import { selectIsWired, selectProtocols, useProtocols } from '../protocols-store';
import { captionOf } from './caption';
import { HostChip, NodeFoot, NodeState } from './marks';
import { NodeShell } from './node-shell';

export const FlowNode = memo(function FlowNode({ scene }: { readonly scene: SceneNode }) {
  const { id, node, foldedCount } = scene;
  const detail = useCanvas(selectDetail);
  if (detail === 'block') return <NodeShell scene={scene}><BlockFace /></NodeShell>;
  return (
    <NodeShell scene={scene} hasRim>
      <div className="nd-head">
        {detail !== 'title' && (node.kind === 'supervisor' ? <StrategyGlyph strategy={node.strategy} /> : <KindIcon kind={node.kindWord} />)}
        {detail === 'title' && <NodeState id={id} />}
        <span className="nd-words">
          <b className="nd-title" title={node.title}>{node.title}</b>
          {detail === 'full' && <span className="nd-caption">{foldedCount > 0 ? `${foldedCount} folded` : captionOf(node)}</span>}
        </span>
        {detail !== 'title' && <NodeState id={id} />}
      </div>
      {detail === 'full' && <Ports scene={scene} />}
      {detail !== 'title' && node.kind !== 'supervisor' && <NodeFoot id={id} bound={node.mailbox} />}
      {node.isIsolated && detail !== 'title' && <HostChip host={id} />}
    </NodeShell>
  );
});

/** Below 20 %: no words, the state's hue by the outline's class. */
export const BlockFace = (): null => null;

const ROW = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

const Ports = memo(function Ports({ scene }: { readonly scene: SceneNode }) {
  const { id, node } = scene;
  const role = useCanvas(selectPortRole(id));
  const protocols = useProtocols(selectProtocols);
  const lines = Math.max(node.provides.length, node.requires.length);
  const hidden = lines > MOST_PORT_ROWS ? lines - MOST_PORT_ROWS + 1 : 0;
  return (
    <div className="nd-ports">
      {ROW(hidden > 0 ? MOST_PORT_ROWS - 1 : portRows(node)).map((row) => {
        const [provided, required] = [node.provides[row], node.requires[row]];
        return (
          <div className="nd-port-row" key={row}>
            {provided !== undefined && <Port id={id} side="provides" label={provided} protocol={provided} role={role} colour={hueOf(provided, protocols).colour} />}
            {required && <Port id={id} side="requires" label={required.port} protocol={required.protocol} role={role} colour={hueOf(required.protocol, protocols).colour} />}
          </div>
        );
      })}
      {hidden > 0 && <div className="nd-port-row more">{hidden} more</div>}
    </div>
  );
});

type PortProps = { readonly id: string; readonly side: 'provides' | 'requires'; readonly label: string; readonly protocol: string; readonly role: string; readonly colour: string };

function Port({ id, side, label, protocol, role, colour }: PortProps) {
  const isWired = useProtocols(selectIsWired(id, label)) || side === 'provides';
  return (
    <span className={`nd-port ${side} ${portFit(side, label, protocol, role)}${isWired ? '' : ' open'}`} data-port={side === 'requires' ? `${id}.${label}` : undefined} data-provides={side === 'provides' ? id : undefined} title={side === 'requires' ? `${label} requires ${protocol}${isWired ? '' : ', and is not wired'}` : `provides ${label}`}>
      <svg width="10" height="11" viewBox="-0.8 -0.8 11.6 12.6" aria-hidden="true">
        <path d="M0 0L10 5.5L0 11z" fill={side === 'requires' && isWired ? colour : 'var(--node)'} stroke={isWired ? colour : 'var(--ink-3)'} strokeWidth="1.6" strokeLinejoin="round" strokeDasharray={isWired ? undefined : '2 2'} />
      </svg>
      <span className="nd-label">{label}</span>
    </span>
  );
}

/** While a wire is drawn, where can it end? Ports that fit grow, all others turn pale. */
export function portFit(side: 'provides' | 'requires', label: string, protocol: string, role: string): 'fits' | 'pale' | '' {
  if (role === '') return '';
  const [end, what] = role.split(' ', 2);
  if (end === 'from') return side === 'requires' && (what === '' || what === label) ? 'fits' : 'pale';
  return side === 'provides' && (what === '*' || what === protocol) ? 'fits' : 'pale';
}
