import '../zod-without-code';
import { useDeferredValue } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { findWireOf } from '../../shared/design/fallback-wires';
import { selectDesign, useDocument } from '../stores/document';
import { selectNodes, selectShownProtocol, selectWires, useSelection } from '../stores/selection';
import { DesignPanel } from './design-panel';
import { ManyPanel } from './many-panel';
import { NodePanel } from './node-panel';
import { ProtocolPanel } from './protocol-panel';
import { WirePanel } from './wire-panel';

/**
 * What is selected, with all that can be said of it. It follows the selection when there is time: what the pointer does on the canvas comes
 * first, and the fields of a node with many ports take longer than a frame.
 */
export function Selected() {
  const selection = useSelection(useShallow((state) => ({ nodes: selectNodes(state), wires: selectWires(state), protocol: selectShownProtocol(state) })));
  const { nodes, wires, protocol } = useDeferredValue(selection);
  const design = useDocument(selectDesign);
  const known = nodes.filter((id) => design.nodes.has(id));
  if (protocol !== undefined) return <ProtocolPanel key={protocol} name={protocol} />;
  if (known.length === 1) return <NodePanel key={known[0]} id={known[0]!} />;
  if (known.length > 1) return <ManyPanel ids={known} />;
  const wire = wires.length === 1 ? findWireOf(design, wires[0]!) : undefined;
  if (wires.length === 1) return <WirePanel key={wire?.wire.key} wire={wire?.wire} chosen={wire?.guard} />;
  return <DesignPanel />;
}
