/** Above the Flow: the design's protocols with their hue and rate, and a strip divided by their share. Legend and lens. */
import { useMemo, type RefObject } from 'react';
import { hueOf } from '../../glyphs/protocol-hue';
import { selectDesign, useDocument } from '../../stores/document';
import { useRun } from '../../stores/run';
import { useSimulation } from '../../stores/simulation';
import { setLens, useViewport } from '../../stores/viewport';
import { SimulatedWords } from './simulated-words';
import { selectProtocols, useProtocols } from '../protocols-store';
import type { View } from '../react-flow/surface';
import { wordRate } from '../words';
import { shareProtocols } from './share-protocols';
import { ZoomControls } from './zoom-controls';

export function SpectrumBar({ canvas }: { readonly canvas: RefObject<View | undefined> }) {
  const protocols = useProtocols(selectProtocols);
  const design = useDocument(selectDesign);
  const wires = useRun((run) => run.wires);
  const lens = useViewport((state) => state.lens);
  const isSimulated = useSimulation((state) => state.status === 'open');
  const shares = useMemo(() => shareProtocols(design.wires, protocols, wires), [design.wires, protocols, wires]);
  return (
    <div className="spec" role="toolbar" aria-label="Spectrum">
      {isSimulated && <SimulatedWords />}
      <span className="spec-list">
        {shares.map(({ protocol, rate }) => (
          <button type="button" key={protocol} className={lens === protocol ? 'pr on' : 'pr'} aria-pressed={lens === protocol} aria-label={`Lens ${protocol}`} title={`${protocol}: show its wires only`} onClick={() => setLens(lens === protocol ? undefined : protocol)}>
            <svg width="10" height="12" viewBox="0 0 10 12" aria-hidden="true"><path d="M1 1L9 6L1 11z" fill={hueOf(protocol, protocols).colour} /></svg>
            {protocol}{rate !== undefined && <em>{wordRate(rate)}</em>}
          </button>
        ))}
      </span>
      <span className="sp" />
      <ZoomControls canvas={canvas} />
      <span className="strip" aria-hidden="true">{shares.map(({ protocol, share }) => <i key={protocol} style={{ flex: share, background: hueOf(protocol, protocols).colour }} />)}</span>
    </div>
  );
}
