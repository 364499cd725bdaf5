import '../zod-without-code';
import type { ListedProvider } from '../../shared/api/providers';
import { Sheet } from '../dialogs/sheet';
import { EntryList } from '../registry/entry-list';
import type { Entry } from '../registry/entries';
import { newProvider, PROVIDER_WORDS, type ProviderDraft } from './provider-form';
import { ProviderFields } from './provider-fields';
import { useProviders } from './use-providers';

const KINDS = ['openai-compatible', 'anthropic', 'ollama', 'recorded'] as const;
const KEY_WORDS: Readonly<Record<ListedProvider['key'], string>> = { none: 'no key', set: 'key set', missing: 'key missing', locked: 'key locked' };

/** The person's providers of models. They are kept on this machine, never in a design. */
export function ProvidersDialog() {
  const { list, trouble, entries, said, keyOf, deedsOf } = useProviders();
  const { all, shown, show, add } = entries;
  const names = all.map(({ draft }) => draft.name);
  const listed = ({ id, draft, isKept, isChanged }: Entry<ProviderDraft>) => {
    const key = keyOf(id);
    const says = isKept && !isChanged ? KEY_WORDS[key] : 'not saved';
    return { id, name: draft.name, says, isWarning: isChanged || key === 'missing' || key === 'locked' };
  };
  return (
    <Sheet title="Providers" says="Where models are asked, on this machine only. A design names a provider and a model, and nothing more." width={780} isUnsaved={all.some(({ isChanged }) => isChanged)}>
      {trouble !== undefined && <p className="refusal" role="alert">{trouble}</p>}
      {list && (
        <div className="entries">
          <EntryList label="Providers" entries={all.map(listed)} shown={shown?.id} onShow={show} adds={KINDS.map((kind) => ({ label: PROVIDER_WORDS[kind], add: () => add(newProvider(kind, names)) }))} />
          {shown && (
            <ProviderFields
              entry={shown}
              keyState={keyOf(shown.id)}
              keysGo={list.keysGo}
              taken={all.filter(({ id }) => id !== shown.id).map(({ draft }) => draft.name)}
              problem={said?.id === shown.id ? said.problem : undefined}
              tested={said?.id === shown.id ? said.tested : undefined}
              {...deedsOf(shown)}
            />
          )}
          {!shown && <p className="empty">Add one to let model agents ask it. Until then they can be mocked, or answer from cassettes.</p>}
        </div>
      )}
    </Sheet>
  );
}
