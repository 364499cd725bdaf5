/** How the breakers of a journal stood over its time: pure, and bounded by the width, not by the number of changes. */
import type { JournalRecord } from '../../shared/journal/record';
import { armOf, type BreakerState } from '../words/guard-state';

type Arm = ReturnType<typeof armOf>;
/** `from` and `to` in px of the axis. */
export type BreakerStretch = { readonly from: number; readonly to: number; readonly arm: Arm };
export type BreakerLane = { readonly wire: string; readonly stretches: readonly BreakerStretch[]; readonly openings: number };

/** More breakers that change in one run than this are in the list of events. */
const MOST_LANES = 4;
const STATES: ReadonlySet<string> = new Set<BreakerState>(['closed', 'open', 'halfOpen', 'forcedOpen', 'forcedClosed']);
const stateOf = (word: string): BreakerState => (STATES.has(word) ? (word as BreakerState) : 'closed');
type Changed = Extract<JournalRecord, { type: 'guard.changed' }>;

/** A lane for each breaker that has ever changed, those that did so first at the top. */
export function layBreakers(records: readonly JournalRecord[], spanMs: number, width: number): readonly BreakerLane[] {
  const lanes = new Map<string, Changed[]>();
  for (const record of records) {
    if (record.type !== 'guard.changed' || !record.guard.startsWith('breaker')) continue;
    const key = `${record.wire} ${record.guard}`;
    const lane = lanes.get(key);
    if (lane) lane.push(record);
    else if (lanes.size < MOST_LANES) lanes.set(key, [record]);
  }
  return [...lanes.values()].map((changes) => ({ wire: changes[0]!.wire, openings: changes.filter(({ to }) => armOf(stateOf(to)) === 'open').length, stretches: stretchesOf(changes, spanMs, width) }));
}

function stretchesOf(changes: readonly Changed[], spanMs: number, width: number): readonly BreakerStretch[] {
  const found: BreakerStretch[] = [];
  let [from, state] = [0, stateOf(changes[0]!.from)];
  const end = (to: number): void => {
    const arm = armOf(state);
    const last = found.at(-1);
    if (last?.arm === arm) found[found.length - 1] = { ...last, to };
    // What is shorter than a pixel is not seen, unless it is what one looks for.
    else if (to > from || arm === 'open') found.push({ from, to: Math.max(to, from + 1), arm });
    from = Math.max(from, to);
  };
  for (const change of changes) {
    end(Math.round((change.atMs / spanMs) * width));
    state = stateOf(change.to);
  }
  end(width);
  return found.filter((one, index) => one.arm === 'open' || one.to > one.from || index === 0);
}
