import { X } from 'lucide-react';
import { useId, type KeyboardEvent } from 'react';
import { listKnownProtocols, listShownProtocols } from '../../shared/design/count-uses';
import type { NodeView } from '../../shared/design/design-view';
import { combineEdits } from '../../shared/design/edits/combine-edits';
import { addProtocol, setProvides } from '../../shared/design/edits/protocol-edits';
import { nearest } from '../../shared/errors/nearest';
import { PROTOCOL_NAME } from '../../shared/ids';
import { PortGlyph } from '../glyphs/port-glyph';
import { documentNow, edit, selectDesign, selectDocument, useDocument } from '../stores/document';
import { selectProtocol } from '../stores/selection';
import { FieldRow } from './field-row';
import { useKeptText } from './use-draft';

/** The protocols that a node answers; a new name can become a new protocol at once. */
export function ProvidesField({ node }: { readonly node: NodeView }) {
  const id = useId();
  const document = useDocument(selectDocument);
  const design = useDocument(selectDesign);
  const [name, setName] = useKeptText(`field ${node.id}.provides-new`);
  const known = listKnownProtocols(document);
  const protocols = listShownProtocols(design, document);
  const wanted = name.trim();
  const isUnknown = wanted !== '' && !known.includes(wanted) && !known.some((one) => one.toLowerCase().startsWith(wanted.toLowerCase()));
  const near = isUnknown ? nearest(wanted, known) : undefined;
  const add = (protocol: string): void => {
    if (!node.provides.includes(protocol)) edit(setProvides(documentNow(), node.id, [...node.provides, protocol]));
    setName('');
  };
  const create = (): void => {
    const made = addProtocol(documentNow(), wanted);
    if (typeof made === 'string') return void edit(made);
    edit(combineEdits(documentNow(), `${node.id} provides the new protocol ${wanted}`, [() => made, (now) => setProvides(now, node.id, [...node.provides, wanted])]));
    setName('');
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Backspace' && name === '' && node.provides.length > 0) edit(setProvides(documentNow(), node.id, node.provides.slice(0, -1)));
    if (event.key !== 'Enter' || wanted === '') return;
    event.preventDefault();
    const found = known.find((one) => one === wanted) ?? (isUnknown ? undefined : known.find((one) => one.toLowerCase().startsWith(wanted.toLowerCase())));
    if (found !== undefined) add(found);
    else if (PROTOCOL_NAME.test(wanted)) create();
  };
  return (
    <FieldRow label="Provides" field="provides">
      <div className="tokens">
        {node.provides.map((protocol) => (
          <span key={protocol} className="token">
            <button type="button" className="token-name" onClick={() => selectProtocol(protocol)} title={`Show ${protocol}`}><PortGlyph protocol={protocol} protocols={protocols} isHollow />{protocol}</button>
            <button type="button" className="token-x" aria-label={`Provide ${protocol} no more`} onClick={() => edit(setProvides(documentNow(), node.id, node.provides.filter((one) => one !== protocol)))}><X size={11} /></button>
          </span>
        ))}
        <input
          className="token-input" aria-label="Provides" list={id} placeholder={node.provides.length === 0 ? 'a protocol' : ''} value={name} spellCheck={false}
          onChange={(event) => (known.includes(event.target.value) && !(event.nativeEvent instanceof InputEvent && event.nativeEvent.data !== null) ? add(event.target.value) : setName(event.target.value))}
          onKeyDown={press}
          onBlur={() => known.includes(wanted) && add(wanted)}
        />
        <datalist id={id}>{known.filter((one) => !node.provides.includes(one)).map((one) => <option key={one} value={one} />)}</datalist>
      </div>
      {isUnknown && (
        <p className="field-says">
          <span>There is no protocol {wanted}.</span>
          <span className="fixes">
            {near !== undefined && <button type="button" className="link" onClick={() => add(near)}>Use {near}</button>}
            {PROTOCOL_NAME.test(wanted) ? <button type="button" className="link" onClick={create}>Add protocol {wanted}</button> : <span>A protocol begins with a capital.</span>}
          </span>
        </p>
      )}
    </FieldRow>
  );
}
