import type { NodeView } from '../../shared/design/design-view';
import { WORKER_SHUTDOWN_MS } from '../../shared/design/nodes/child-fields';
import { RESTARTS } from '../../shared/design/nodes/words';
import { hostOf } from '../commands/node-menu';
import { selectDesign, useDocument } from '../stores/document';
import { ChoiceField, SwitchField } from './choice-fields';
import { Section } from './section';
import { ShutdownField } from './text-fields';
import { wordOrdinal } from './words';

const RESTART_SAYS = { permanent: 'always', transient: 'after a failure', temporary: 'never' } as const;

/** What its supervisor does with it. */
export function ChildFields({ node }: { readonly node: NodeView }) {
  const parent = useDocument((state) => (node.parent === undefined ? undefined : selectDesign(state).nodes.get(node.parent)));
  const isRoot = useDocument((state) => selectDesign(state).root === node.id);
  const place = parent?.children.indexOf(node.id) ?? -1;
  const says = RESTART_SAYS[node.restart];
  return (
    <Section title={parent ? `Child of ${parent.id}` : 'As a child'} note={parent ? `${wordOrdinal(place + 1)} of ${parent.children.length}` : undefined}>
      {(!isRoot || node.raw['restart'] !== undefined) && <ChoiceField label="Restart" path={['restart']} options={RESTARTS} standard="permanent" words={{ permanent: 'permanent', transient: 'transient', temporary: 'temporary' }} />}
      <ShutdownField standard={node.kind === 'supervisor' ? 'infinity' : WORKER_SHUTDOWN_MS} />
      {((parent !== undefined && parent.autoShutdown !== 'never') || node.isSignificant) && <SwitchField label="Significant" path={['significant']} says={node.isSignificant ? 'its normal end may end its supervisor' : 'its end is one of many'} />}
      <p className="note dim">{isRoot ? 'Nobody restarts the root: when it exits, the run ends. It is' : `Restarted ${says};`} {shutdownWords(node)}</p>
    </Section>
  );
}

function shutdownWords(node: NodeView): string {
  if (node.shutdown === 'brutal_kill') return 'killed at once when it must stop.';
  if (node.shutdown === 'infinity') return 'given all the time it needs to stop.';
  return `given ${node.shutdown.toLocaleString('en').replaceAll(',', ' ')} ms to stop, then killed.`;
}

/** A host of its own, and what that means here. */
export function IsolationFields({ node }: { readonly node: NodeView }) {
  const host = useDocument((state) => hostOf(selectDesign(state), node.id));
  const below = node.kind === 'supervisor' ? ', with all below it' : '';
  return (
    <Section title="Isolation">
      <SwitchField label="Own host" path={['isolated']} />
      <p className="note dim">
        {node.isIsolated
          ? `On: ${node.id} runs on host ${node.id}${below}. A hang here stops no other host.`
          : host === 'control'
            ? `Off: ${node.id} runs on the control host, which runs no handler.`
            : `Off: ${node.id} runs on host ${host}. A hang here stops ${host}’s heartbeat, and all of ${host} is replaced.`}
      </p>
    </Section>
  );
}
