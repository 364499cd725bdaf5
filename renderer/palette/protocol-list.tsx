import { ChevronDown, ChevronRight, FileInput, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { listShownProtocols, usesOf } from '../../shared/design/count-uses';
import { askNewProtocol } from '../commands/edit-commands';
import { PortGlyph } from '../glyphs/port-glyph';
import { ProblemMark } from '../problems/problem-mark';
import { openDialog } from '../stores/dialogs';
import { selectDesign, selectDocument, useDocument } from '../stores/document';
import { useProblemsOfProtocol } from '../stores/problems';
import { selectProtocol, selectShownProtocol, useSelection } from '../stores/selection';

/** The protocols of the project, in the order of their hues, with how many nodes speak of each. */
export function ProtocolList({ query }: { readonly query: string }) {
  const design = useDocument(selectDesign);
  const document = useDocument(selectDocument);
  const [isOpen, setOpen] = useState(true);
  const protocols = useMemo(() => listShownProtocols(design, document), [design, document]);
  const found = protocols.filter((name) => name.toLowerCase().includes(query));
  return (
    <div className="protocols" role="group" aria-label="Protocols">
      <div className="ph">
        <button type="button" className="fold" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? <ChevronDown size={12} aria-hidden="true" /> : <ChevronRight size={12} aria-hidden="true" />}Protocols
        </button>
        <span className="r">
          {protocols.length > 0 && <span>{protocols.length}</span>}
          <button type="button" className="b ic small" aria-label="Import protocol" title="Import protocol" onClick={() => openDialog({ kind: 'import' })}><FileInput size={13} aria-hidden="true" /></button>
          <button type="button" className="b ic small" aria-label="Add protocol" title="Add protocol" onClick={() => askNewProtocol(selectProtocol)}><Plus size={13} aria-hidden="true" /></button>
        </span>
      </div>
      {isOpen && (
        <ul className="protocol-rows">
          {found.map((name) => <ProtocolRow key={name} name={name} protocols={protocols} />)}
          {protocols.length === 0 && <li className="empty">No protocol yet. Agents speak by protocols.</li>}
        </ul>
      )}
    </div>
  );
}

function ProtocolRow({ name, protocols }: { readonly name: string; readonly protocols: readonly string[] }) {
  const design = useDocument(selectDesign);
  const isShown = useSelection(selectShownProtocol) === name;
  const problems = useProblemsOfProtocol(name);
  const { providers, callers } = useMemo(() => usesOf(design, name), [design, name]);
  const words = `${callers.length} use, ${providers.length} provide`;
  return (
    <li>
      <button type="button" className={`row${isShown ? ' sel' : ''}`} aria-label={`${name}, ${words}`} aria-pressed={isShown} title={words} onClick={() => selectProtocol(name)}>
        <PortGlyph protocol={name} protocols={protocols} />
        <span className="t">{name}</span>
        <span className="x"><ProblemMark problems={problems} /><span>{callers.length + providers.length}</span></span>
      </button>
    </li>
  );
}
