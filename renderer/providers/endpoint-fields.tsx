import type { KeyState, ProviderList } from '../../shared/api/providers';
import { FormRow } from '../registry/form-row';
import type { KeyKind, ProviderDraft, Refusal } from './provider-form';

const KEY_KINDS: Readonly<Record<KeyKind, string>> = { none: 'none', env: 'an environment variable', keychain: 'the keychain of this system' };
const GOES: Readonly<Record<ProviderList['keysGo'], string>> = {
  keychain: 'It goes into the keychain of this system, and is never shown again.',
  session: 'It stays in the memory of this program until it ends, since there is no keychain here.',
  nowhere: 'No key is taken here: enter it in the app, or use an environment variable.',
};
const STATES: Readonly<Record<KeyState, string>> = { none: '', set: 'A key is there.', missing: 'There is none yet.', locked: 'Only the app can open it.' };

type EndpointProps = {
  readonly draft: ProviderDraft;
  readonly keyState: KeyState;
  readonly keysGo: ProviderList['keysGo'];
  readonly wordsOf: (field: Refusal['field']) => string | undefined;
  readonly change: (part: Partial<ProviderDraft>) => void;
};

/** Where it is, which key it takes, and how much is asked of it at once. */
export function EndpointFields({ draft, keyState, keysGo, wordsOf, change }: EndpointProps) {
  return (
    <>
      <FormRow label="Base URL" refusal={wordsOf('baseUrl')}>
        {(described) => <input className="in m" aria-label="Base URL" data-at="baseUrl" value={draft.baseUrl} placeholder="https://api.example.com/v1" spellCheck={false} {...described} onChange={({ target }) => change({ baseUrl: target.value })} />}
      </FormRow>
      <KeyRows draft={draft} keyState={keyState} keysGo={keysGo} wordsOf={wordsOf} change={change} />
      <FormRow label="Calls at once" refusal={wordsOf('concurrency')}>
        {(described) => <input className="in" aria-label="Calls at once" data-at="concurrency" inputMode="numeric" value={draft.concurrency} placeholder="8" {...described} onChange={({ target }) => change({ concurrency: target.value })} />}
      </FormRow>
      <FormRow label="Cut off after" refusal={wordsOf('idleMs')}>
        {(described) => <span className="in box"><input aria-label="Cut off after" data-at="idleMs" inputMode="numeric" value={draft.idleMs} placeholder="30000" {...described} onChange={({ target }) => change({ idleMs: target.value })} /><span className="u">ms of silence</span></span>}
      </FormRow>
      {draft.kind === 'openai-compatible' && (
        <FormRow label="JSON schema">
          {() => <span className="switch-line"><input type="checkbox" role="switch" className="switch" aria-label="Structured outputs" checked={draft.structuredOutputs} onChange={({ target }) => change({ structuredOutputs: target.checked })} /><span className="dim">{draft.structuredOutputs ? 'on: it holds answers to a schema itself' : 'off: the schema is put into words'}</span></span>}
        </FormRow>
      )}
    </>
  );
}

function KeyRows({ draft, keyState, keysGo, wordsOf, change }: EndpointProps) {
  const where = `${GOES[keysGo]} ${STATES[keyState]}`.trim();
  return (
    <>
      <FormRow label="Key from" note={draft.keyKind === 'keychain' ? where : undefined}>
        {(described) => (
          <select className="in" aria-label="Key from" value={draft.keyKind} {...described} onChange={({ target }) => change({ keyKind: target.value as KeyKind, keyName: '', key: '' })}>
            {Object.entries(KEY_KINDS).map(([kind, says]) => <option key={kind} value={kind}>{says}</option>)}
          </select>
        )}
      </FormRow>
      {draft.keyKind === 'env' && (
        <FormRow label="Variable" refusal={wordsOf('keyName')} note={keyState === 'missing' ? 'It is not set where this program was started.' : undefined}>
          {(described) => <input className="in m" aria-label="Variable" data-at="keyName" value={draft.keyName} placeholder="EXAMPLE_API_KEY" spellCheck={false} {...described} onChange={({ target }) => change({ keyName: target.value })} />}
        </FormRow>
      )}
      {draft.keyKind === 'keychain' && keysGo !== 'nowhere' && (
        <FormRow label="Key">{() => <input className="in m" type="password" aria-label="Key" autoComplete="off" value={draft.key} placeholder={keyState === 'set' ? 'kept; type to replace it' : ''} onChange={({ target }) => change({ key: target.value })} />}</FormRow>
      )}
    </>
  );
}
