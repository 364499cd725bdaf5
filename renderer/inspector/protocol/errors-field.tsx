import { X } from 'lucide-react';
import { useId, useState, type KeyboardEvent } from 'react';
import { FieldRow } from '../field-row';
import { useFieldTarget } from '../field-target';

const ERROR_NAME = /^[A-Za-z][A-Za-z0-9]*$/;
/** Failures of messages have these names already (contract section 3). */
const FAILURES: ReadonlySet<string> = new Set(['timeout', 'noproc', 'callee_exit', 'noconnection', 'overloaded', 'invalid']);

function refuseError(name: string, known: readonly string[]): string | undefined {
  if (!ERROR_NAME.test(name)) return `“${name}” is no name: an error has letters and digits, and begins with a letter.`;
  if (FAILURES.has(name)) return `${name} is what every call may fail with, so no operation declares it.`;
  return known.includes(name) ? `${name} is declared already.` : undefined;
}

/** Errors that an operation may answer with: no crash, and its caller can tell them apart. */
export function ErrorsField({ errors, isFixed }: { readonly errors: readonly string[]; readonly isFixed: boolean }) {
  const { set } = useFieldTarget();
  const [text, setText] = useState('');
  const [refusal, setRefusal] = useState<string>();
  const id = useId();
  const change = (next: readonly string[]): void => set(['errors'], next.length === 0 ? undefined : next);
  const add = (): void => {
    const name = text.trim();
    if (name === '') return;
    const why = refuseError(name, errors);
    setRefusal(why);
    if (why !== undefined) return;
    change([...errors, name]);
    setText('');
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault();
      add();
    }
    if (event.key === 'Backspace' && text === '' && errors.length > 0) change(errors.slice(0, -1));
    if (event.key === 'Escape') setRefusal(undefined);
  };
  return (
    <FieldRow label="Errors" field="errors" refusal={refusal} refusalId={id}>
      <div className="tokens">
        {errors.map((name) => (
          <span key={name} className="token">
            <span className="token-name m">{name}</span>
            {!isFixed && <button type="button" className="token-x" aria-label={`Declare ${name} no more`} onClick={() => change(errors.filter((one) => one !== name))}><X size={11} /></button>}
          </span>
        ))}
        {!isFixed && <input className="token-input m" aria-label="Errors" aria-invalid={refusal !== undefined} aria-describedby={refusal === undefined ? undefined : id} placeholder={errors.length === 0 ? 'NotFound' : ''} spellCheck={false} value={text} onChange={(event) => { setText(event.target.value); setRefusal(undefined); }} onKeyDown={press} onBlur={add} />}
        {isFixed && errors.length === 0 && <span className="dim">none declared</span>}
      </div>
    </FieldRow>
  );
}
