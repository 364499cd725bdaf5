import { Layers } from 'lucide-react';
import { useMemo } from 'react';
import { AUTO_SHUTDOWNS, RESTARTS } from '../../shared/design/nodes/words';
import { deleteSelected, duplicateSelected } from '../commands/edit-commands';
import { KindIcon } from '../glyphs/kind-icon';
import { selectDesign, useDocument } from '../stores/document';
import { select } from '../stores/selection';
import { ChoiceField, StrategyField, SwitchField } from './choice-fields';
import { FieldTargetContext } from './field-target';
import { useManyTarget } from './node-target';
import { Section } from './section';
import { NumberField, ShutdownField } from './text-fields';

const MOST_LISTED = 12;

/** Several nodes: the fields that all of them have; one change is one edit of all. */
export function ManyPanel({ ids }: { readonly ids: readonly string[] }) {
  const design = useDocument(selectDesign);
  const nodes = useMemo(() => ids.flatMap((id) => design.nodes.get(id) ?? []), [design.nodes, ids]);
  const target = useManyTarget(nodes);
  const areSupervisors = nodes.every(({ kind }) => kind === 'supervisor');
  const areProcesses = nodes.every(({ kind }) => kind !== 'supervisor');
  return (
    <FieldTargetContext value={target}>
      <div className="inspector-body">
        <div className="ph tall"><Layers size={16} aria-hidden="true" /><span className="name">{nodes.length} nodes</span></div>
        <div className="tabpage">
          <Section isFirst>
            {nodes.slice(0, MOST_LISTED).map((node) => (
              <button key={node.id} type="button" className="row" onClick={() => select([node.id])}><KindIcon kind={node.kindWord} size={14} /><span className="t">{node.id}</span><span className="x">{node.kindWord}</span></button>
            ))}
            {nodes.length > MOST_LISTED && <p className="note dim">and {nodes.length - MOST_LISTED} more</p>}
          </Section>
          {areSupervisors && (
            <>
              <Section title="Strategy"><StrategyField /></Section>
              <Section title="Intensity">
                <NumberField label="maxRestarts" path={['maxRestarts']} standard={1} />
                <NumberField label="maxSeconds" path={['maxSeconds']} standard={5} unit="s" />
                <ChoiceField label="Auto-shutdown" path={['autoShutdown']} options={AUTO_SHUTDOWNS} standard="never" />
              </Section>
            </>
          )}
          <Section title="As children">
            <ChoiceField label="Restart" path={['restart']} options={RESTARTS} standard="permanent" />
            <ShutdownField standard={areSupervisors ? 'infinity' : 5000} />
            {areProcesses && <NumberField label="Mailbox" path={['mailbox']} standard={1000} unit="then refuse" />}
            <SwitchField label="Own host" path={['isolated']} says={`each of the ${nodes.length}`} />
          </Section>
          <div className="sec row-buttons"><button type="button" className="b out" onClick={duplicateSelected}>Duplicate</button><button type="button" className="b out" onClick={deleteSelected}>Delete {nodes.length} nodes</button></div>
        </div>
      </div>
    </FieldTargetContext>
  );
}
