import { Check, FlaskConical, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { KeyState, ProviderList } from '../../shared/api/providers';
import { api } from '../api/studio';
import { ModelTable } from './model-table';
import { PROVIDER_WORDS, settingsOf, type KeyKind, type ProviderDraft } from './provider-form';
import { TestResult, type Tested } from './test-result';

type FieldsProps = {
  readonly begin: ProviderDraft;
  readonly keyState: KeyState;
  readonly keysGo: ProviderList['keysGo'];
  readonly taken: readonly string[];
  readonly isKept: boolean;
  readonly onList: (list: ProviderList, name: string | undefined) => void;
};

/** One provider: where it is, its key, its models and their prices. Testing asks what is kept, so it is kept first. */
export function ProviderFields({ begin, keyState, keysGo, taken, isKept, onList }: FieldsProps) {
  const [draft, setDraft] = useState(begin);
  const [problem, setProblem] = useState<string>();
  const [tested, setTested] = useState<Tested>();
  const settings = settingsOf(draft, taken);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(begin);
  const change = (part: Partial<ProviderDraft>): void => {
    setDraft({ ...draft, ...part });
    setTested(undefined);
  };
  const save = async (): Promise<boolean> => {
    if (typeof settings === 'string') return false;
    const answer = await api.request('providers.save', { name: draft.name, settings, ...(draft.keyKind === 'keychain' && draft.key !== '' ? { key: draft.key } : {}) });
    setProblem(answer.ok ? undefined : `${answer.error.message} ${answer.error.fix}`);
    if (answer.ok) {
      setDraft({ ...draft, key: '' });
      onList(answer.value, draft.name);
    }
    return answer.ok;
  };
  const test = async (): Promise<void> => {
    if ((isChanged || !isKept) && !(await save())) return;
    setTested('waiting');
    const answer = await api.request('providers.test', { name: draft.name });
    setTested(answer.ok ? { ok: true, ...answer.value } : { ok: false, words: `${answer.error.message} ${answer.error.fix}` });
  };
  const remove = async (): Promise<void> => {
    const answer = await api.request('providers.remove', { name: draft.name });
    if (answer.ok) onList(answer.value, undefined);
    else setProblem(`${answer.error.message} ${answer.error.fix}`);
  };
  return (
    <form className="provider-fields stack" aria-label={`Provider ${draft.name}`} onSubmit={(event) => { event.preventDefault(); void save(); }}>
      <Row label="Name"><input className="in m" aria-label="Name" value={draft.name} readOnly={isKept} onChange={({ target }) => change({ name: target.value })} /></Row>
      <Row label="Kind"><output className="in" aria-label="Kind">{PROVIDER_WORDS[draft.kind]}</output></Row>
      {draft.kind !== 'recorded' && <EndpointFields draft={draft} keyState={keyState} keysGo={keysGo} change={change} />}
      <ModelTable draft={draft} isKept={isKept} change={(models) => change({ models })} say={setProblem} />
      {typeof settings === 'string' && <p className="refusal" role="alert">{settings}</p>}
      {problem !== undefined && <p className="refusal" role="alert">{problem}</p>}
      <TestResult tested={tested} />
      <footer className="sheet-foot">
        {isKept && <button type="button" className="b" onClick={() => void remove()}><Trash2 size={13} aria-hidden="true" />Remove</button>}
        <span className="sp" />
        {draft.kind !== 'recorded' && <button type="button" className="b out" disabled={typeof settings === 'string' || tested === 'waiting'} onClick={() => void test()}><FlaskConical size={13} aria-hidden="true" />{isChanged || !isKept ? 'Save and test' : 'Test'}</button>}
        <button type="submit" className="b solid" disabled={typeof settings === 'string' || (isKept && !isChanged)}><Check size={13} aria-hidden="true" />Save</button>
      </footer>
    </form>
  );
}

function Row({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return <div className="f"><span aria-hidden="true">{label}</span>{children}</div>;
}

const KEY_KINDS: Readonly<Record<KeyKind, string>> = { none: 'none', env: 'an environment variable', keychain: 'the keychain of this system' };
const GOES: Readonly<Record<ProviderList['keysGo'], string>> = {
  keychain: 'It goes into the keychain of this system, and is never shown again.',
  session: 'It stays in the memory of this program until it ends, since there is no keychain here.',
  nowhere: 'No key is taken here: enter it in the app, or use an environment variable.',
};
const STATES: Readonly<Record<KeyState, string>> = { none: '', set: 'A key is there.', missing: 'There is none yet.', locked: 'Only the app can open it.' };

function EndpointFields({ draft, keyState, keysGo, change }: Pick<FieldsProps, 'keyState' | 'keysGo'> & { readonly draft: ProviderDraft; readonly change: (part: Partial<ProviderDraft>) => void }) {
  return (
    <>
      <Row label="Base URL"><input className="in m" aria-label="Base URL" value={draft.baseUrl} placeholder="https://api.example.com/v1" spellCheck={false} onChange={({ target }) => change({ baseUrl: target.value })} /></Row>
      <Row label="Key from">
        <select className="in" aria-label="Key from" value={draft.keyKind} onChange={({ target }) => change({ keyKind: target.value as KeyKind, keyName: '', key: '' })}>
          {Object.entries(KEY_KINDS).map(([kind, says]) => <option key={kind} value={kind}>{says}</option>)}
        </select>
      </Row>
      {draft.keyKind === 'env' && <Row label="Variable"><input className="in m" aria-label="Variable" value={draft.keyName} placeholder="EXAMPLE_API_KEY" spellCheck={false} onChange={({ target }) => change({ keyName: target.value })} /></Row>}
      {draft.keyKind === 'keychain' && keysGo !== 'nowhere' && <Row label="Key"><input className="in m" type="password" aria-label="Key" autoComplete="off" value={draft.key} placeholder={keyState === 'set' ? 'kept; type to replace it' : ''} onChange={({ target }) => change({ key: target.value })} /></Row>}
      {draft.keyKind === 'keychain' && <p className="note dim">{GOES[keysGo]} {STATES[keyState]}</p>}
      {draft.keyKind === 'env' && keyState === 'missing' && <p className="note dim">The variable is not set where this program was started.</p>}
      <Row label="Calls at once"><input className="in" aria-label="Calls at once" inputMode="numeric" value={draft.concurrency} placeholder="8" onChange={({ target }) => change({ concurrency: target.value })} /></Row>
      <Row label="Cut off after"><input className="in" aria-label="Cut off after" inputMode="numeric" value={draft.idleMs} placeholder="30000 ms of silence" onChange={({ target }) => change({ idleMs: target.value })} /></Row>
      {draft.kind === 'openai-compatible' && <Row label="JSON schema"><span className="switch-line"><input type="checkbox" role="switch" className="switch" aria-label="Structured outputs" checked={draft.structuredOutputs} onChange={({ target }) => change({ structuredOutputs: target.checked })} /><span className="dim">it holds answers to a schema itself</span></span></Row>}
    </>
  );
}
