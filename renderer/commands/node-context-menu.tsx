import { ContextMenu } from 'radix-ui';
import { useState, type ReactElement } from 'react';
import { select, useSelection } from '../stores/selection';
import { selectModifier, useShell } from '../stores/shell';
import { wordKeys } from './command';
import { listNodeMenu, type MenuItem } from './node-menu';

type NodeContextMenuProps = {
  /** The node under a place, asked when the menu opens; none: no menu. */
  readonly nodeAt: (target: EventTarget | null) => string | undefined;
  readonly children: ReactElement;
};

/** Right click, the menu key or Shift+F10 on a node. Another node than the selected ones is selected first. */
export function NodeContextMenu({ nodeAt, children }: NodeContextMenuProps) {
  const [items, setItems] = useState<readonly MenuItem[]>([]);
  const modifier = useShell(selectModifier);
  const prepare = (event: React.MouseEvent): void => {
    const id = nodeAt(event.target);
    if (id === undefined) return event.preventDefault();
    if (!useSelection.getState().nodes.includes(id)) select([id]);
    setItems(listNodeMenu(id));
  };
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild onContextMenu={prepare}>{children}</ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className="menu" aria-label="Node">
          {items.map((item) =>
            item.kind === 'rule' ? (
              <ContextMenu.Separator key={item.id} className="rule" />
            ) : (
              <ContextMenu.Item key={item.id} disabled={item.refusal !== undefined} onSelect={item.run} title={item.refusal} aria-label={item.label}>
                <item.icon size={14} aria-hidden="true" />
                {item.label}
                {item.keys && <kbd className="kbd">{wordKeys(item.keys, modifier)}</kbd>}
              </ContextMenu.Item>
            ),
          )}
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}
