import { Pencil } from 'lucide-react';
import { Tabs } from 'radix-ui';
import type { NodeView } from '../../shared/design/design-view';
import { askRename } from '../commands/edit-commands';
import { KindIcon } from '../glyphs/kind-icon';
import { StateGlyph } from '../glyphs/state-glyph';
import { useNodeStatus } from '../outline/node-status';
import { selectDesign, useDocument } from '../stores/document';
import { FieldTargetContext } from './field-target';
import { KindFields } from './kind-fields';
import { MessagesTab } from './messages-tab';
import { useNodeTarget } from './node-target';
import { PortsTab } from './ports-tab';

/** One node: its fields, its ports and wires, and what it has done in this run. */
export function NodePanel({ id }: { readonly id: string }) {
  const node = useDocument((state) => selectDesign(state).nodes.get(id));
  return node ? <NodeTabs node={node} /> : null;
}

function NodeTabs({ node }: { readonly node: NodeView }) {
  const target = useNodeTarget(node);
  const status = useNodeStatus(node.id);
  const hasPorts = node.kind !== 'supervisor' || node.strategy === 'simple_one_for_one';
  return (
    <FieldTargetContext value={target}>
      <Tabs.Root defaultValue="node" className="inspector-body">
        <div className="ph tall">
          <KindIcon kind={node.kindWord} size={16} />
          <span className="name" title={node.title}>{node.id}</span>
          <span className="badge">{node.kindWord}</span>
          <button type="button" className="b ic small" aria-label="Rename" title="Rename (F2)" onClick={() => askRename(node.id)}><Pencil size={12} /></button>
          {status && <span className="r"><StateGlyph status={status} /><span>{status}</span></span>}
        </div>
        <div className="tabs">
          <Tabs.List className="tablist" aria-label="About the node">
            <Tabs.Trigger value="node">Node</Tabs.Trigger>
            {hasPorts && <Tabs.Trigger value="ports">Ports</Tabs.Trigger>}
            <Tabs.Trigger value="messages">Events</Tabs.Trigger>
          </Tabs.List>
        </div>
        <Tabs.Content value="node" className="tabpage"><KindFields node={node} /></Tabs.Content>
        {hasPorts && <Tabs.Content value="ports" className="tabpage"><PortsTab node={node} /></Tabs.Content>}
        <Tabs.Content value="messages" className="tabpage"><MessagesTab node={node.id} /></Tabs.Content>
      </Tabs.Root>
    </FieldTargetContext>
  );
}
