import { useMemo } from 'react';
import { refuseValue } from '../../../shared/design/check-field';
import { setProtocolField } from '../../../shared/design/edits/protocol-edits';
import { listKnownProtocols } from '../../../shared/design/count-uses';
import { isObject } from '../../../shared/json/is-object';
import { protocolFile } from '../../../shared/design/protocol';
import type { ProtocolForm } from '../../../shared/design/protocol-form';
import { X } from 'lucide-react';
import { documentNow, edit, selectDocument, useDocument } from '../../stores/document';
import { useProblemsOfProtocol } from '../../stores/problems';
import { selectProtocol } from '../../stores/selection';
import { FieldRow } from '../field-row';
import { FieldTargetContext, useFieldTarget, type FieldTarget } from '../field-target';
import { Section } from '../section';
import { TextField } from '../text-fields';

/** What is said of the protocol as a whole. */
export function ProtocolFields({ protocol }: { readonly protocol: ProtocolForm }) {
  const { name, raw, isBuiltIn } = protocol;
  const problems = useProblemsOfProtocol(name);
  const target = useMemo<FieldTarget>(
    () => ({
      key: name,
      raw,
      refuse: (path, value) => refuseValue(protocolFile, raw, path, value),
      set: (path, value, group) => void edit(setProtocolField(documentNow(), name, path, value, group)),
      problemsOf: (field) => problems.filter(({ at }) => at.field === field || (field === 'doc' && at.field === undefined)),
    }),
    [name, raw, problems],
  );
  const definitions = isObject(raw['definitions']) ? Object.keys(raw['definitions']).length : 0;
  if (isBuiltIn) return <Section isFirst><p className="note">{protocol.doc} <span className="dim">Every project has this protocol; it cannot be changed here.</span></p></Section>;
  return (
    <FieldTargetContext value={target}>
      <Section isFirst>
        <TextField label="Says" path={['doc']} placeholder="what it is about" />
        <ExtendsField protocol={protocol} />
        {definitions > 0 && <p className="note dim">{definitions === 1 ? '1 definition' : `${definitions} definitions`}, to be named as a type below; edit them as JSON.</p>}
      </Section>
    </FieldTargetContext>
  );
}

/** Protocols whose operations this one has too. */
function ExtendsField({ protocol }: { readonly protocol: ProtocolForm }) {
  const { set } = useFieldTarget();
  const known = useDocument((state) => listKnownProtocols(selectDocument(state)).join(' ')).split(' ');
  const bases = protocol.extends;
  const free = known.filter((one) => one !== protocol.name && !bases.includes(one));
  const change = (next: readonly string[]): void => set(['extends'], next.length === 0 ? undefined : next);
  return (
    <FieldRow label="Extends" field="extends">
      <div className="tokens">
        {bases.map((base) => (
          <span key={base} className="token">
            <button type="button" className="token-name" onClick={() => selectProtocol(base)}>{base}</button>
            <button type="button" className="token-x" aria-label={`Extend ${base} no more`} onClick={() => change(bases.filter((one) => one !== base))}><X size={11} /></button>
          </span>
        ))}
        <select className="token-input" aria-label="Extends" value="" onChange={(event) => change([...bases, event.target.value])}>
          <option value="" disabled>{bases.length === 0 ? 'no other protocol' : 'one more'}</option>
          {free.map((one) => <option key={one} value={one}>{one}</option>)}
        </select>
      </div>
    </FieldRow>
  );
}
