import { Braces, Plus, X } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import { refuseValue } from '../../../shared/design/check-field';
import { providedBy, type WireView } from '../../../shared/design/design-view';
import { adapter as adapterSchema } from '../../../shared/design/adapter';
import { listOperations } from '../../../shared/design/protocol-view';
import { isObject } from '../../../shared/json/is-object';
import type { JsonObject } from '../../../shared/json/json';
import { connectAdapted, setAdapter } from '../../../shared/design/edits/adapter-edits';
import { documentNow, edit, selectDesign, selectDocument, useDocument } from '../../stores/document';
import { useProblemsOfWire } from '../../stores/problems';
import { select } from '../../stores/selection';
import { FieldProblem } from '../field-row';
import { FieldTargetContext } from '../field-target';
import { JsonInput, useJsonDraft } from '../json-field';
import { Section } from '../section';
import { isAboutAdapter, listOthers } from './adapter-ends';
import { AdapterOperation } from './adapter-operation';
import { useAdapterTarget } from './use-adapter-target';

/** How the node's own protocol does for that of the port: operation by operation, or as JSON. Absent where nothing is to be adapted. */
export function AdapterSection({ wire }: { readonly wire: WireView }) {
  return wire.adapter ? <Adapter wire={wire} adapter={wire.adapter} /> : <AdaptTo wire={wire} />;
}

function Adapter({ wire, adapter }: { readonly wire: WireView; readonly adapter: JsonObject }) {
  const [isJson, setJson] = useState(false);
  const target = useAdapterTarget(wire, adapter);
  const problems = useProblemsOfWire(wire.key).filter(({ at }) => isAboutAdapter(at.field, wire.index));
  // Those of an operation stand there.
  const rest = isJson ? problems : problems.filter(({ at }) => at.field?.startsWith(`wires.${wire.index}.adapter.operations.`) !== true);
  const note = (
    <>
      <button type="button" className="b ic small" aria-pressed={isJson} aria-label="Adapter as JSON" title="As JSON" onClick={() => setJson(!isJson)}><Braces size={12} aria-hidden="true" /></button>
      <button type="button" className="b ic small" aria-label="Take the adapter off" title="Take it off" onClick={() => edit(setAdapter(documentNow(), wire.index, undefined))}><X size={12} aria-hidden="true" /></button>
    </>
  );
  return (
    <FieldTargetContext value={target}>
      <Section title="Adapter" note={note}>
        <p className="note dim">{wire.from.node}.{wire.from.port} speaks {wire.protocol ?? 'no protocol'}; {wire.to} is called as {providedBy(wire) ?? 'nothing yet'}.</p>
        {rest.map((problem) => <FieldProblem key={`${problem.code} ${problem.message}`} problem={problem} />)}
        {isJson ? <AdapterJson wire={wire} /> : <Operations wire={wire} adapter={adapter} />}
      </Section>
    </FieldTargetContext>
  );
}

function Operations({ wire, adapter }: { readonly wire: WireView; readonly adapter: JsonObject }) {
  const document = useDocument(selectDocument);
  const provided = providedBy(wire);
  const asked = useMemo(() => (wire.protocol === undefined ? [] : listOperations(document, wire.protocol)), [document, wire.protocol]);
  const others = useMemo(() => (provided === undefined ? [] : listOperations(document, provided)), [document, provided]);
  const written = isObject(adapter['operations']) ? Object.keys(adapter['operations']) : [];
  const names = [...new Set([...asked.map(({ name }) => name), ...written])];
  return <div className="guards">{names.map((name) => <AdapterOperation key={name} name={name} asked={asked.find((one) => one.name === name)} others={others} />)}</div>;
}

function AdapterJson({ wire }: { readonly wire: WireView }) {
  const id = useId();
  const draft = useJsonDraft(wire.adapter, (value, group) => {
    if (!isObject(value)) return 'An adapter is an object with protocol and operations.';
    const refusal = refuseValue(adapterSchema, value, [], value);
    if (refusal === undefined) edit(setAdapter(documentNow(), wire.index, value, group));
    return refusal;
  }, `field ${wire.key}.adapter`);
  return (
    <div className="adapter-json">
      <JsonInput label="Adapter" draft={draft} refusalId={`${id}-refusal`} />
      {draft.refusal !== undefined && <p className="field-says bad" role="alert" id={`${id}-refusal`}>{draft.refusal}</p>}
    </div>
  );
}

/** Puts the wire on a node that provides another protocol, with an adapter to begin with. */
function AdaptTo({ wire }: { readonly wire: WireView }) {
  const design = useDocument(selectDesign);
  const others = useMemo(() => listOthers(design, wire), [design, wire]);
  if (others.length === 0 || wire.protocol === undefined) return null;
  const adapt = (chosen: string): void => {
    const other = others[Number(chosen)];
    if (other && edit(connectAdapted(documentNow(), { from: wire.from.node, port: wire.from.port, to: other.node }, other.protocol))) select([], [`${wire.from.node}.${wire.from.port} ${other.node}`]);
  };
  return (
    <Section title="Adapter" note="none">
      <label className="f"><span><Plus size={12} aria-hidden="true" className="inline-icon" />Adapt to</span>
        <select className="in" aria-label="Adapt to" value="" onChange={({ target }) => adapt(target.value)}>
          <option value="">choose a node</option>
          {others.map(({ node, protocol }, index) => <option key={`${node} ${protocol}`} value={index}>{node} as {protocol}</option>)}
        </select>
      </label>
    </Section>
  );
}
