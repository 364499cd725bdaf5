import { Plus, X } from 'lucide-react';
import { api } from '../api/studio';
import { withModels, type ModelRow, type ProviderDraft } from './provider-form';

type TableProps = { readonly draft: ProviderDraft; /** Only a provider that is kept can be asked. */ readonly isKept: boolean; readonly change: (models: readonly ModelRow[]) => void; readonly say: (problem: string | undefined) => void };

/** Models by name, each with what a million tokens cost. A model without a price is counted in tokens alone. */
export function ModelTable({ draft, isKept, change, say }: TableProps) {
  const { models } = draft;
  const ask = async (): Promise<void> => {
    const answer = await api.request('providers.models', { name: draft.name });
    say(answer.ok ? undefined : `${answer.error.message} ${answer.error.fix}`);
    if (answer.ok) change(withModels(models, answer.value));
  };
  const put = (index: number, part: Partial<ModelRow>): void => change(models.with(index, { ...models[index]!, ...part }));
  return (
    <div className="models">
      <table aria-label="Models">
        <thead><tr><th>Model</th><th>USD / M in</th><th>USD / M out</th><th><span className="unseen">Take away</span></th></tr></thead>
        <tbody>
          {models.map((row, index) => (
            <tr key={index}>
              <td><input className="in m" aria-label={`Model ${index + 1}`} value={row.name} spellCheck={false} onChange={({ target }) => put(index, { name: target.value })} /></td>
              <td><input className="in" aria-label={`Price of a million tokens in, model ${index + 1}`} inputMode="decimal" placeholder="none" value={row.inputUsd} onChange={({ target }) => put(index, { inputUsd: target.value })} /></td>
              <td><input className="in" aria-label={`Price of a million tokens out, model ${index + 1}`} inputMode="decimal" placeholder="none" value={row.outputUsd} onChange={({ target }) => put(index, { outputUsd: target.value })} /></td>
              <td><button type="button" className="b ic small" aria-label={`Take model ${index + 1} away`} onClick={() => change(models.toSpliced(index, 1))}><X size={12} /></button></td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="row-buttons">
        <button type="button" className="b small" onClick={() => change([...models, { name: '', inputUsd: '', outputUsd: '' }])}><Plus size={12} aria-hidden="true" />Add model</button>
        {isKept && draft.kind !== 'recorded' && <button type="button" className="b small" onClick={() => void ask()}>Ask it for its models</button>}
      </div>
    </div>
  );
}
