import { Check, FlaskConical } from 'lucide-react';
import { useState } from 'react';
import type { KeyState, ProviderList } from '../../shared/api/providers';
import type { Entry } from '../registry/entries';
import { FormRow } from '../registry/form-row';
import { RemoveButton } from '../registry/remove-button';
import { EndpointFields } from './endpoint-fields';
import { ModelTable } from './model-table';
import { isRefusal, PROVIDER_WORDS, settingsOf, type ProviderDraft, type Refusal } from './provider-form';
import { TestResult, type Tested } from './test-result';

export type ProviderDeeds = {
  readonly change: (part: Partial<ProviderDraft>) => void;
  readonly save: () => void;
  readonly test: () => void;
  readonly remove: () => void;
  readonly askModels: () => void;
};
type FieldsProps = ProviderDeeds & {
  readonly entry: Entry<ProviderDraft>;
  readonly keyState: KeyState;
  readonly keysGo: ProviderList['keysGo'];
  readonly taken: readonly string[];
  readonly problem: string | undefined;
  readonly tested: Tested;
};

/** One provider: where it is, its key, its models and their prices. Testing asks what is kept, so it is kept first. */
export function ProviderFields({ entry, keyState, keysGo, taken, problem, tested, change, save, test, remove, askModels }: FieldsProps) {
  const { draft, begin, isKept, isChanged } = entry;
  const [tried, setTried] = useState<string>();
  const settings = settingsOf(draft, taken);
  // What nobody has typed yet is no mistake, until it is to be saved.
  const refusal = isRefusal(settings) && (tried === entry.id || draft[settings.field] !== begin[settings.field]) ? settings : undefined;
  const ifRight = (deed: () => void): void => {
    setTried(entry.id);
    if (!isRefusal(settings)) return deed();
    document.querySelector<HTMLElement>(`.entry-fields [data-at="${settings.field}"]`)?.focus();
  };
  const wordsOf = (field: Refusal['field']): string | undefined => (refusal?.field === field ? refusal.words : undefined);
  return (
    <form className="entry-fields stack" aria-label={`Provider ${draft.name}`} noValidate onSubmit={(event) => { event.preventDefault(); ifRight(save); }}>
      <FormRow label="Name" refusal={wordsOf('name')}>
        {(described) => (isKept ? <output className="in m" aria-label="Name">{draft.name}</output> : <input className="in m" aria-label="Name" data-at="name" value={draft.name} spellCheck={false} {...described} onChange={({ target }) => change({ name: target.value })} />)}
      </FormRow>
      <FormRow label="Kind">{() => <output className="in" aria-label="Kind">{PROVIDER_WORDS[draft.kind]}</output>}</FormRow>
      {draft.kind !== 'recorded' && <EndpointFields draft={draft} keyState={keyState} keysGo={keysGo} wordsOf={wordsOf} change={change} />}
      <ModelTable draft={draft} isKept={isKept} refusal={wordsOf('models')} change={(models) => change({ models })} askModels={askModels} />
      {problem !== undefined && <p className="refusal" role="alert">{problem}</p>}
      <TestResult tested={tested} />
      <footer className="sheet-foot">
        <RemoveButton key={entry.id} what={isKept ? draft.name : 'what is not kept'} onRemove={remove} />
        <span className="sp" />
        {draft.kind !== 'recorded' && <button type="button" className="b out" disabled={tested === 'waiting'} onClick={() => ifRight(test)}><FlaskConical size={13} aria-hidden="true" />{isChanged || !isKept ? 'Save and test' : 'Test'}</button>}
        <button type="submit" className="b solid" disabled={isKept && !isChanged}><Check size={13} aria-hidden="true" />Save</button>
      </footer>
    </form>
  );
}
