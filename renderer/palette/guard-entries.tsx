import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { GUARD_KINDS, type GuardKind } from '../../shared/design/guard-kinds';
import { addGuardToSelection } from '../commands/edit-commands';
import { GuardIcon } from '../glyphs/guard-icon';
import { GUARD_WORDS } from '../words/guard-words';
import { GUARD_MIME } from './kind-mime';

/** Guards, to drag onto a wire or to add to the one that is selected. */
export function GuardEntries({ query }: { readonly query: string }) {
  const [isOpen, setOpen] = useState(true);
  const kinds = GUARD_KINDS.filter((kind) => GUARD_WORDS[kind].title.toLowerCase().includes(query));
  if (kinds.length === 0) return null;
  return (
    <div className="guard-entries" role="group" aria-label="Guards">
      <div className="ph">
        <button type="button" className="fold" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? <ChevronDown size={12} aria-hidden="true" /> : <ChevronRight size={12} aria-hidden="true" />}Guards
        </button>
      </div>
      {isOpen && <div className="pal">{kinds.map((kind) => <GuardEntry key={kind} kind={kind} />)}</div>}
    </div>
  );
}

function GuardEntry({ kind }: { readonly kind: GuardKind }) {
  const { title, says } = GUARD_WORDS[kind];
  return (
    <button
      type="button" draggable title={`${says}. Drag it onto a wire, or add it to the selected one`}
      onClick={() => addGuardToSelection(kind)}
      onDragStart={(event) => {
        event.dataTransfer.setData(GUARD_MIME, kind);
        event.dataTransfer.setData('text/plain', kind);
        event.dataTransfer.effectAllowed = 'copy';
      }}
    >
      <GuardIcon kind={kind} size={15} />
      <span>{title}</span>
    </button>
  );
}
