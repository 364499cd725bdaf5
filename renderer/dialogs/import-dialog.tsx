import { Plus } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import type { RequestAnswer, RequestInput } from '../../shared/api/contract';
import { api } from '../api/studio';
import { closeDialog } from '../stores/dialogs';
import { edit, projectNow } from '../stores/document';
import { selectProtocol } from '../stores/selection';
import { Sheet } from './sheet';
import { wordError } from '../words/word-error';

type Kind = RequestInput<'protocol.import'>['kind'];
type Read = Extract<RequestAnswer<'protocol.import'>, { ok: true }>['value'];
const KINDS: Readonly<Record<Kind, { readonly name: string; readonly says: string }>> = {
  mcp: { name: 'MCP tool list', says: 'The answer of tools/list: each tool becomes an operation.' },
  openapi: { name: 'OpenAPI', says: 'A document as JSON: each operation becomes one here.' },
  typescript: { name: 'TypeScript type', says: 'An interface with methods: each becomes an operation.' },
};

/** A protocol made of a text of others. It is read and shown first; only then it is added, as one edit. */
export function ImportDialog() {
  const [kind, setKind] = useState<Kind>('mcp');
  const [text, setText] = useState('');
  const [name, setName] = useState('');
  const [read, setRead] = useState<Read>();
  const [problem, setProblem] = useState<string>();
  const change = (deed: () => void): void => {
    deed();
    setRead(undefined);
    setProblem(undefined);
  };
  const look = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const project = projectNow();
    if (project === undefined) return;
    const answer = await api.request('protocol.import', { project, kind, text, ...(name.trim() === '' ? {} : { name: name.trim() }) });
    if (answer.ok) setRead(answer.value);
    else setProblem(wordError(answer.error));
  };
  const add = (): void => {
    if (!read || !edit(read.edit)) return;
    closeDialog();
    selectProtocol(read.file.replace(/^protocols\/|\.json$/g, ''));
  };
  return (
    <Sheet title="Import protocol" says="It becomes a file of the project, as plain schema." width={620}>
      <form className="stack" onSubmit={(event) => void look(event)}>
        <label className="f"><span>From</span>
          <select className="in" value={kind} onChange={({ target }) => change(() => setKind(target.value as Kind))}>{Object.entries(KINDS).map(([one, words]) => <option key={one} value={one}>{words.name}</option>)}</select>
        </label>
        <p className="note dim">{KINDS[kind].says}</p>
        <label className="f"><span>File</span><input type="file" className="file" accept=".json,.ts,.txt" onChange={({ target }) => void target.files?.[0]?.text().then((given) => change(() => setText(given)))} /></label>
        <textarea className="in m" rows={8} aria-label="Text to import" spellCheck={false} placeholder="or paste it here" value={text} onChange={({ target }) => change(() => setText(target.value))} />
        <label className="f"><span>Name</span><input className="in m" placeholder="as the text says" value={name} onChange={({ target }) => change(() => setName(target.value))} /></label>
        {problem !== undefined && <p className="refusal" role="alert">{problem}</p>}
        {read && <ReadProtocol read={read} />}
        <footer className="sheet-foot">
          <button type="submit" className={read ? 'b out' : 'b solid'} disabled={text.trim() === ''}>Read it</button>
          {read && <button type="button" className="b solid" onClick={add}><Plus size={13} aria-hidden="true" />Add {read.file}</button>}
        </footer>
      </form>
    </Sheet>
  );
}

/** What was made of it, and what was changed or left out on the way. */
function ReadProtocol({ read: { protocol, notes } }: { readonly read: Read }) {
  return (
    <div role="status" aria-label="What was read">
      <pre className="scroller short">{JSON.stringify(protocol, null, 2)}</pre>
      {notes.length > 0 && <ul className="import-notes" aria-label="Notes">{notes.map(({ place, message }) => <li key={`${place} ${message}`}><span className="m dim">{place}</span> {message}</li>)}</ul>}
    </div>
  );
}
