/** What sits on a wire: its guards in the order a call meets them, the counter where messages are too fast to see, problems. */
import { TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { GuardIcon } from '../../glyphs/guard-icon';
import { useDocument } from '../../stores/document';
import { selectWire, useRun } from '../../stores/run';
import { useSelection } from '../../stores/selection';
import { useViewport } from '../../stores/viewport';
import { selectDetail, useCanvas } from '../canvas-store';
import { longestStretch } from '../layout/route-wire';
import type { SceneWire } from '../layout/wire-ends';
import { problemsAtWire } from '../problems-at';
import { wordRate } from '../words';
import { GuardChip } from './guard-chip';
import { selectFallbackRate, useWirePoints } from './wire-mark';

const COUNTER_FROM = 5;
const NO_PROBLEMS = [] as const;
/** Fitting a view rarely lands at 1 to the last bit. */
const FULL_SIZE = 0.995;
const selectIsFullSize = ({ zoom }: { readonly zoom: number }): boolean => zoom >= FULL_SIZE;

export const WireChips = memo(function WireChips({ one }: { readonly one: SceneWire }) {
  return one.fallback ? <FallbackChip one={one} /> : <OwnChips one={one} />;
});

function OwnChips({ one }: { readonly one: SceneWire }) {
  const { wire } = one;
  const { at } = longestStretch(useWirePoints(one));
  const detail = useCanvas(selectDetail);
  const isSelected = useSelection((state) => state.wires.includes(wire.key));
  const isFullSize = useViewport(selectIsFullSize);
  const rate = useRun((run) => selectWire(wire.from.node, wire.to)(run)?.rate ?? 0);
  const problems = useDocument(useShallow((state) => problemsAtWire(state.open?.report, wire.index, `${wire.from.node}.${wire.from.port}`) ?? NO_PROBLEMS));
  const hasCounter = rate >= COUNTER_FROM;
  if (wire.guards.length === 0 && !hasCounter && problems.length === 0) return null;
  const words = problems.map(({ code, message }) => `${code}: ${message}`).join('\n');
  return (
    <div className={`wr-chips${isSelected ? ' selected' : ''}`} data-wire={wire.key} style={{ left: at.x, top: at.y }}>
      {problems.length > 0 && <span className={problems.some(({ severity }) => severity === 'error') ? 'wr-problem bad' : 'wr-problem'} role="img" aria-label={words} title={words}><TriangleAlert size={11} aria-hidden="true" /></span>}
      {wire.guards.length > 0 && (
        <span className="wr-guards">
          {wire.guards.map((guard, index) => <GuardChip key={index} wire={wire.key} place={index} guard={guard} hasValue={isSelected || isFullSize} />)}
        </span>
      )}
      {hasCounter && detail === 'full' && <span className="wr-counter">{wordRate(rate)}</span>}
    </div>
  );
}

/** What a dashed wire is, in a word; its name is that of the wire. */
function FallbackChip({ one }: { readonly one: SceneWire }) {
  const { wire } = one;
  const { at } = longestStretch(useWirePoints(one));
  const isSelected = useSelection((state) => state.wires.includes(wire.key));
  const rate = useRun(selectFallbackRate(one));
  return (
    <div className={`wr-chips${isSelected ? ' selected' : ''}`} data-wire={wire.key} style={{ left: at.x, top: at.y }} aria-hidden="true">
      <span className="wr-guards"><span className="wr-guard"><GuardIcon kind="fallback" size={11} />{rate > 0 ? `fallback in use, ${wordRate(rate)}` : 'fallback'}</span></span>
    </div>
  );
}
