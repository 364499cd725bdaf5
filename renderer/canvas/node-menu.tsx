/** The menu of a node, a wire or the open canvas. It holds what fits what was clicked, as commands; nothing that is not there yet. */
import { ContextMenu } from 'radix-ui';
import { useState, type ReactElement, type ReactNode } from 'react';
import type { Command } from '../commands/command';
import { wordKeys } from '../commands/command';
import { listCommands } from '../commands/all-commands';
import { handlerOf, wordHandler } from '../commands/node-menu';
import { designNow } from '../stores/document';
import { select, useSelection } from '../stores/selection';
import { useRun } from '../stores/run';
import { selectModifier, useShell } from '../stores/shell';
import { toggleFolded, useViewport } from '../stores/viewport';
import { nodeUnder, wireOf } from './gestures/use-gestures';
import { openHandler } from './open-handler';

type Item = { readonly name: string; readonly command: Command };
type Groups = readonly (readonly Item[])[];

/** Names of the menu's own, the command's where it has none. */
const NODE_ITEMS: readonly (readonly (readonly [id: string, name: string])[])[] = [
  [['run.crash', 'Crash'], ['', 'Kill host'], ['run.send', 'Send'], ['run.mock', 'Mock']],
  [['canvas.open', 'Open handler'], ['canvas.fold', 'Fold']],
  [['edit.cut', 'Cut'], ['edit.copy', 'Copy'], ['edit.paste', 'Paste'], ['edit.duplicate', 'Duplicate'], ['edit.rename', 'Rename']],
  [['edit.delete', 'Delete']],
];
const WIRE_ITEMS = [[['edit.delete', 'Delete']]] as const;
const CANVAS_ITEMS = [[['edit.add.code-agent', 'Add code agent'], ['edit.add.supervisor', 'Add supervisor'], ['edit.paste', 'Paste']], [['edit.layout', 'Lay out anew']]] as const;

function listItems(on: { readonly node?: string; readonly wire?: string }): Groups {
  const known = new Map([...listCommands(), ...ownCommands(on.node)].map((command) => [command.id, command]));
  const host = on.node === undefined ? undefined : hostOf(on.node);
  const wanted = on.node !== undefined ? NODE_ITEMS : on.wire !== undefined ? WIRE_ITEMS : CANVAS_ITEMS;
  return wanted
    .map((group) => group.flatMap(([id, name]): readonly Item[] => {
      const command = known.get(id === '' ? `run.kill-host.${host ?? ''}` : id);
      return command ? [{ name, command }] : [];
    }))
    .filter((group) => group.length > 0);
}

/** The host that a node runs on: told by the run, else by its nearest isolated ancestor. */
export function hostOf(id: string): string {
  const told = useRun.getState().agents.get(id)?.host;
  if (told !== undefined) return told;
  const design = designNow();
  for (let at: string | undefined = id; at !== undefined; at = design.nodes.get(at)?.parent) if (design.nodes.get(at)?.isIsolated) return at;
  return 'main';
}

function ownCommands(id: string | undefined): readonly Command[] {
  const node = id === undefined ? undefined : designNow().nodes.get(id);
  if (!node) return [];
  if (node.kind === 'supervisor') return node.children.length === 0 ? [] : [{ id: 'canvas.fold', label: 'Fold', run: () => toggleFolded(node.id) }];
  return handlerOf(node) !== undefined ? [{ id: 'canvas.open', label: `Open ${wordHandler(node)}`, run: () => openHandler(node.id) }] : [];
}

export function NodeMenu({ children }: { readonly children: ReactElement }): ReactNode {
  const [groups, setGroups] = useState<Groups>([]);
  const modifier = useShell(selectModifier);
  const folded = useViewport((state) => state.folded);
  const onContextMenu = (event: React.MouseEvent): void => {
    const [node, wire] = [nodeUnder(event), wireOf(event.target)];
    if (node !== undefined && !useSelection.getState().nodes.includes(node)) select([node]);
    if (node === undefined && wire !== undefined) select([], [wire]);
    setGroups(listItems({ ...(node === undefined ? {} : { node }), ...(wire === undefined ? {} : { wire }) }));
  };
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild onContextMenu={onContextMenu}>{children}</ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className="menu" collisionPadding={8}>
          {groups.map((group, index) => (
            <ContextMenu.Group key={index}>
              {index > 0 && <ContextMenu.Separator className="rule" />}
              {group.map(({ name, command }) => <MenuItem key={command.id} name={command.id === 'canvas.fold' && folded.has(useSelection.getState().nodes[0] ?? '') ? 'Unfold' : name} command={command} modifier={modifier} />)}
            </ContextMenu.Group>
          ))}
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

function MenuItem({ name, command, modifier }: Item & { readonly modifier: string }) {
  const { icon: Icon } = command;
  return (
    <ContextMenu.Item aria-label={name} disabled={command.refusal !== undefined} onSelect={command.run} title={command.refusal}>
      {Icon ? <Icon size={13} aria-hidden="true" /> : <span style={{ width: 13 }} />}
      {name}
      {command.keys !== undefined && <kbd className="kbd">{wordKeys(command.keys, modifier)}</kbd>}
    </ContextMenu.Item>
  );
}
