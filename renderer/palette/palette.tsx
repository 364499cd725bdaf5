import { Search } from 'lucide-react';
import { useState } from 'react';
import { PALETTE_KINDS, type PaletteKind } from '../../shared/design/edits/new-node';
import { addToSelection } from '../commands/edit-commands';
import { KindIcon } from '../glyphs/kind-icon';
import { GuardEntries } from './guard-entries';
import { KIND_MIME } from './kind-mime';
import { ProtocolList } from './protocol-list';

const capital = (kind: string): string => kind.charAt(0).toUpperCase() + kind.slice(1);

/** Kinds of nodes, to drag or to add under what is selected; below them the project's protocols. */
export function Palette() {
  const [query, setQuery] = useState('');
  const [isSearching, setSearching] = useState(false);
  const wanted = query.trim().toLowerCase();
  const kinds = PALETTE_KINDS.filter((kind) => kind.includes(wanted));
  return (
    <section aria-label="Palette" className="palette">
      <div className="ph">
        {isSearching ? (
          <input
            className="in palette-find" aria-label="Find in the Palette" placeholder="Find" autoFocus value={query}
            onChange={(event) => setQuery(event.target.value)}
            onBlur={() => query === '' && setSearching(false)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && kinds[0] !== undefined) addToSelection(kinds[0]);
              if (event.key !== 'Escape') return;
              setQuery('');
              setSearching(false);
            }}
          />
        ) : (
          <>
            Palette
            <span className="r"><button type="button" className="b ic small" aria-label="Find in the Palette" onClick={() => setSearching(true)}><Search size={13} aria-hidden="true" /></button></span>
          </>
        )}
      </div>
      <div className="palette-body">
        <div className="pal">
          {kinds.map((kind) => <PaletteEntry key={kind} kind={kind} />)}
          {kinds.length === 0 && <p className="empty">No kind is called “{query}”.</p>}
        </div>
        <GuardEntries query={wanted} />
        <ProtocolList query={wanted} />
      </div>
    </section>
  );
}

function PaletteEntry({ kind }: { readonly kind: PaletteKind }) {
  return (
    <button
      type="button" draggable title={`Add a ${kind} under what is selected, or drag it`}
      onClick={() => addToSelection(kind)}
      onDragStart={(event) => {
        event.dataTransfer.setData(KIND_MIME, kind);
        event.dataTransfer.setData('text/plain', kind);
        event.dataTransfer.effectAllowed = 'copy';
      }}
    >
      <KindIcon kind={kind} size={16} />
      <span>{capital(kind)}</span>
    </button>
  );
}
