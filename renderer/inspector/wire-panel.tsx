import { ArrowRight, Trash2 } from 'lucide-react';
import { listShownProtocols } from '../../shared/design/count-uses';
import type { WireView } from '../../shared/design/design-view';
import { answersIn, connect, deleteWires } from '../../shared/design/edits/wire-edits';
import { viewProtocol } from '../../shared/design/protocol-form';
import { PortGlyph } from '../glyphs/port-glyph';
import { KindIcon } from '../glyphs/kind-icon';
import { documentNow, edit, selectDesign, selectDocument, useDocument } from '../stores/document';
import { useProblemsOfWire } from '../stores/problems';
import { select, selectProtocol } from '../stores/selection';
import { isAboutAdapter } from './adapter/adapter-ends';
import { AdapterSection } from './adapter/adapter-section';
import { FieldProblem } from './field-row';
import { FieldTargetContext, type FieldTarget } from './field-target';
import { GuardList } from './guards/guard-list';
import { problemsOfEnds } from './guards/guard-problems';
import { Section } from './section';
import { wordCount } from './words';

const NOTHING: FieldTarget = { key: 'wire', raw: {}, refuse: () => undefined, set: () => {}, problemsOf: () => [] };

/** `chosen`: the place of a guard whose own wire is selected. */
type WirePanelProps = { readonly wire: WireView | undefined; readonly chosen?: number | undefined };

/** One wire: who calls whom about what, and what guards it. */
export function WirePanel({ wire, chosen }: WirePanelProps) {
  return wire ? <WireFields wire={wire} chosen={chosen} /> : <p className="empty">The wire is gone.</p>;
}

function WireFields({ wire, chosen }: WirePanelProps & { readonly wire: WireView }) {
  const design = useDocument(selectDesign);
  const document = useDocument(selectDocument);
  const problems = useProblemsOfWire(wire.key);
  const { from, to, protocol } = wire;
  const operations = protocol === undefined ? [] : (viewProtocol(document, protocol)?.operations ?? []);
  const answers = answersIn(document);
  const providers = design.order.filter((id) => id !== from.node && protocol !== undefined && answers(design.nodes.get(id)!.provides, protocol));
  const target = design.nodes.get(to);
  return (
    <FieldTargetContext value={NOTHING}>
      <div className="inspector-body">
        <div className="ph tall">
          <PortGlyph protocol={protocol} protocols={listShownProtocols(design, document)} size={12} />
          <span className="name">{from.node}.{from.port}<ArrowRight size={13} aria-label="to" />{to}</span>
          <span className="badge">wire</span>
        </div>
        <div className="tabpage">
          <Section isFirst>
            {problemsOfEnds(problems, wire.index).filter(({ at }) => !isAboutAdapter(at.field, wire.index)).map((problem) => <FieldProblem key={problem.code} problem={problem} />)}
            <div className="f"><span>From</span><button type="button" className="in link-in" onClick={() => select([from.node])}><KindIcon kind={design.nodes.get(from.node)?.kindWord ?? 'unknown'} size={13} />{from.node}<span className="u">port {from.port}</span></button></div>
            <div className="f">
              <span aria-hidden="true">To</span>
              <select className="in" aria-label="To" value={to} onChange={(event) => edit(connect(documentNow(), { from: from.node, port: from.port, to: event.target.value })) && select([], [`${from.node}.${from.port} ${event.target.value}`])}>
                {[...new Set([to, ...providers])].map((id) => <option key={id} value={id}>{id}</option>)}
              </select>
            </div>
            <div className="f"><span>About</span>{protocol === undefined ? <span className="dim">a port that requires nothing</span> : <button type="button" className="in link-in" onClick={() => selectProtocol(protocol)}>{protocol}<span className="u">{wordCount(operations.length, 'operation')}</span></button>}</div>
            {target && <p className="note dim">{to} handles one message at a time, and holds {target.mailbox.toLocaleString('en').replaceAll(',', '\u00a0')} more; after that calls fail with overloaded.</p>}
          </Section>
          <Section title="Guards" note="in the order a call meets them">
            <GuardList wire={wire} chosen={chosen} />
          </Section>
          <AdapterSection wire={wire} />
          {operations.length > 0 && (
            <Section title="What goes over it">
              {operations.map((one) => <div key={one.name} className="row flat"><span className="t m">{one.name}</span><span className="badge">{one.kind}</span><span className="x">{one.isIdempotent ? 'idempotent' : ''}</span></div>)}
            </Section>
          )}
          <div className="sec"><button type="button" className="b" onClick={() => { if (edit(deleteWires(documentNow(), [wire.index]))) select([from.node]); }}><Trash2 size={13} aria-hidden="true" />Delete the wire</button></div>
        </div>
      </div>
    </FieldTargetContext>
  );
}
