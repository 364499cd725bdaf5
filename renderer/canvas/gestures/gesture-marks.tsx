/** What a gesture draws while it lasts: the wire that is drawn, the marquee, the insertion mark, and words at the pointer. */
import { hueOf } from '../../glyphs/protocol-hue';
import { selectGesture, selectScene, useCanvas } from '../canvas-store';
import { boxBetween, type Point } from '../geometry';
import { portAt } from '../layout/node-size';
import { roundedPath, routeWire } from '../layout/route-wire';
import type { Scene } from '../layout/scene';
import { selectProtocols, useProtocols } from '../protocols-store';
import type { Gesture } from './gesture';
import type { TreeDrop } from './tree-drop';

const MARKS_Z = 3000;

export function GestureMarks() {
  const gesture = useCanvas(selectGesture);
  const scene = useCanvas(selectScene);
  switch (gesture.kind) {
    case 'idle':
    case 'pointing':
      return null;
    case 'marquee': {
      const { x, y, width, height } = boxBetween(gesture.from, gesture.to);
      return <div className="gs-marquee" style={{ left: x, top: y, width, height, zIndex: MARKS_Z }} />;
    }
    case 'dropping':
      return (
        <>
          {gesture.refusal === undefined && <InsertionMark drop={gesture.drop} />}
          <Words at={gesture.at} text={gesture.refusal ?? `add under ${gesture.drop.parent}`} isRefused={gesture.refusal !== undefined} />
        </>
      );
    case 'guarding':
      return <Words at={gesture.at} text={gesture.wire ? `guard ${gesture.wire.from.node}.${gesture.wire.from.port} to ${gesture.wire.to}` : 'drop it on a wire'} isRefused={false} />;
    case 'dragging':
      return (
        <>
          {gesture.drop && gesture.refusal === undefined && <InsertionMark drop={gesture.drop} />}
          <Words at={gesture.to} text={dragWords(gesture)} isRefused={gesture.drop?.isNew === true && gesture.refusal !== undefined} />
        </>
      );
    case 'connecting':
      return <DrawnWire gesture={gesture} scene={scene} />;
  }
}

function dragWords({ drop, refusal }: Extract<Gesture, { kind: 'dragging' }>): string | undefined {
  if (!drop?.isNew) return undefined;
  return refusal ?? `move under ${drop.parent}`;
}

function InsertionMark({ drop: { mark } }: { readonly drop: TreeDrop }) {
  return mark ? <div className="gs-mark" style={{ left: mark.x - 1.5, top: mark.y, height: mark.height, zIndex: MARKS_Z }} /> : null;
}

function Words({ at, text, isRefused }: { readonly at: Point; readonly text: string | undefined; readonly isRefused: boolean }) {
  return text === undefined ? null : <div className={isRefused ? 'gs-words bad' : 'gs-words'} role="status" style={{ left: at.x, top: at.y, zIndex: MARKS_Z + 1 }}>{text}</div>;
}

function DrawnWire({ gesture, scene }: { readonly gesture: Extract<Gesture, { kind: 'connecting' }>; readonly scene: Scene }) {
  const protocols = useProtocols(selectProtocols);
  const from = scene.nodes.get(gesture.from);
  if (!from) return null;
  const row = from.node.requires.findIndex(({ port }) => port === gesture.port);
  const port = row < 0 || from.shape !== 'node' ? { x: from.box.width, y: from.box.height / 2 } : portAt('requires', row, from.box.width);
  const points = routeWire({ x: from.box.x + port.x, y: from.box.y + port.y }, gesture.at, { lane: 0 });
  const isRefused = gesture.refusal !== undefined;
  return (
    <>
      <svg className="wr-layer" style={{ zIndex: MARKS_Z, color: gesture.protocol === undefined ? 'var(--beam)' : hueOf(gesture.protocol, protocols).colour }}>
        <path className={isRefused ? 'gs-wire bad' : 'gs-wire'} d={roundedPath(points)} />
        <circle cx={gesture.at.x} cy={gesture.at.y} r="4" fill="currentColor" />
      </svg>
      <Words at={gesture.at} text={gesture.refusal ?? (gesture.over === undefined ? undefined : `wire to ${gesture.over}`)} isRefused={isRefused} />
    </>
  );
}
