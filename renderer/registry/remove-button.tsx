import { Trash2 } from 'lucide-react';
import { useState } from 'react';

/** What it takes away can't be brought back, so it is asked once more, in its place. */
export function RemoveButton({ what, onRemove }: { readonly what: string; readonly onRemove: () => void }) {
  const [isAsked, setAsked] = useState(false);
  if (!isAsked) return <button type="button" className="b" onClick={() => setAsked(true)}><Trash2 size={13} aria-hidden="true" />Remove</button>;
  return (
    <>
      <button type="button" className="b out bad" autoFocus onClick={onRemove} onBlur={() => setAsked(false)}><Trash2 size={13} aria-hidden="true" />Remove {what}</button>
    </>
  );
}
