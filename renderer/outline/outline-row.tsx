import { ChevronDown, ChevronRight, Server } from 'lucide-react';
import { memo } from 'react';
import { KindIcon } from '../glyphs/kind-icon';
import { StateGlyph } from '../glyphs/state-glyph';
import { StrategyGlyph } from '../glyphs/strategy-glyph';
import { ProblemMark } from '../problems/problem-mark';
import { selectDesign, useDocument } from '../stores/document';
import { useProblemsOfNode } from '../stores/problems';
import { useSelection } from '../stores/selection';
import { toggleFolded } from '../stores/viewport';
import { useNodeStatus } from './node-status';
import type { DropZone } from './outline-moves';
import type { OutlineRow as Row } from './outline-rows';

const INDENT = 14;
const FIRST_INDENT = 4;
/** Deeper rows stand below each other: their words would leave the panel. */
const MOST_INDENTS = 7;

type OutlineRowProps = { readonly row: Row; readonly top: number; readonly isActive: boolean; readonly drop: DropZone | undefined };

/** One node in the tree. Events are heard by the tree; the row says by `data-id` which it is. */
export const OutlineRow = memo(function OutlineRow({ row, top, isActive, drop }: OutlineRowProps) {
  const { id, level, place, siblings, hasChildren, isFolded } = row;
  const node = useDocument((state) => selectDesign(state).nodes.get(id));
  const isSelected = useSelection((state) => state.nodes.includes(id));
  const problems = useProblemsOfNode(id);
  const status = useNodeStatus(id);
  if (!node) return null;
  const isSupervisor = node.kind === 'supervisor';
  const Chevron = isFolded ? ChevronRight : ChevronDown;
  return (
    <div
      role="treeitem" aria-label={id} aria-level={level} aria-posinset={place} aria-setsize={siblings} aria-selected={isSelected} aria-expanded={hasChildren ? !isFolded : undefined} aria-description={status === undefined ? node.kindWord : `${node.kindWord}, ${status}`}
      data-id={id} tabIndex={isActive ? 0 : -1} draggable
      className={`row${isSelected ? ' sel' : ''}${drop === undefined ? '' : ` drop-${drop}`}`}
      style={{ position: 'absolute', left: 0, right: 0, top, paddingLeft: FIRST_INDENT + Math.min(level - 1, MOST_INDENTS) * INDENT }}
    >
      {hasChildren ? (
        <span className="chevron" aria-hidden="true" onClick={(event) => { event.stopPropagation(); toggleFolded(id); }}><Chevron size={12} /></span>
      ) : (
        <span className="chevron" />
      )}
      <KindIcon kind={node.kindWord} size={14} />
      <span className="t" title={node.title === id ? undefined : `${id}: ${node.title}`}>{isSupervisor ? <b>{id}</b> : id}{node.title !== id && <span className="dim"> {node.title}</span>}</span>
      <span className="x">
        <ProblemMark problems={problems} />
        {isFolded && <span>{countBelow(node.children.length)}</span>}
        {node.isIsolated && <Server size={13} role="img" aria-label="own host" />}
        {isSupervisor && <StrategyGlyph strategy={node.strategy} size={10} />}
        {status && <StateGlyph status={status} />}
      </span>
    </div>
  );
});

const countBelow = (children: number): string => `${children} folded`;
