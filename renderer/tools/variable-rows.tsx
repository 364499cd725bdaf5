import { Plus, X } from 'lucide-react';
import { useId } from 'react';
import type { VariableRow } from './server-form';

type RowsProps = { readonly variables: readonly VariableRow[]; readonly mayChange: boolean; readonly refusal: string | undefined; readonly change: (variables: readonly VariableRow[]) => void };

/** Variables of its environment. Values are written and never shown again, since they may be secrets. */
export function VariableRows({ variables, mayChange, refusal, change }: RowsProps) {
  const id = useId();
  const put = (index: number, part: Partial<VariableRow>): void => change(variables.with(index, { ...variables[index]!, ...part }));
  return (
    <div className="form-row">
      <div className="f top"><span aria-hidden="true">Variables</span>
        <div role="group" aria-label="Variables" {...(refusal === undefined ? {} : { 'aria-describedby': id })}>
          {variables.map((row, index) => (
            <div key={index} className="variable">
              {row.isKept ? <output className="in m" aria-label={`Variable ${index + 1}`}>{row.name}</output> : <input className="in m" aria-label={`Variable ${index + 1}`} data-at={index === 0 ? 'variables' : undefined} autoFocus={row.name === ''} value={row.name} placeholder="API_TOKEN" spellCheck={false} onChange={({ target }) => put(index, { name: target.value })} />}
              <input className="in m" type="password" autoComplete="off" aria-label={`Value of variable ${index + 1}`} readOnly={!mayChange} value={row.value} placeholder={row.isKept ? 'kept; type to replace it' : 'its value'} onChange={({ target }) => put(index, { value: target.value })} />
              {mayChange && <button type="button" className="b ic small" aria-label={`Take variable ${index + 1} away`} onClick={() => change(variables.toSpliced(index, 1))}><X size={12} aria-hidden="true" /></button>}
            </div>
          ))}
          {mayChange && <button type="button" className="b small" onClick={() => change([...variables, { name: '', value: '', isKept: false }])}><Plus size={12} aria-hidden="true" />Add variable</button>}
          {variables.length === 0 && <span className="dim">{mayChange ? '' : 'none; '}PATH and a place for temporary files are always there</span>}
        </div>
      </div>
      {refusal !== undefined && <p className="form-says refusal" role="alert" id={id}>{refusal}</p>}
    </div>
  );
}
