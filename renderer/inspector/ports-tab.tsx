import { useMemo } from 'react';
import { listShownProtocols } from '../../shared/design/count-uses';
import type { NodeView, WireView } from '../../shared/design/design-view';
import { PortGlyph } from '../glyphs/port-glyph';
import { selectDesign, selectDocument, useDocument } from '../stores/document';
import { select, showWireField } from '../stores/selection';
import { GuardIcon } from '../glyphs/guard-icon';
import { guardKindOf, wordGuard, wordGuardValue } from '../words/guard-words';
import { AddGuard } from './guards/add-guard';
import { placeIn } from './guards/guard-problems';
import { guardKeys } from './guards/use-guard-target';
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
      <GuardLine wire={wire} />
    </div>
  );
}

/** The guards in one line; they are edited where the wire is. */
function GuardLine({ wire }: { readonly wire: WireView }) {
  const names = guardKeys(wire.guards);
  return (
    <div className="guard-line">
      {wire.guards.map((guard, index) => {
        const kind = guardKindOf(guard);
        return <button type="button" key={names[index]} className="badge" aria-label={`guard ${kind}`} title={`Edit ${wordGuard(kind)}`} onClick={() => showWireField(wire.key, placeIn(wire.index, index))}><GuardIcon kind={kind} size={11} />{wordGuardValue(guard)}</button>;
      })}
      <AddGuard wire={wire} />
    </div>
  );
}
