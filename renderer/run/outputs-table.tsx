import { useMemo } from 'react';
import type { JournalRecord } from '../../shared/journal/record';
import { useRun } from '../stores/run';
import { useSimulation } from '../stores/simulation';
import { wordClock } from '../words/record-words';

const MOST_SHOWN = 500;
const NO_RECORDS: readonly JournalRecord[] = [];

/** What has left the run at its sinks, newest first. */
export function OutputsTable({ query }: { readonly query: string }) {
  const live = useRun(({ outputs }) => outputs);
  const simulated = useSimulation(({ status, records }) => (status === 'open' ? records : NO_RECORDS));
  const cursor = useSimulation((state) => state.cursor);
  const outputs = useMemo(() => {
    const all = simulated === NO_RECORDS ? live : simulated.slice(0, cursor).flatMap((record) => (record.type === 'output.emitted' ? [record] : []));
    return all.filter((output) => `${output.node} ${JSON.stringify(output.value)}`.toLowerCase().includes(query.toLowerCase())).slice(-MOST_SHOWN).toReversed();
  }, [live, simulated, cursor, query]);
  if (outputs.length === 0) return <p className="empty">No sink has put anything out.</p>;
  return (
    <div className="table-frame" tabIndex={0}>
      <table aria-label="Outputs">
        <thead><tr><th>Time</th><th>Sink</th><th>Value</th></tr></thead>
        <tbody>{outputs.map((output, index) => <tr key={outputs.length - index}><td className="m">{wordClock(output.atMs)}</td><td>{output.node}</td><td className="m wrap">{JSON.stringify(output.value)}</td></tr>)}</tbody>
      </table>
    </div>
  );
}
