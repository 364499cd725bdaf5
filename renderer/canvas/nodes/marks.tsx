/** Small marks that nodes share: meter, state, tabs, badges. */
import { Copy, Server, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import type { NodeView } from '../../../shared/design/design-view';
import type { Diagnostic } from '../../../shared/errors/diagnostic';
import { StateGlyph } from '../../glyphs/state-glyph';
import { selectDesign, useDocument } from '../../stores/document';
import { selectCopies, useRun } from '../../stores/run';
import { useNodeLook, useNodeStatus, wordStatus } from '../use-node-status';
import { meter, METER_CELLS, wordCount, wordRate } from '../words';

const CELLS = Array.from({ length: METER_CELLS }, (_, index) => index);
const METER_COLOURS = { calm: 'var(--ink-2)', filling: 'var(--st-restarting)', full: 'var(--st-crashed)' } as const;

/** Mailbox depth in eight cells, the number beside it, words at the bound; the rate right. */
export const NodeFoot = memo(function NodeFoot({ id, bound }: { readonly id: string; readonly bound: number }) {
  const look = useNodeLook(id);
  const depth = look.mailbox ?? 0;
  const most = look.bound ?? bound;
  const { cells, level } = meter(depth, most);
  const isFull = depth >= most && most > 0;
  return (
    <div className="nd-foot">
      <svg width="44" height="6" viewBox="0 0 44 6" aria-hidden="true">
        {CELLS.map((cell) => <rect key={cell} x={cell * 5.7} y="0" width="4.2" height="6" rx="1" fill={cell < cells ? METER_COLOURS[level] : 'var(--line)'} />)}
      </svg>
      <span className={isFull ? 'nd-depth full' : 'nd-depth'}>{isFull ? `${wordCount(depth)} of ${wordCount(most)}` : look.mailbox === undefined ? '' : wordCount(depth)}</span>
      {look.rate !== undefined && <span className="nd-rate">{wordRate(look.rate)}</span>}
    </div>
  );
});

export function NodeState({ id, size = 12 }: { readonly id: string; readonly size?: number }) {
  const status = useNodeStatus(id);
  return status === undefined ? null : <StateGlyph status={status} size={size} />;
}

/** The state in words, for `aria-describedby`; of a template, also how many copies of it there are. */
export function StatusWord({ id }: { readonly id: string }) {
  const copies = useRun(selectCopies(id));
  return <span className="unseen" id={statusWordId(id)}>{wordStatus(useNodeStatus(id))}{copies > 0 && `, ${wordCopies(copies)}`}</span>;
}

const wordCopies = (copies: number): string => (copies === 1 ? '1 copy' : `${copies} copies`);

/** How many copies of a dynamic supervisor's template there are, while it runs. */
export function CopiesChip({ node }: { readonly node: NodeView }) {
  const isTemplate = useDocument((state) => node.parent !== undefined && selectDesign(state).nodes.get(node.parent)?.strategy === 'simple_one_for_one');
  const { world } = useNodeLook(node.id);
  const copies = useRun(selectCopies(node.id));
  return isTemplate && world === 'live' ? <span className="nd-copies" title={wordCopies(copies)}><Copy size={10} aria-hidden="true" />{copies}</span> : null;
}
export const statusWordId = (id: string): string => `canvas-status-${id}`;

export function HostChip({ host }: { readonly host: string }) {
  return <span className="nd-host"><Server size={11} aria-hidden="true" />{host}</span>;
}

/** What the check says about a node, as a badge; the worst decides its hue. */
export function ProblemBadge({ problems }: { readonly problems: readonly Diagnostic[] }) {
  const [first] = problems;
  if (!first) return null;
  const isError = problems.some(({ severity }) => severity === 'error');
  const words = problems.map(({ code, message }) => `${code}: ${message}`).join('\n');
  return <span className={isError ? 'nd-problem bad' : 'nd-problem'} title={words} role="img" aria-label={words}><TriangleAlert size={11} aria-hidden="true" />{problems.length > 1 ? problems.length : null}</span>;
}
