/** What runs: its state, the agents, events, logs and outputs; in a simulation, the records up to the shown moment. */
import { Filter, Send, Zap } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { useDeferredValue, useMemo, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { JournalRecord } from '../../shared/journal/record';
import { openDialog } from '../stores/dialogs';
import { selectIsLive, selectRunStatus, startRun, useRun, type LiveRun } from '../stores/run';
import { useSelection } from '../stores/selection';
import { useHasMocks } from '../stores/has-mocks';
import { useSimulation } from '../stores/simulation';
import { GROUPS, passesFilter, wordRecord, type RecordWords } from '../words/record-words';
import { worldsOf } from '../words/record-worlds';
import { wordDuration } from '../words/word-duration';
import { wordResult } from '../words/word-result';
import { AgentsTable } from './agents-table';
import { EventsTable } from './events-table';
import { MockedLine } from './mocked-line';
import { OutputsTable } from './outputs-table';
import { SpendLine } from './spend-line';

type Group = RecordWords['group'] | 'all';

export function RunPanel() {
  const [tab, setTab] = useState('agents');
  const [group, setGroup] = useState<Group>('all');
  const [query, setQuery] = useState('');
  const isSimulated = useSimulation(({ status }) => status === 'open');
  const isLive = useRun(selectIsLive);
  const hasRun = useRun((run) => run.state !== undefined);
  return (
    <section aria-label="Run" className="run">
      <Tabs.Root value={tab} onValueChange={setTab} className="run-tabs">
        <div className="run-head">
          <RunStatusWords />
          <Tabs.List className="seg" aria-label="What to show">
            {['agents', 'events', 'logs', 'outputs'].map((name) => <Tabs.Trigger key={name} value={name} className={tab === name ? 'on' : ''}>{name.charAt(0).toUpperCase() + name.slice(1)}</Tabs.Trigger>)}
          </Tabs.List>
          <span className="sp" />
          {isLive && <SendAndCrash />}
          {tab === 'events' && (
            <label className="b"><Filter size={13} aria-hidden="true" /><span className="unseen">Kind of event</span>
              <select className="plain" value={group} onChange={(event) => setGroup(event.target.value as Group)}><option value="all">all kinds</option>{GROUPS.map((one) => <option key={one}>{one}</option>)}</select>
            </label>
          )}
          <input className="in narrow" type="search" aria-label="Filter" placeholder="Filter" value={query} onChange={(event) => setQuery(event.target.value)} />
        </div>
        <MockedLine />
        <SpendLine />
        {!hasRun && !isSimulated ? <NotRunning /> : (
          <>
            <Tabs.Content value="agents" className="run-page"><AgentsTable query={query} /></Tabs.Content>
            <Tabs.Content value="events" className="run-page"><Events group={group} query={query} /></Tabs.Content>
            <Tabs.Content value="logs" className="run-page"><Events group="log" query={query} /></Tabs.Content>
            <Tabs.Content value="outputs" className="run-page"><OutputsTable query={query} /></Tabs.Content>
          </>
        )}
      </Tabs.Root>
    </section>
  );
}

function selectWords({ state }: LiveRun): readonly string[] {
  if (!state) return [];
  if (state.ended) return [`${state.ended.reason.replaceAll('_', ' ')}${state.ended.rootReason === null ? '' : `: ${state.ended.rootReason}`}`, wordResult(state.ended.result)].filter((word) => word !== '');
  const words = [state.isEditedSince ? 'edited since' : '', state.isDrained ? 'all sources done' : '', state.engineLost === undefined ? '' : `engine lost ${state.engineLosses} times, last: ${state.engineLost.reason}`];
  return words.filter((word) => word !== '');
}

function RunStatusWords() {
  const status = useRun(selectRunStatus);
  const words = useRun(useShallow(selectWords));
  const atMs = useRun(({ telemetry }) => telemetry?.atMs);
  const all = [...words, ...(status === 'running' && atMs !== undefined ? [`live for ${wordDuration(atMs)}`] : [])].join(', ');
  return (
    <span className="run-status">
      <span role="status" aria-label="Run status" className={`run-word ${status}`}>{status}</span>
      <span className="dim" title={all}>{all}</span>
    </span>
  );
}

function SendAndCrash() {
  const node = useSelection(({ nodes }) => nodes[0]);
  return (
    <>
      <button type="button" className="b" onClick={() => openDialog({ kind: 'send', ...(node === undefined ? {} : { node }) })}><Send size={13} aria-hidden="true" />Send</button>
      <span className="dim narrow-hint"><Zap size={12} aria-hidden="true" /> right-click a node to crash it</span>
    </>
  );
}

function NotRunning() {
  return <p className="empty">Not running. <button type="button" className="link" onClick={() => void startRun()}>Run it</button>, or simulate a scenario.</p>;
}

const NO_RECORDS: readonly JournalRecord[] = [];

function Events({ group, query }: { readonly group: Group; readonly query: string }) {
  const live = useRun(({ records }) => records);
  const skipped = useRun((run) => run.skipped);
  const simulated = useSimulation(({ status, records }) => (status === 'open' ? records : NO_RECORDS));
  const cursor = useSimulation((state) => state.cursor);
  const isSimulated = simulated !== NO_RECORDS;
  const records = useDeferredValue(isSimulated ? simulated.slice(0, cursor) : live);
  const hasMocks = useHasMocks(isSimulated);
  const rows = useMemo(() => {
    const worlds = worldsOf(records, isSimulated ? 'simulated' : 'live', hasMocks);
    return records.map((record, index) => ({ record, words: wordRecord(record), of: worlds[index]! })).filter(({ words, of }) => passesFilter({ ...words, detail: `${words.detail} ${of}` }, group, query));
  }, [records, isSimulated, hasMocks, group, query]);
  return <EventsTable rows={rows} world={isSimulated ? 'simulated' : 'live'} skipped={isSimulated ? 0 : skipped} />;
}
