import { useEffect, useMemo, useRef, useState, type PointerEvent } from 'react';
import { moveCursor, useSimulation } from '../stores/simulation';
import { wordClock } from '../words/record-words';
import { layBreakers, type BreakerLane } from './breaker-lanes';
import { cursorAt, layLanes, spanOf, ticksOf, wordTick, type Lane, type LaneName } from './lanes';

const [HEAD, LANE, LABEL] = [24, 26, 104];
const COLOURS: Readonly<Record<LaneName, string>> = { Faults: 'var(--st-crashed)', Crashes: 'var(--st-crashed)', Restarts: 'var(--st-restarting)', Inputs: 'var(--st-busy)', Outputs: 'var(--st-running)', Failures: 'var(--st-gaveup)', Expectations: 'var(--st-crashed)' };

/** The axis with its lanes; a press anywhere moves the playhead there, the arrows step it. */
export function Lanes() {
  const records = useSimulation((state) => state.records);
  const cursor = useSimulation((state) => state.cursor);
  const frame = useRef<HTMLDivElement>(null);
  const [frameWidth, setFrameWidth] = useState(800);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => entry && setFrameWidth(entry.contentRect.width));
    observer.observe(frame.current!);
    return () => observer.disconnect();
  }, []);
  const width = Math.max(200, frameWidth - LABEL - 16);
  const span = spanOf(records);
  const lanes = useMemo(() => layLanes(records, width), [records, width]);
  const breakers = useMemo(() => layBreakers(records, span, width), [records, span, width]);
  // Breakers stand under what restarts (look.md section 6).
  const before = lanes.findIndex(({ name }) => name === 'Restarts') + 1;
  const rowOf = (index: number): number => (index < before ? index : index + breakers.length);
  const height = HEAD + (lanes.length + breakers.length) * LANE + 4;
  const atMs = records[cursor - 1]?.atMs ?? 0;
  const seek = (event: PointerEvent<SVGSVGElement>): void => {
    if (event.buttons !== 1) return;
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left - LABEL;
    moveCursor(cursorAt(records, (Math.max(0, Math.min(width, x)) / width) * span));
  };
  return (
    <div ref={frame} className="lanes" role="slider" tabIndex={0} aria-label="Playhead" aria-valuemin={0} aria-valuemax={records.length} aria-valuenow={cursor} aria-valuetext={`${wordClock(atMs)}, event ${cursor} of ${records.length}`}>
      <svg width={width + LABEL + 16} height={height} onPointerDown={seek} onPointerMove={seek}>
        {ticksOf(span, width).map((tick) => {
          const x = LABEL + (tick / span) * width;
          return <g key={tick}><path d={`M${x} ${HEAD}V${height}`} stroke="var(--line)" /><text x={x} y={16} fontSize="11" fill="var(--ink-3)" textAnchor="middle">{wordTick(tick)}</text></g>;
        })}
        {lanes.map((lane, index) => <LaneMarks key={lane.name} lane={lane} y={HEAD + rowOf(index) * LANE} width={width} />)}
        {breakers.map((lane, index) => <BreakerStretches key={`${lane.wire} ${index}`} lane={lane} y={HEAD + (before + index) * LANE} width={width} />)}
        <g transform={`translate(${LABEL + (atMs / span) * width} 0)`}>
          <path d={`M0 ${HEAD - 4}V${height}`} stroke="var(--beam)" strokeWidth="1.6" />
          <rect x="-28" y="4" width="56" height="17" rx="3" fill="var(--beam)" /><text y="16.5" fontSize="11" fontWeight="600" fill="var(--on-beam)" textAnchor="middle">{wordTick(atMs)}</text>
        </g>
      </svg>
    </div>
  );
}

function LaneMarks({ lane, y, width }: { readonly lane: Lane; readonly y: number; readonly width: number }) {
  const middle = y + LANE / 2;
  return (
    <g>
      <path d={`M0 ${y}H${LABEL + width}`} stroke="var(--line)" />
      <text x="12" y={middle + 4} fontSize="12" fill="var(--ink)">{lane.name}</text>
      <text x={LABEL - 12} y={middle + 4} fontSize="11" fill="var(--ink-3)" textAnchor="end">{lane.total}</text>
      {lane.marks.map((mark) => <LaneMark key={mark.x} name={lane.name} x={LABEL + mark.x} y={middle} label={mark.count === 1 ? mark.label : `${mark.label} and ${mark.count - 1} more`} />)}
    </g>
  );
}

const ARM_WORDS = { closed: 'closed', halfOpen: 'half open', open: 'open' } as const;
/** Narrower than this, a stretch has its word in the tooltip alone. */
const WORD_ROOM = 34;

/** A line while it is closed, a box with its word while it is open, dashes while it is half open. */
function BreakerStretches({ lane, y, width }: { readonly lane: BreakerLane; readonly y: number; readonly width: number }) {
  const middle = y + LANE / 2;
  const wire = lane.wire.split(' ')[0] ?? '';
  return (
    <g role="img" aria-label={`Breaker ${lane.wire}: opened ${lane.openings} times`}>
      <path d={`M0 ${y}H${LABEL + width}`} stroke="var(--line)" />
      <text x="12" y={middle + 4} fontSize="12" fill="var(--ink)">Breaker</text>
      <text x={LABEL - 8} y={middle + 4} fontSize="11" fill="var(--ink-3)" textAnchor="end"><title>{lane.wire}</title>{wire.length > 8 ? `${wire.slice(0, 7)}…` : wire}</text>
      {lane.stretches.map(({ from, to, arm }) => (
        <g key={`${from} ${arm}`}>
          <title>{`${lane.wire}: ${ARM_WORDS[arm]}`}</title>
          {arm === 'open' ? <rect x={LABEL + from} y={middle - 7} width={Math.max(2, to - from)} height="14" rx="2" fill="var(--wash-bad)" stroke="var(--st-crashed)" strokeWidth="1.2" /> : <path d={`M${LABEL + from} ${middle}H${LABEL + to}`} stroke={arm === 'halfOpen' ? 'var(--st-restarting)' : 'var(--ink-2)'} strokeWidth="3" strokeDasharray={arm === 'halfOpen' ? '4 3' : undefined} />}
          {arm === 'open' && to - from >= WORD_ROOM && <text x={LABEL + from + 6} y={middle + 4} fontSize="11" fontWeight="500" fill="var(--st-crashed)">open</text>}
        </g>
      ))}
    </g>
  );
}

/** Shape first: a cross for what breaks, a ring for a restart, a bar for traffic. */
function LaneMark({ name, x, y, label }: { readonly name: LaneName; readonly x: number; readonly y: number; readonly label: string }) {
  const stroke = COLOURS[name];
  return (
    <g>
      <title>{label}</title>
      {name === 'Restarts' ? <circle cx={x} cy={y} r="4" fill="none" stroke={stroke} strokeWidth="1.8" /> : name === 'Inputs' || name === 'Outputs' ? <path d={`M${x} ${y - 5}V${y + 5}`} stroke={stroke} strokeWidth="1.4" opacity=".75" /> : <path d={`M${x - 3.5} ${y - 3.5}l7 7M${x + 3.5} ${y - 3.5}l-7 7`} stroke={stroke} strokeWidth="2" strokeLinecap="round" />}
    </g>
  );
}
