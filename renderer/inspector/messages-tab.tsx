import { useMemo } from 'react';
import type { JournalRecord } from '../../shared/journal/record';
import { useRun } from '../stores/run';
import { useSimulation } from '../stores/simulation';
import { WorldMark } from '../glyphs/world-mark';
import { useHasMocks } from '../stores/has-mocks';
import { worldsOf, type World } from '../words/record-worlds';
import { wordRecord } from '../words/record-words';
import { listRecordsOf } from './node-records';

const MOST_SHOWN = 200;

/** What the journal says of this node, newest first: of the simulation that is open, else of the live run. */
export function MessagesTab({ node }: { readonly node: string }) {
  const live = useRun((run) => run.records);
  const simulated = useSimulation((state) => state.records);
  const cursor = useSimulation((state) => state.cursor);
  const isOpen = useSimulation((state) => state.status === 'open');
  const records = isOpen ? simulated : live;
  const until = isOpen ? cursor : records.length;
  const hasMocks = useHasMocks(isOpen);
  const shown = useMemo(() => listRecordsOf(records, until, node, MOST_SHOWN), [records, until, node]);
  const worlds = useMemo(() => new Map(worldsOf(records, isOpen ? 'simulated' : 'live', hasMocks).map((world, index) => [records[index]!.seq, world])), [records, isOpen, hasMocks]);
  if (shown.length === 0) return <p className="empty">{records.length === 0 ? 'Not running. Run or simulate, and what happens to this node is listed here.' : 'Nothing has happened to this node yet.'}</p>;
  return (
    <table className="records">
      <thead><tr><th>ms</th><th>Event</th><th>Detail</th></tr></thead>
      <tbody>{shown.map((record) => <RecordRow key={record.seq} record={record} world={worlds.get(record.seq)} />)}</tbody>
    </table>
  );
}

/** What is an answer says of which world it is. */
const isAnswer = ({ type }: JournalRecord): boolean => type === 'effect.settled' || type === 'output.emitted';

function RecordRow({ record, world }: { readonly record: JournalRecord; readonly world: World | undefined }) {
  const { kind, detail, tone } = wordRecord(record);
  return <tr className={tone === 'plain' ? '' : tone}><td className="m">{record.atMs}</td><td>{kind}</td><td className="dim" title={detail}>{world && isAnswer(record) && <WorldMark world={world} />} {detail}</td></tr>;
}
