/** All wires of the Flow, or links of the Tree, that are in sight; between the regions and the nodes. */
import { memo, useMemo, type CSSProperties } from 'react';
import { selectDetail, selectScene, selectSight, useCanvas } from '../canvas-store';
import { boundsOf, centreOf, overlaps, type Box } from '../geometry';
import type { Scene } from '../layout/scene';
import type { SceneWire } from '../layout/wire-ends';
import { WIRE_Z } from '../react-flow/surface';
import { useScope } from '../scope/scope-store';
import { listBuses } from './list-buses';
import { mergedWidth, mergeWires } from './merge-wires';
import { TreeBus } from './tree-links';
import { WireChips } from './wire-chips';
import { WireMark } from './wire-mark';

export const WireLayer = memo(function WireLayer({ wires }: { readonly wires: readonly SceneWire[] }) {
  const scene = useCanvas(selectScene);
  const sight = useCanvas(selectSight);
  const detail = useCanvas(selectDetail);
  // Far out the Tree's links are drawn with its blocks, and the Flow's wires are merged.
  const isFar = detail === 'block';
  const isMerged = isFar && scene.view === 'flow';
  const reaches = useMemo(() => wires.map(reachOf), [wires]);
  const seen = useMemo(() => (isFar ? [] : wires.filter((_, index) => overlaps(sight, reaches[index]!))), [isFar, wires, reaches, sight]);
  const hasLinks = !isFar && scene.view === 'tree';
  const painted = useScope((scope) => scope.links);
  const buses = useMemo(() => (hasLinks ? listBuses(scene, sight) : []), [hasLinks, scene, sight]);
  const paintedBuses = useMemo(() => (hasLinks && painted.size > 0 ? listBuses(scene, sight, painted) : []), [hasLinks, scene, sight, painted]);
  return (
    <>
      <svg className="wr-layer" style={{ zIndex: WIRE_Z }}>
        {buses.map((bus) => <TreeBus key={bus.parent.id} bus={bus} />)}
        {paintedBuses.map((bus) => <TreeBus key={bus.parent.id} bus={bus} isScope />)}
        {seen.map((one) => <WireMark key={one.wire.key} one={one} />)}
        {isMerged && <MergedWires scene={scene} wires={wires} />}
      </svg>
      {(detail === 'full' || detail === 'compact') && <div className="wr-layer chips" style={{ zIndex: WIRE_Z + 1 }}>{seen.map((one) => <WireChips key={one.wire.key} one={one} />)}</div>}
    </>
  );
});

const reachOf = ({ points, from, to }: SceneWire): Box => boundsOf([from.box, to.box, ...points.map(({ x, y }) => ({ x, y, width: 0, height: 0 }))])!;

function MergedWires({ scene, wires }: { readonly scene: Scene; readonly wires: readonly SceneWire[] }) {
  const merged = useMemo(() => mergeWires(scene, wires), [scene, wires]);
  return merged.map(({ key, from, to, count }) => {
    const [a, b] = [centreOf(from), centreOf(to)];
    return <path key={key} className="wr-merged" d={`M${a.x} ${a.y}L${b.x} ${b.y}`} style={{ '--width': mergedWidth(count) } as CSSProperties} />;
  });
}
