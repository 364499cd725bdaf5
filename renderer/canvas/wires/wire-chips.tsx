/** What sits on a wire: its guards in the order a call meets them, the counter where messages are too fast to see, problems. */
import { CornerDownRight, Gauge, Layers, RotateCcw, Timer, TriangleAlert, Zap, type LucideIcon } from 'lucide-react';
import { memo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { JsonObject } from '../../../shared/json/json';
import { useDocument } from '../../stores/document';
import { selectWire, useRun } from '../../stores/run';
import { useSelection } from '../../stores/selection';
import { selectDetail, useCanvas } from '../canvas-store';
import { longestStretch } from '../layout/route-wire';
import type { SceneWire } from '../layout/wire-ends';
import { problemsAtWire } from '../problems-at';
import { wordMs, wordRate } from '../words';
import { useWirePoints } from './wire-mark';

const ICONS: Readonly<Record<string, LucideIcon>> = { timeout: Timer, retry: RotateCcw, breaker: Zap, bulkhead: Layers, rateLimit: Gauge, fallback: CornerDownRight };
const COUNTER_FROM = 5;
const NO_PROBLEMS = [] as const;

/** The value that says most about a guard, short. */
export function guardValue(guard: JsonObject): string {
  if (typeof guard['ms'] === 'number') return wordMs(guard['ms']);
  for (const field of ['attempts', 'times', 'max', 'limit', 'failures', 'perSecond', 'to']) {
    const value = guard[field];
    if (typeof value === 'number' || typeof value === 'string') return String(value);
  }
  return '';
}

export const WireChips = memo(function WireChips({ one }: { readonly one: SceneWire }) {
  const { wire } = one;
  const { at } = longestStretch(useWirePoints(one));
  const detail = useCanvas(selectDetail);
  const isSelected = useSelection((state) => state.wires.includes(wire.key));
  const rate = useRun((run) => selectWire(wire.from.node, wire.to)(run)?.rate ?? 0);
  const problems = useDocument(useShallow((state) => problemsAtWire(state.open?.report, wire.index, `${wire.from.node}.${wire.from.port}`) ?? NO_PROBLEMS));
  const hasCounter = rate >= COUNTER_FROM;
  if (wire.guards.length === 0 && !hasCounter && problems.length === 0) return null;
  const words = problems.map(({ code, message }) => `${code}: ${message}`).join('\n');
  const hasValues = isSelected || detail === 'full';
  return (
    <div className={`wr-chips${isSelected ? ' selected' : ''}`} data-wire={wire.key} style={{ left: at.x, top: at.y }}>
      {problems.length > 0 && <span className={problems.some(({ severity }) => severity === 'error') ? 'wr-problem bad' : 'wr-problem'} role="img" aria-label={words} title={words}><TriangleAlert size={11} aria-hidden="true" /></span>}
      {wire.guards.length > 0 && (
        <span className="wr-guards">
          {wire.guards.map((guard, index) => <GuardChip key={index} guard={guard} hasValue={hasValues} />)}
        </span>
      )}
      {hasCounter && detail === 'full' && <span className="wr-counter">{wordRate(rate)}</span>}
    </div>
  );
});

function GuardChip({ guard, hasValue }: { readonly guard: JsonObject; readonly hasValue: boolean }) {
  const kind = typeof guard['kind'] === 'string' ? guard['kind'] : 'unknown';
  const Icon = (Object.hasOwn(ICONS, kind) ? ICONS[kind] : undefined) ?? TriangleAlert;
  const value = guardValue(guard);
  return <span role="group" aria-label={`guard ${kind}`} title={`${kind} ${value}`.trim()} className="wr-guard"><Icon size={11} aria-hidden="true" />{value !== '' && <span className={hasValue ? 'value' : 'value hid'}>{value}</span>}</span>;
}
