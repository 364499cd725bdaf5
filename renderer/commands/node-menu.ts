/** The menu of a node, the same on the canvas and in the Outline. Words are the contract's (section 7). */
import { ClipboardPaste, Copy, CopyPlus, FileCode, Pencil, Scissors, Send, Server, Trash2, VenetianMask, Zap, type LucideIcon } from 'lucide-react';
import type { DesignView, NodeView } from '../../shared/design/design-view';
import { fileBehind } from '../../shared/design/edits/own-file';
import { CONTROL_HOST, MAIN_HOST } from '../../shared/ids';
import { openDialog } from '../stores/dialogs';
import { designNow } from '../stores/document';
import { crashNode, killHost, selectIsLive, useRun } from '../stores/run';
import { openEditor } from '../stores/viewport';
import { canMock } from './run-commands';
import { askRename, copySelected, cutSelected, deleteSelected, duplicateSelected, paste } from './edit-commands';

export type MenuItem =
  | { readonly kind: 'rule'; readonly id: string }
  | { readonly kind: 'item'; readonly id: string; readonly label: string; readonly icon: LucideIcon; readonly keys?: string; /** Why it can't be done now. */ readonly refusal?: string; readonly run: () => void };

/** Where a node's process lives: the nearest isolated node at or above it names the host (design section 6). */
export function hostOf(design: DesignView, id: string): string {
  const seen = new Set<string>();
  for (let node = design.nodes.get(id); node && !seen.has(node.id); node = node.parent === undefined ? undefined : design.nodes.get(node.parent)) {
    if (node.isIsolated) return node.id;
    seen.add(node.id);
  }
  return design.nodes.get(id)?.kind === 'supervisor' ? CONTROL_HOST : MAIN_HOST;
}

/** The file that says what an agent does, where it has one: its handler or its prompt. */
export const handlerOf = (node: NodeView): string | undefined => fileBehind(node.raw)?.path;
export const wordHandler = (node: NodeView): string => (fileBehind(node.raw)?.field === 'prompt' ? 'prompt' : 'handler');

/** For the selection that `id` is part of. */
export function listNodeMenu(id: string): readonly MenuItem[] {
  const design = designNow();
  const node = design.nodes.get(id);
  if (!node) return [];
  const run = useRun.getState();
  const live = selectIsLive(run) ? {} : { refusal: 'nothing runs' };
  const host = run.agents.get(id)?.host ?? hostOf(design, id);
  const handler = handlerOf(node);
  const isRoot = design.root === id;
  return [
    ...(handler === undefined ? [] : [{ kind: 'item', id: 'handler', label: `Edit ${wordHandler(node)}`, icon: FileCode, keys: 'Enter', run: () => openEditor(handler) } as const]),
    { kind: 'item', id: 'rename', label: 'Rename', icon: Pencil, keys: 'F2', run: () => askRename(id) },
    { kind: 'rule', id: 'after-name' },
    { kind: 'item', id: 'crash', label: 'Crash', icon: Zap, run: () => crashNode(id), ...live },
    { kind: 'item', id: 'kill-host', label: 'Kill host', icon: Server, run: () => killHost(host), ...(host === CONTROL_HOST ? { refusal: 'supervisors live on the control host' } : live) },
    ...(node.provides.length === 0 ? [] : [{ kind: 'item', id: 'send', label: 'Send', icon: Send, run: () => openDialog({ kind: 'send', node: id }), ...live } as const]),
    ...(canMock(id) ? [{ kind: 'item', id: 'mock', label: 'Mock', icon: VenetianMask, run: () => openDialog({ kind: 'mock', node: id }) } as const] : []),
    { kind: 'rule', id: 'after-run' },
    { kind: 'item', id: 'cut', label: 'Cut', icon: Scissors, keys: 'Mod+X', run: () => void cutSelected(), ...(isRoot ? { refusal: 'the root stays' } : {}) },
    { kind: 'item', id: 'copy', label: 'Copy', icon: Copy, keys: 'Mod+C', run: () => void copySelected() },
    { kind: 'item', id: 'paste', label: 'Paste', icon: ClipboardPaste, keys: 'Mod+V', run: () => void paste() },
    { kind: 'item', id: 'duplicate', label: 'Duplicate', icon: CopyPlus, keys: 'Mod+D', run: duplicateSelected, ...(isRoot ? { refusal: 'a design has one root' } : {}) },
    { kind: 'rule', id: 'before-delete' },
    { kind: 'item', id: 'delete', label: 'Delete', icon: Trash2, keys: 'Delete', run: deleteSelected, ...(isRoot ? { refusal: 'the root stays' } : {}) },
  ];
}
