/** Above the Tree: what is painted over it, folding, zoom. */
import { Activity, ChevronDown, ChevronRight, Server } from 'lucide-react';
import type { RefObject } from 'react';
import { designNow } from '../../stores/document';
import { useSelection } from '../../stores/selection';
import { useSimulation } from '../../stores/simulation';
import { setPaint, toggleFolded, useViewport, type ViewportState } from '../../stores/viewport';
import type { View } from '../react-flow/surface';
import { SimulatedWords } from './simulated-words';
import { ZoomControls } from './zoom-controls';

const HatchIcon = () => <svg width="12" height="12" aria-hidden="true"><rect x=".7" y=".7" width="10.6" height="10.6" rx="2.5" fill="url(#canvas-hatch)" stroke="var(--scope)" strokeWidth="1.3" /></svg>;

const PAINTS: readonly { readonly paint: ViewportState['paint']; readonly label: string; readonly says: string; readonly icon: React.ReactNode }[] = [
  { paint: 'scope', label: 'Restart scope', says: 'Who stops and starts when a child exits', icon: <HatchIcon /> },
  { paint: 'storm', label: 'Storm bound', says: 'How many restarts there can be before the whole design stops', icon: <Activity size={13} aria-hidden="true" /> },
  { paint: 'hosts', label: 'Hosts', says: 'Which nodes share a host', icon: <Server size={13} aria-hidden="true" /> },
];

export function PaintBar({ canvas }: { readonly canvas: RefObject<View | undefined> }) {
  const paint = useViewport((state) => state.paint);
  const isSimulated = useSimulation((state) => state.status === 'open');
  return (
    <div className="spec" role="toolbar" aria-label="Paint">
      {isSimulated && <SimulatedWords />}
      {PAINTS.map(({ paint: one, label, says, icon }) => (
        <button type="button" key={one} className={paint === one ? 'pr on' : 'pr'} aria-pressed={paint === one} title={says} onClick={() => setPaint(paint === one ? 'none' : one)}>{icon}{label}</button>
      ))}
      <span className="sp" />
      <FoldButton />
      <ZoomControls canvas={canvas} />
    </div>
  );
}

/** Folds what is selected; without a selection all supervisors below the root, or opens them again. */
function FoldButton() {
  const folded = useViewport((state) => state.folded);
  const [selected] = useSelection((state) => state.nodes);
  const isFolded = selected === undefined ? folded.size > 0 : folded.has(selected);
  return <button type="button" className="pr" onClick={() => fold(selected, folded)}>{isFolded ? <ChevronRight size={13} aria-hidden="true" /> : <ChevronDown size={13} aria-hidden="true" />}{isFolded ? 'Unfold' : 'Fold'}</button>;
}

function fold(selected: string | undefined, folded: ReadonlySet<string>): void {
  const design = designNow();
  if (selected !== undefined) {
    const node = design.nodes.get(selected);
    const at = node?.kind === 'supervisor' ? node.id : node?.parent;
    if (at !== undefined) toggleFolded(at);
    return;
  }
  const below = design.order.filter((id) => id !== design.root && design.nodes.get(id)?.kind === 'supervisor');
  useViewport.setState({ folded: folded.size > 0 ? new Set() : new Set(below) });
}
