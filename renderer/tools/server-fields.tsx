import { Check, FlaskConical } from 'lucide-react';
import { useState } from 'react';
import type { Entry } from '../registry/entries';
import { FormRow } from '../registry/form-row';
import { RemoveButton } from '../registry/remove-button';
import { OfferedTools } from './offered-tools';
import { isServerRefusal, serverOf, type ServerDraft, type ServerRefusal } from './server-form';
import { VariableRows } from './variable-rows';
import type { Tried } from './use-tools';

export type ServerDeeds = { readonly change: (part: Partial<ServerDraft>) => void; readonly save: () => void; readonly tryIt: () => void; readonly remove: () => void };
type FieldsProps = ServerDeeds & { readonly entry: Entry<ServerDraft>; readonly mayChange: boolean; readonly taken: readonly string[]; readonly problem: string | undefined; readonly tried: Tried };

/** One server: its command, its arguments, what it is given, and which of its tools may be called. */
export function ServerFields({ entry, mayChange, taken, problem, tried, change, save, tryIt, remove }: FieldsProps) {
  const { draft, begin, isKept, isChanged } = entry;
  const [wanted, setWanted] = useState<string>();
  const settings = serverOf(draft, taken);
  // What nobody has typed yet is no mistake, until it is to be saved.
  const refusal = isServerRefusal(settings) && (wanted === entry.id || draft[settings.field] !== begin[settings.field]) ? settings : undefined;
  const wordsOf = (field: ServerRefusal['field']): string | undefined => (refusal?.field === field ? refusal.words : undefined);
  const ifRight = (deed: () => void): void => {
    setWanted(entry.id);
    if (!isServerRefusal(settings)) return deed();
    document.querySelector<HTMLElement>(`.entry-fields [data-at="${settings.field}"]`)?.focus();
  };
  return (
    <form className="entry-fields stack" aria-label={`Server ${draft.name}`} noValidate onSubmit={(event) => { event.preventDefault(); ifRight(save); }}>
      <FormRow label="Name" refusal={wordsOf('name')} note={isKept ? undefined : 'As designs call it, at “server” of a tool.'}>
        {(described) => (isKept ? <output className="in m" aria-label="Name">{draft.name}</output> : <input className="in m" aria-label="Name" data-at="name" value={draft.name} spellCheck={false} {...described} onChange={({ target }) => change({ name: target.value })} />)}
      </FormRow>
      <FormRow label="Command" refusal={wordsOf('command')}>
        {(described) => <input className="in m" aria-label="Command" data-at="command" readOnly={!mayChange} value={draft.command} placeholder="npx" spellCheck={false} {...described} onChange={({ target }) => change({ command: target.value })} />}
      </FormRow>
      <FormRow label="Arguments" note="One a line, as they are: no shell is asked.">
        {(described) => <textarea className="in m" aria-label="Arguments" readOnly={!mayChange} rows={Math.min(8, Math.max(2, draft.args.split('\n').length))} value={draft.args} spellCheck={false} {...described} onChange={({ target }) => change({ args: target.value })} />}
      </FormRow>
      <FormRow label="Folder" refusal={wordsOf('cwd')}>
        {(described) => <input className="in m" aria-label="Folder" data-at="cwd" readOnly={!mayChange} value={draft.cwd} placeholder="the one for temporary files" spellCheck={false} {...described} onChange={({ target }) => change({ cwd: target.value })} />}
      </FormRow>
      <VariableRows variables={draft.variables} mayChange={mayChange} refusal={wordsOf('variables')} change={(variables) => change({ variables })} />
      {problem !== undefined && <p className="refusal" role="alert">{problem}</p>}
      {tried === 'waiting' && <p className="note" role="status">Starting it…</p>}
      <OfferedTools allow={draft.allow} tried={tried === 'waiting' ? undefined : tried} mayChange={mayChange} change={(allow) => change({ allow })} />
      {mayChange && (
        <footer className="sheet-foot">
          <RemoveButton key={entry.id} what={isKept ? draft.name : 'what is not kept'} onRemove={remove} />
          <span className="sp" />
          <button type="button" className="b out" disabled={tried === 'waiting'} title="Starts it, asks what it offers, and ends it" onClick={() => ifRight(tryIt)}><FlaskConical size={13} aria-hidden="true" />{isChanged || !isKept ? 'Save and try it' : 'Try it'}</button>
          <button type="submit" className="b solid" disabled={isKept && !isChanged}><Check size={13} aria-hidden="true" />Save</button>
        </footer>
      )}
    </form>
  );
}
