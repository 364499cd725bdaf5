import '../zod-without-code';
import { Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ListedProvider, ProviderList } from '../../shared/api/providers';
import { api } from '../api/studio';
import { Sheet } from '../dialogs/sheet';
import { draftOf, newProvider, PROVIDER_WORDS, type ProviderDraft } from './provider-form';
import { ProviderFields } from './provider-fields';

const KINDS = ['openai-compatible', 'anthropic', 'ollama', 'recorded'] as const;
const KEY_WORDS: Readonly<Record<ListedProvider['key'], string>> = { none: 'no key', set: 'key set', missing: 'key missing', locked: 'key locked' };

/** Shown: a provider that is kept, by its name, or a new one that is not yet. */
type Shown = { readonly kind: 'kept'; readonly name: string } | { readonly kind: 'new'; readonly draft: ProviderDraft };

/** The person's providers of models. They are kept on this machine, never in a design. */
export function ProvidersDialog() {
  const [list, setList] = useState<ProviderList>();
  const [problem, setProblem] = useState<string>();
  const [shown, setShown] = useState<Shown>();
  useEffect(() => {
    void api.request('providers.list', {}).then((answer) => (answer.ok ? setList(answer.value) : setProblem(`${answer.error.message} ${answer.error.fix}`)));
  }, []);
  const names = list?.providers.map(({ name }) => name) ?? [];
  const now: Shown | undefined = shown ?? (names[0] === undefined ? undefined : { kind: 'kept', name: names[0] });
  const kept = now?.kind === 'kept' ? list?.providers.find(({ name }) => name === now.name) : undefined;
  const took = (next: ProviderList, name: string | undefined): void => {
    setList(next);
    setShown(name === undefined ? undefined : { kind: 'kept', name });
  };
  return (
    <Sheet title="Providers" says="Where models are asked, on this machine only. A design names a provider and a model, and nothing more." width={760}>
      {problem !== undefined && <p className="refusal" role="alert">{problem}</p>}
      {list && (
        <div className="providers">
          <div className="provider-list">
            <ul aria-label="Providers">
              {list.providers.map((one) => (
                <li key={one.name}>
                  <button type="button" className={`row${now?.kind === 'kept' && now.name === one.name ? ' sel' : ''}`} aria-pressed={now?.kind === 'kept' && now.name === one.name} onClick={() => setShown({ kind: 'kept', name: one.name })}>
                    <span className="t">{one.name}</span><span className={one.key === 'missing' || one.key === 'locked' ? 'x warn' : 'x'}>{KEY_WORDS[one.key]}</span>
                  </button>
                </li>
              ))}
              {list.providers.length === 0 && <li className="empty">None yet.</li>}
            </ul>
            <p className="dim">Add</p>
            {KINDS.map((kind) => <button key={kind} type="button" className="b small" onClick={() => setShown({ kind: 'new', draft: newProvider(kind, names) })}><Plus size={12} aria-hidden="true" />{PROVIDER_WORDS[kind]}</button>)}
          </div>
          {kept && <ProviderFields key={`kept ${kept.name}`} begin={draftOf(kept.name, kept.settings)} keyState={kept.key} keysGo={list.keysGo} taken={names.filter((name) => name !== kept.name)} isKept onList={took} />}
          {now?.kind === 'new' && <ProviderFields key={`new ${now.draft.name}`} begin={now.draft} keyState="none" keysGo={list.keysGo} taken={names} isKept={false} onList={took} />}
          {!now && <p className="empty">Add one to let model agents ask it. Until then they can be mocked, or answer from cassettes.</p>}
        </div>
      )}
    </Sheet>
  );
}
