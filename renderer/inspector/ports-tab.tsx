import { useMemo } from 'react';
import { listShownProtocols } from '../../shared/design/count-uses';
import type { NodeView, WireView } from '../../shared/design/design-view';
import { PortGlyph } from '../glyphs/port-glyph';
import { selectDesign, selectDocument, useDocument } from '../stores/document';
import { select } from '../stores/selection';
import { GuardList } from './guard-list';
import { Section } from './section';

/** Wires into and out of a node, with what guards them. */
export function PortsTab({ node }: { readonly node: NodeView }) {
  const design = useDocument(selectDesign);
  const { into, out } = useMemo(() => ({ into: design.wires.filter(({ to }) => to === node.id), out: design.wires.filter(({ from }) => from.node === node.id) }), [design.wires, node.id]);
  return (
    <>
      <Section title="Calls" note={wireCount(out.length)} isFirst>
        {out.length === 0 && <p className="note dim">{node.kind === 'sink' || node.kind === 'tool' ? `A ${node.kind} calls nobody.` : 'No wire leaves yet. Draw one on the canvas, or choose a provider at a port.'}</p>}
        {out.map((wire) => <WireCard key={wire.key} wire={wire} end={wire.to} isOut />)}
      </Section>
      <Section title="Called by" note={wireCount(into.length)}>
        {into.length === 0 && <p className="note dim">Nobody calls {node.id} yet.</p>}
        {into.map((wire) => <WireCard key={wire.key} wire={wire} end={`${wire.from.node}.${wire.from.port}`} isOut={false} />)}
      </Section>
    </>
  );
}

const wireCount = (count: number): string => (count === 1 ? '1 wire' : `${count} wires`);

function WireCard({ wire, end, isOut }: { readonly wire: WireView; readonly end: string; readonly isOut: boolean }) {
  const design = useDocument(selectDesign);
  const document = useDocument(selectDocument);
  return (
    <div className="wire-card">
      <button type="button" className="row" onClick={() => select([], [wire.key])}>
        <PortGlyph protocol={wire.protocol} protocols={listShownProtocols(design, document)} isHollow={!isOut} />
        <span className="t">{isOut ? <><b>{wire.from.port}</b> → {end}</> : <>{end} →</>}</span>
        <span className="x">{wire.protocol ?? 'no protocol'}</span>
      </button>
      <GuardList wire={wire} />
    </div>
  );
}
