import { useEffect, useMemo, useRef, useState, type PointerEvent } from 'react';
import { moveCursor, useSimulation } from '../stores/simulation';
import { wordClock } from '../words/record-words';
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
  const height = HEAD + lanes.length * LANE + 4;
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
        {lanes.map((lane, index) => <LaneMarks key={lane.name} lane={lane} y={HEAD + index * LANE} width={width} />)}
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
