import { useEffect, useMemo, useState } from 'react';
import type { KeyState, ProviderList } from '../../shared/api/providers';
import { api } from '../api/studio';
import type { Entry } from '../registry/entries';
import { useEntries, type Entries } from '../registry/use-entries';
import { draftOf, isRefusal, settingsOf, withModels, type ProviderDraft } from './provider-form';
import type { ProviderDeeds } from './provider-fields';
import { wordError } from '../words/word-error';
import type { Tested } from './test-result';

/** What the last deed at an entry came to. */
type Said = { readonly id: string; readonly problem?: string; readonly tested?: Tested };
type Providers = {
  readonly list: ProviderList | undefined;
  /** Why there is no list. */
  readonly trouble: string | undefined;
  readonly entries: Entries<ProviderDraft>;
  readonly said: Said | undefined;
  readonly keyOf: (id: string) => KeyState;
  readonly deedsOf: (entry: Entry<ProviderDraft>) => ProviderDeeds;
};

const NONE: ProviderList['providers'] = [];

/** The person's providers, and what is done with them. A key is in the draft until it is kept, and in nothing that stays. */
export function useProviders(): Providers {
  const [list, setList] = useState<ProviderList>();
  const [trouble, setTrouble] = useState<string>();
  const [said, setSaid] = useState<Said>();
  const providers = list?.providers ?? NONE;
  const entries = useEntries(useMemo(() => providers.map(({ name, settings }) => ({ name, draft: draftOf(name, settings) })), [providers]));
  useEffect(() => {
    void api.request('providers.list', {}).then((answer) => (answer.ok ? setList(answer.value) : setTrouble(wordError(answer.error))));
  }, []);

  const save = async ({ id, draft, all }: { readonly id: string; readonly draft: ProviderDraft; readonly all: readonly Entry<ProviderDraft>[] }): Promise<boolean> => {
    const settings = settingsOf(draft, all.filter((one) => one.id !== id).map((one) => one.draft.name));
    if (isRefusal(settings)) return false;
    const answer = await api.request('providers.save', { name: draft.name, settings, ...(draft.keyKind === 'keychain' && draft.key !== '' ? { key: draft.key } : {}) });
    if (!answer.ok) setSaid({ id, problem: wordError(answer.error) });
    else {
      setList(answer.value);
      entries.settle(id, draft.name);
      setSaid(undefined);
    }
    return answer.ok;
  };
  const test = async ({ id, draft, isKept, isChanged }: Entry<ProviderDraft>): Promise<void> => {
    if ((isChanged || !isKept) && !(await save({ id, draft, all: entries.all }))) return;
    const { name } = draft;
    setSaid({ id: name, tested: 'waiting' });
    const answer = await api.request('providers.test', { name });
    const tested: Tested = answer.ok ? { ok: true, ...answer.value } : { ok: false, words: wordError(answer.error) };
    // Not over what was done in the meantime.
    setSaid((now) => (now?.id === name && now.tested === 'waiting' ? { id: name, tested } : now));
  };
  const remove = async ({ id, isKept }: Entry<ProviderDraft>): Promise<void> => {
    if (!isKept) return entries.settle(id, undefined);
    const answer = await api.request('providers.remove', { name: id });
    if (!answer.ok) return setSaid({ id, problem: wordError(answer.error) });
    setList(answer.value);
    entries.settle(id, undefined);
  };
  const askModels = async ({ id, draft }: Entry<ProviderDraft>): Promise<void> => {
    const answer = await api.request('providers.models', { name: id });
    if (answer.ok) entries.change(id, { models: withModels(draft.models, answer.value) });
    setSaid(answer.ok ? undefined : { id, problem: wordError(answer.error) });
  };
  return {
    list,
    trouble,
    entries,
    said,
    keyOf: (id) => providers.find(({ name }) => name === id)?.key ?? 'none',
    deedsOf: (entry) => ({
      change: (part) => {
        entries.change(entry.id, part);
        setSaid(undefined);
      },
      save: () => void save({ id: entry.id, draft: entry.draft, all: entries.all }),
      test: () => void test(entry),
      remove: () => void remove(entry),
      askModels: () => void askModels(entry),
    }),
  };
}
