/** A simulated run from beginning to end: a playhead, lanes of what happened, and every event to go to. */
import { ChevronLeft, ChevronRight, SkipBack, SkipForward, X, Zap } from 'lucide-react';
import { useMemo, type KeyboardEvent } from 'react';
import type { Simulation } from '../../shared/api/run';
import { openDialog } from '../stores/dialogs';
import { WorldMark } from '../glyphs/world-mark';
import { useHasMocks } from '../stores/has-mocks';
import { worldsOf } from '../words/record-worlds';
import { closeSimulation, moveCursor, stepCursor, useSimulation } from '../stores/simulation';
import { wordClock, wordRecord } from '../words/record-words';
import { EventList } from './event-list';
import { Expectations, VERDICTS } from './expectations';
import { findFrom } from './lanes';
import { Lanes } from './lanes-view';

export function Timeline() {
  const status = useSimulation((state) => state.status);
  const simulation = useSimulation((state) => state.simulation);
  return (
    <section aria-label="Timeline" className="timeline" onKeyDown={press}>
      {status === 'running' && <p className="empty" role="status">Simulating…</p>}
      {status === 'none' && <p className="empty">No simulation is open. <button type="button" className="link" onClick={() => openDialog({ kind: 'simulate' })}>Simulate a scenario</button> and step through what happens.</p>}
      {status === 'open' && simulation && (
        <>
          <Transport simulation={simulation} />
          <div className="timeline-body"><div className="timeline-lanes"><Lanes /><Expectations result={simulation.result} /></div><EventList /></div>
        </>
      )}
    </section>
  );
}

const isRestart = ({ type }: { readonly type: string }): boolean => type === 'supervisor.restarting';
const isFault = ({ type }: { readonly type: string }): boolean => type === 'fault.injected';

function goToNext(isWanted: (record: { readonly type: string }) => boolean): void {
  const { records, cursor } = useSimulation.getState();
  moveCursor(findFrom(records, cursor, isWanted) ?? records.length);
}

/** Arrows step an event, R goes to the next restart, F to the next fault (look.md section 6). */
function press(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return;
  const { records } = useSimulation.getState();
  const actions: Readonly<Record<string, () => void>> = {
    ArrowRight: () => stepCursor(event.shiftKey ? 10 : 1),
    ArrowLeft: () => stepCursor(event.shiftKey ? -10 : -1),
    Home: () => moveCursor(0),
    End: () => moveCursor(records.length),
    r: () => goToNext(isRestart),
    f: () => goToNext(isFault),
  };
  const action = Object.hasOwn(actions, event.key) ? actions[event.key] : undefined;
  if (!action) return;
  event.preventDefault();
  event.stopPropagation();
  action();
}

function Transport({ simulation }: { readonly simulation: Simulation }) {
  const cursor = useSimulation((state) => state.cursor);
  const records = useSimulation((state) => state.records);
  const at = records[cursor - 1];
  const words = at && wordRecord(at);
  const hasMocks = useHasMocks(true);
  const worlds = useMemo(() => worldsOf(records, 'simulated', hasMocks), [records, hasMocks]);
  return (
    <div className="transport">
      <button type="button" className="b ic" aria-label="First event" onClick={() => moveCursor(0)}><SkipBack size={13} /></button>
      <button type="button" className="b ic" aria-label="Previous event" onClick={() => stepCursor(-1)}><ChevronLeft size={15} /></button>
      <button type="button" className="b ic" aria-label="Next event" onClick={() => stepCursor(1)}><ChevronRight size={15} /></button>
      <button type="button" className="b ic" aria-label="Last event" onClick={() => moveCursor(records.length)}><SkipForward size={13} /></button>
      <span className="clock">{wordClock(at?.atMs ?? 0)}</span><span className="dim">virtual</span>
      <span className="div" />
      <span className="dim">event {cursor} of {records.length}</span>
      <span className="div" />
      <span className="words">{words ? `${words.kind} ${words.where}${words.detail === '' ? '' : `: ${words.detail}`}${at.cause === null ? '' : `, caused by event ${at.cause}`}` : 'before the first event'}</span>
      {at && <WorldMark world={worlds[cursor - 1]!} />}
      <span className="sp" />
      <Verdict simulation={simulation} />
      <button type="button" className="b" onClick={() => goToNext(isFault)}><Zap size={13} aria-hidden="true" />Next fault</button>
      <button type="button" className="b" onClick={() => goToNext(isRestart)}>Next restart <kbd className="kbd">R</kbd></button>
      <button type="button" className="b ic" aria-label="Leave the simulation" onClick={() => void closeSimulation()}><X size={14} /></button>
    </div>
  );
}

function Verdict({ simulation: { result } }: { readonly simulation: Simulation }) {
  const Icon = VERDICTS[result.verdict];
  const failed = result.expectations.filter(({ verdict }) => verdict !== 'pass');
  return <span className={`verdict ${result.verdict}`} title={result.expectations.map(({ name, verdict, message }) => `${name}: ${verdict}. ${message}`).join('\n')}><Icon size={13} aria-hidden="true" />{result.verdict}{failed.length > 0 ? `: ${failed[0]!.name}` : ''}</span>;
}
