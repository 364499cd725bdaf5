import { Plus, X } from 'lucide-react';
import { useId } from 'react';
import type { ModelRow, ProviderDraft } from './provider-form';

type TableProps = { readonly draft: ProviderDraft; /** Only a provider that is kept can be asked. */ readonly isKept: boolean; readonly refusal: string | undefined; readonly change: (models: readonly ModelRow[]) => void; readonly askModels: () => void };

/** Models by name, each with what a million tokens cost. A model without a price is counted in tokens alone. */
export function ModelTable({ draft, isKept, refusal, change, askModels }: TableProps) {
  const { models } = draft;
  const id = useId();
  const put = (index: number, part: Partial<ModelRow>): void => change(models.with(index, { ...models[index]!, ...part }));
  const described = refusal === undefined ? {} : { 'aria-describedby': id };
  return (
    <div className="models">
      {models.length > 0 && (
        <table aria-label="Models" {...described}>
          <thead><tr><th>Model</th><th>$ for 1 M tokens in</th><th>$ for 1 M out</th><th><span className="unseen">Take away</span></th></tr></thead>
          <tbody>
            {models.map((row, index) => (
              <tr key={index}>
                <td><input className="in m" aria-label={`Model ${index + 1}`} data-at={index === 0 ? 'models' : undefined} value={row.name} spellCheck={false} autoFocus={row.name === '' && index === models.length - 1} onChange={({ target }) => put(index, { name: target.value })} /></td>
                <td><input className="in" aria-label={`Price of a million tokens in, model ${index + 1}`} inputMode="decimal" placeholder="none" value={row.inputUsd} onChange={({ target }) => put(index, { inputUsd: target.value })} /></td>
                <td><input className="in" aria-label={`Price of a million tokens out, model ${index + 1}`} inputMode="decimal" placeholder="none" value={row.outputUsd} onChange={({ target }) => put(index, { outputUsd: target.value })} /></td>
                <td><button type="button" className="b ic small" aria-label={`Take model ${index + 1} away`} onClick={() => change(models.toSpliced(index, 1))}><X size={12} aria-hidden="true" /></button></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {refusal !== undefined && <p className="refusal" role="alert" id={id}>{refusal}</p>}
      <div className="row-buttons">
        <button type="button" className="b small" onClick={() => change([...models, { name: '', inputUsd: '', outputUsd: '' }])}><Plus size={12} aria-hidden="true" />Add model</button>
        {isKept && draft.kind !== 'recorded' && <button type="button" className="b small" onClick={askModels}>Ask it for its models</button>}
        {models.length === 0 && <span className="dim">A model named in a design may be asked without standing here; its price is known only here.</span>}
      </div>
    </div>
  );
}
