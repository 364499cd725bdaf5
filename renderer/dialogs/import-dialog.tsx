import { FileUp, Plus } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import type { RequestAnswer, RequestInput } from '../../shared/api/contract';
import { api } from '../api/studio';
import { closeDialog } from '../stores/dialogs';
import { edit, projectNow } from '../stores/document';
import { selectProtocol } from '../stores/selection';
import { FormRow } from '../registry/form-row';
import { guessImport } from './guess-import';
import { Sheet } from './sheet';
import { wordError } from '../words/word-error';

type Kind = RequestInput<'protocol.import'>['kind'];
type Read = Extract<RequestAnswer<'protocol.import'>, { ok: true }>['value'];
const KINDS: Readonly<Record<Kind, { readonly name: string; readonly says: string }>> = {
  mcp: { name: 'MCP tool list', says: 'The answer of tools/list: each tool becomes an operation.' },
  openapi: { name: 'OpenAPI', says: 'A document as JSON: each operation becomes one here.' },
  typescript: { name: 'TypeScript type', says: 'An interface with methods: each becomes an operation.' },
};

/** The code of a name that is there already, or can't be one. */
const NAME_IS_TAKEN = 'PRO051';
const HINTS: Readonly<Record<Kind, string>> = {
  mcp: '{ "tools": [ { "name": "read_file", "inputSchema": { "type": "object", … } } ] }',
  openapi: '{ "openapi": "3.1.0", "paths": { "/orders/{id}": { "get": … } } }',
  typescript: 'interface Weather {\n  read(input: { place: string }): Promise<{ celsius: number }>\n}',
};

/** A protocol made of a text of others. It is read and shown first; only then it is added, as one edit. */
export function ImportDialog() {
  const [kind, setKind] = useState<Kind>('mcp');
  const [text, setText] = useState('');
  const [file, setFile] = useState<string>();
  const [name, setName] = useState('');
  const [read, setRead] = useState<Read>();
  const [problem, setProblem] = useState<{ readonly isName: boolean; readonly words: string }>();
  const change = (deed: () => void): void => {
    deed();
    setRead(undefined);
    setProblem(undefined);
  };
  // What a text is can be told by itself, mostly; what a person chose afterwards stays.
  const take = (given: string, from?: string): void =>
    change(() => {
      const guessed = guessImport(given);
      if (guessed !== undefined && (from !== undefined || text.trim() === '')) setKind(guessed);
      setText(given);
      setFile(from);
    });
  const takeFile = async (one: File | undefined): Promise<void> => {
    if (one) take(await one.text(), one.name);
  };
  const look = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const project = projectNow();
    if (project === undefined) return;
    const answer = await api.request('protocol.import', { project, kind, text, ...(name.trim() === '' ? {} : { name: name.trim() }) });
    if (answer.ok) setRead(answer.value);
    else setProblem({ isName: answer.error.code === NAME_IS_TAKEN, words: wordError(answer.error) });
  };
  const add = (): void => {
    if (!read || !edit(read.edit)) return;
    closeDialog();
    selectProtocol(read.file.replace(/^protocols\/|\.json$/g, ''));
  };
  return (
    <Sheet title="Import protocol" says="It becomes a file of the project, as plain schema." width={620} isUnsaved={text.trim() !== ''}>
      <form className="stack" onSubmit={(event) => void look(event)}>
        <label className="f"><span>From</span>
          <select className="in" value={kind} onChange={({ target }) => change(() => setKind(target.value as Kind))}>{Object.entries(KINDS).map(([one, words]) => <option key={one} value={one}>{words.name}</option>)}</select>
        </label>
        <p className="note dim">{KINDS[kind].says}</p>
        <div className="f"><span aria-hidden="true">File</span>
          <span className="file-line">
            <label className="b out file-button"><FileUp size={13} aria-hidden="true" />Choose a file<input type="file" className="unseen" aria-label="File" accept=".json,.ts,.txt" onChange={({ target }) => void takeFile(target.files?.[0])} /></label>
            <span className="dim">{file ?? 'or paste the text below'}</span>
          </span>
        </div>
        <textarea className="in m" rows={8} aria-label="Text to import" spellCheck={false} placeholder={HINTS[kind]} value={text} onChange={({ target }) => take(target.value)} />
        <FormRow label="Name" refusal={problem?.isName === true ? problem.words : undefined}>
          {(described) => <input className="in m" aria-label="Name" placeholder="as the text says" value={name} spellCheck={false} {...described} onChange={({ target }) => change(() => setName(target.value))} />}
        </FormRow>
        {problem?.isName === false && <p className="refusal" role="alert">{problem.words}</p>}
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
      <pre className="scroller short" tabIndex={0}>{JSON.stringify(protocol, null, 2)}</pre>
      {notes.length > 0 && <ul className="import-notes" aria-label="Notes">{notes.map(({ place, message }) => <li key={`${place} ${message}`}><span className="m dim">{place}</span> {message}</li>)}</ul>}
    </div>
  );
}
