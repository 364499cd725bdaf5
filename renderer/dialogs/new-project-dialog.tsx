import { useState, type FormEvent } from 'react';
import { create } from '../commands/file-commands';
import { Sheet } from './sheet';

/** Letters that every file system takes. */
const PLAIN = /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}$/;

/** A new design in the person's folder for designs: a small one, or a copy of an example. */
export function NewProjectDialog({ example }: { readonly example?: string }) {
  const [name, setName] = useState(example ?? 'my-system');
  const isPlain = PLAIN.test(name);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (isPlain) void create(example === undefined ? 'small' : { example }, name);
  };
  return (
    <Sheet title={example === undefined ? 'New design' : `New from ${example}`} says="A folder of text files in your folder for designs. Nothing of it runs until you say so." width={420}>
      <form onSubmit={send} className="stack">
        <label className="f"><span>Name</span><input className="in" value={name} autoFocus onFocus={(event) => event.target.select()} onChange={(event) => setName(event.target.value)} aria-invalid={!isPlain} /></label>
        {!isPlain && <p className="refusal" role="alert">A name has letters, digits, spaces, “.”, “_” and “-”, and begins with a letter or digit.</p>}
        <footer className="sheet-foot"><button type="submit" className="b solid" disabled={!isPlain}>Create</button></footer>
      </form>
    </Sheet>
  );
}
