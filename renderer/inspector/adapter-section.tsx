import { Plus, X } from 'lucide-react';
import { useId, useMemo } from 'react';
import { refuseValue } from '../../shared/design/check-field';
import { providedBy, type WireView } from '../../shared/design/design-view';
import { adapter as adapterSchema } from '../../shared/design/adapter';
import { isObject } from '../../shared/json/is-object';
import { connectAdapted, setAdapter } from '../../shared/design/edits/adapter-edits';
import { documentNow, edit, selectDesign, useDocument } from '../stores/document';
import { useProblemsOfWire } from '../stores/problems';
import { select } from '../stores/selection';
import { isAboutAdapter, listOthers } from './adapter-ends';
import { FieldProblem } from './field-row';
import { JsonInput, useJsonDraft } from './json-field';
import { Section } from './section';

/** How the node's own protocol does for that of the port: as JSON, checked at each letter and by the compiler. Absent where nothing is to be adapted. */
export function AdapterSection({ wire }: { readonly wire: WireView }) {
  const problems = useProblemsOfWire(wire.key).filter(({ at }) => isAboutAdapter(at.field, wire.index));
  if (!wire.adapter) return <AdaptTo wire={wire} />;
  return (
    <Section title="Adapter" note={<button type="button" className="b ic small" aria-label="Take the adapter off" onClick={() => edit(setAdapter(documentNow(), wire.index, undefined))}><X size={12} /></button>}>
      <p className="note dim">{wire.from.node}.{wire.from.port} speaks {wire.protocol ?? 'no protocol'}; {wire.to} is called as {providedBy(wire) ?? 'nothing yet'}. Operations that are left out go to those of the same name.</p>
      <AdapterJson wire={wire} />
      {problems.map((problem) => <FieldProblem key={`${problem.code} ${problem.message}`} problem={problem} />)}
    </Section>
  );
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
          <option value="">a node of another protocol</option>
          {others.map(({ node, protocol }, index) => <option key={`${node} ${protocol}`} value={index}>{node} as {protocol}</option>)}
        </select>
      </label>
    </Section>
  );
}
