import { useEffect, useState } from 'react';
import type { HistoryEntry } from '../../shared/api/project';
import { api } from '../api/studio';
import { selectOpen, useDocument } from '../stores/document';
import { Sheet } from './sheet';

const SHOWN = 200;
const KINDS: Readonly<Record<HistoryEntry['kind'], string>> = { edit: '', undo: 'undone', redo: 'done again', outside: 'outside the Studio' };

/** All edits, newest first: what was done, and what of it is taken back. */
export function HistoryDialog() {
  const open = useDocument(selectOpen);
  const [entries, setEntries] = useState<readonly HistoryEntry[]>();
  const project = open?.project;
  const revision = open?.revision;
  useEffect(() => {
    if (project !== undefined) void api.request('project.history', { project, count: SHOWN }).then(setEntries);
  }, [project, revision]);
  return (
    <Sheet title="History" says="Every edit is on the disk when it is listed here, and can be undone, also after a restart." width={560}>
      <div className="scroller" tabIndex={0}>
        <table>
          <thead><tr><th>When</th><th>Edit</th><th /></tr></thead>
          <tbody>
            {entries?.map((entry) => (
              <tr key={entry.seq} className={entry.isUndone ? 'undone' : ''}>
                <td className="m">{new Date(entry.atUnixMs).toLocaleTimeString()}</td><td>{entry.label}</td><td className="dim">{entry.isUndone ? 'taken back' : KINDS[entry.kind]}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {entries?.length === 0 && <p className="empty">Nothing was edited yet.</p>}
      </div>
    </Sheet>
  );
}
