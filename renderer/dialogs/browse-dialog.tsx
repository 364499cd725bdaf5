import { ArrowUp, Folder, Workflow } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { Browsed } from '../../shared/api/shell';
import { api } from '../api/studio';
import { open } from '../commands/file-commands';
import type { Dialog } from '../stores/dialogs';
import { Sheet } from './sheet';
import { wordError } from '../words/word-error';

type Why = Extract<Dialog, { kind: 'browse' }>['why'];

/** Folders of this machine, for a browser, which has no dialog of its own for them. */
export function BrowseDialog({ why }: { readonly why: Why }) {
  const [at, setAt] = useState<Browsed>();
  const [problem, setProblem] = useState<string>();
  const go = useCallback(async (handle?: string) => {
    const answer = await api.request('shell.browse', handle === undefined ? {} : { at: handle });
    if (answer.ok) setAt(answer.value);
    setProblem(answer.ok ? undefined : wordError(answer.error));
  }, []);
  useEffect(() => void go(), [go]);
  return (
    <Sheet title="Open folder" says="Opening shows a design and never runs its code." width={520} buttons={<button type="button" className="b solid" disabled={!at?.isProject || why !== 'open'} onClick={() => at && void open(at.handle)}>Open</button>}>
      <div className="path m">{at?.shownPath}</div>
      {problem !== undefined && <p className="refusal" role="alert">{problem}</p>}
      <ul className="scroller folders" aria-label="Folders">
        {at?.parent !== undefined && <li><button type="button" className="row" onClick={() => void go(at.parent)}><ArrowUp size={14} aria-hidden="true" />One up</button></li>}
        {at?.folders.length === 0 && <li className="dim">No folders in here.</li>}
        {at?.folders.map((folder) => (
          <li key={folder.handle}>
            <button type="button" className="row" onClick={() => void go(folder.handle)} onDoubleClick={() => folder.isProject && void open(folder.handle)}>
              {folder.isProject ? <Workflow size={14} aria-label="design" /> : <Folder size={14} aria-hidden="true" />}<span className="t">{folder.name}</span>{folder.isProject && <span className="x">a design</span>}
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
