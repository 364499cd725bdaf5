import { useState, type FormEvent } from 'react';
import { closeDialog, type Dialog } from '../stores/dialogs';
import { Sheet } from './sheet';

/** Asks for one name, and says at once why it cannot be. */
export function NameDialog({ title, label, value, submit }: Extract<Dialog, { kind: 'name' }>) {
  const [name, setName] = useState(value);
  const [refusal, setRefusal] = useState<string>();
  const send = (event: FormEvent): void => {
    event.preventDefault();
    const why = submit(name.trim());
    if (why === undefined) closeDialog();
    else setRefusal(why);
  };
  return (
    <Sheet title={title} width={360}>
      <form onSubmit={send} className="stack">
        <label className="f"><span>{label}</span><input className="in" value={name} autoFocus onChange={(event) => setName(event.target.value)} onFocus={(event) => event.target.select()} aria-invalid={refusal !== undefined} /></label>
        {refusal !== undefined && <p className="refusal" role="alert">{refusal}</p>}
        <footer className="sheet-foot"><button type="button" className="b out" onClick={closeDialog}>Cancel</button><button type="submit" className="b solid">{title.split(' ')[0]}</button></footer>
      </form>
    </Sheet>
  );
}
