import { ArrowDown, ArrowUp } from 'lucide-react';
import type { NodeView } from '../../shared/design/design-view';
import { AUTO_SHUTDOWNS } from '../../shared/design/nodes/words';
import { KindIcon } from '../glyphs/kind-icon';
import { moveNode } from '../../shared/design/edits/node-edits';
import { documentNow, edit, selectDesign, useDocument } from '../stores/document';
import { select } from '../stores/selection';
import { ChoiceField, StrategyField } from './choice-fields';
import { FieldRow } from './field-row';
import { LongList } from './long-list';
import { Section } from './section';
import { NumberField } from './text-fields';

/** Strategy, intensity and children in start order. */
export function SupervisorFields({ node }: { readonly node: NodeView }) {
  const nodes = useDocument((state) => selectDesign(state).nodes);
  return (
    <>
      <Section title="Strategy"><StrategyField /></Section>
      <Section title="Intensity" note={`${node.maxRestarts} in ${node.maxSeconds} s, then it gives up`}>
        <NumberField label="maxRestarts" path={['maxRestarts']} standard={1} />
        <NumberField label="maxSeconds" path={['maxSeconds']} standard={5} unit="s" />
        <ChoiceField label="Auto-shutdown" path={['autoShutdown']} options={AUTO_SHUTDOWNS} standard="never" />
      </Section>
      <Section title="Children" note="start order">
        <FieldRow field="children">
          {node.children.length === 0 && <p className="note dim">No child yet. Add one from the Palette, or drag one here in the Outline.</p>}
          <LongList className="children" count={node.children.length} keyOf={(index) => `${index} ${node.children[index]!}`}>
            {(index) => <Child node={node} index={index} found={nodes.get(node.children[index]!)} />}
          </LongList>
        </FieldRow>
      </Section>
    </>
  );
}

type ChildProps = { readonly node: NodeView; readonly index: number; readonly found: NodeView | undefined };

/** A child with its place in start order, and buttons that move it there. */
function Child({ node, index, found }: ChildProps) {
  const child = node.children[index]!;
  const move = (to: number): void => void edit(moveNode(documentNow(), child, node.id, to));
  return (
    <>
      <button type="button" className="row" onClick={() => select([child])} disabled={!found}>
        <span className="dim place">{index + 1}</span>
        <KindIcon kind={found?.kindWord ?? 'unknown'} size={14} />
        <span className="t">{child}</span>
        <span className="x">{found?.restart ?? 'missing'}</span>
      </button>
      {node.children.length > 1 && (
        <>
          <button type="button" className="b ic small" aria-label={`Start ${child} earlier`} title="Earlier" disabled={index === 0 || !found} onClick={() => move(index - 1)}><ArrowUp size={12} /></button>
          <button type="button" className="b ic small" aria-label={`Start ${child} later`} title="Later" disabled={index === node.children.length - 1 || !found} onClick={() => move(index + 1)}><ArrowDown size={12} /></button>
        </>
      )}
    </>
  );
}
