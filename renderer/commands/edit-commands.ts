import { ClipboardPaste, Copy, CopyPlus, LayoutGrid, Pencil, Plus, Redo2, Scissors, Trash2, Undo2 } from 'lucide-react';
import { viewDesign, type WireView } from '../../shared/design/design-view';
import { designOf } from '../../shared/design/document';
import { copyNodes, duplicateNodes, parseClip, pasteNodes } from '../../shared/design/edits/clip-edits';
import { addGuard, removeGuard } from '../../shared/design/edits/guard-edits';
import type { Edit } from '../../shared/design/edits/edit';
import { forgetPlaces } from '../../shared/design/edits/layout-edits';
import { addNode, deleteNodes, parentFor, renameNode } from '../../shared/design/edits/node-edits';
import { PALETTE_KINDS, type PaletteKind } from '../../shared/design/edits/new-node';
import { addProtocol } from '../../shared/design/edits/protocol-edits';
import { deleteWires } from '../../shared/design/edits/wire-edits';
import { findWireOf } from '../../shared/design/fallback-wires';
import { GUARD_KINDS, type GuardKind } from '../../shared/design/guard-kinds';
import { readClipboard, writeClipboard } from '../api/clipboard';
import { openDialog } from '../stores/dialogs';
import { designNow, documentNow, edit, redo, undo, useDocument } from '../stores/document';
import { notify } from '../stores/notices';
import { select, useSelection } from '../stores/selection';
import { useViewport } from '../stores/viewport';
import { GUARD_WORDS } from '../words/guard-words';
import type { Command } from './command';

/** Puts a guard on the one wire that is selected, where a call should meet it. */
export function addGuardToSelection(kind: GuardKind): void {
  const wire = selectedWire();
  if (!wire) return notify({ kind: 'refused', text: 'Select a wire first: a guard stands on one.' });
  edit(addGuard(documentNow(), wire.index, kind));
}

/** The one wire that is selected; of a fallback's wire the one that it stands in for. */
function selectedWire(): WireView | undefined {
  const { wires: [key], wires } = useSelection.getState();
  return wires.length === 1 ? findWireOf(designNow(), key!)?.wire : undefined;
}

/** Wires go, and of the wire of a fallback its guard. */
function deleteSelectedWires(keys: readonly string[]): Edit | undefined {
  const found = keys.flatMap((key) => findWireOf(designNow(), key) ?? []);
  const [first] = found;
  if (found.length === 1 && first?.guard !== undefined) return removeGuard(documentNow(), first.wire.index, first.guard);
  return deleteWires(documentNow(), found.filter(({ guard }) => guard === undefined).map(({ wire }) => wire.index));
}

/** Adds a node under what is selected, and selects it. */
export function addToSelection(kind: PaletteKind): void {
  const parent = parentFor(designNow(), useSelection.getState().nodes[0]);
  const added = addNode(documentNow(), { kind, ...(parent === undefined ? {} : { parent }) });
  if (edit(added.edit)) select([added.id]);
}

export function deleteSelected(): void {
  const { nodes, wires } = useSelection.getState();
  const design = designNow();
  const removed = nodes.length > 0 ? deleteNodes(documentNow(), nodes) : deleteSelectedWires(wires);
  if (nodes.includes(design.root)) notify({ kind: 'refused', text: 'The root stays: a design has one supervisor at the top.' });
  const parent = nodes[0] === undefined ? undefined : design.nodes.get(nodes[0])?.parent;
  if (edit(removed)) select(parent === undefined ? [] : [parent]);
}

/** Whether they are in the clipboard. */
export async function copySelected(): Promise<boolean> {
  const { nodes } = useSelection.getState();
  if (nodes.length === 0) return false;
  const copied = await writeClipboard(JSON.stringify(copyNodes(documentNow(), nodes)));
  if (!copied.ok) notify({ kind: 'error', text: copied.error.message, detail: copied.error.fix });
  return copied.ok;
}

export async function cutSelected(): Promise<void> {
  if (await copySelected()) deleteSelected();
}

export async function paste(): Promise<void> {
  const read = await readClipboard();
  if (!read.ok) return notify({ kind: 'error', text: read.error.message, detail: read.error.fix });
  const clip = parseClip(read.value ?? '');
  if (!clip) return notify({ kind: 'refused', text: 'The clipboard holds no nodes.' });
  const parent = parentFor(designNow(), useSelection.getState().nodes[0]);
  const pasted = parent === undefined ? undefined : pasteNodes(documentNow(), clip, parent);
  if (pasted && edit(pasted.edit)) select(pasted.ids);
}

export function duplicateSelected(): void {
  const made = duplicateNodes(documentNow(), useSelection.getState().nodes);
  if (made && edit(made.edit)) select(made.ids);
}

export function askRename(id: string): void {
  openDialog({
    kind: 'name', title: `Rename ${id}`, label: 'Id', value: id,
    submit: (name) => {
      const made = renameNode(documentNow(), id, name);
      if (typeof made === 'string') return made;
      if (edit(made)) select([name]);
      return undefined;
    },
  });
}

export function askNewProtocol(done?: (name: string) => void): void {
  openDialog({
    kind: 'name', title: 'New protocol', label: 'Name', value: '',
    submit: (name) => {
      const made = addProtocol(documentNow(), name);
      if (typeof made === 'string') return made;
      if (edit(made)) done?.(name);
      return undefined;
    },
  });
}

/** All edits that fit the design and the selection. */
export function listEditCommands(): readonly Command[] {
  const open = useDocument.getState().open;
  if (!open) return [];
  const { nodes, wires } = useSelection.getState();
  const [one] = nodes;
  const parent = parentFor(viewDesign(designOf(open.document), open.design), one);
  const needsSelection = nodes.length === 0 ? { refusal: 'nothing is selected' } : {};
  const { undo: taken, redo: brought } = open.history;
  return [
    { id: 'edit.undo', label: taken === undefined ? 'Undo' : `Undo: ${taken}`, icon: Undo2, keys: 'Mod+Z', run: undo, ...(taken === undefined ? { refusal: 'nothing to undo' } : {}) },
    { id: 'edit.redo', label: brought === undefined ? 'Redo' : `Redo: ${brought}`, icon: Redo2, keys: 'Mod+Shift+Z', run: redo, ...(brought === undefined ? { refusal: 'nothing to redo' } : {}) },
    { id: 'edit.cut', label: 'Cut', icon: Scissors, keys: 'Mod+X', run: () => void cutSelected(), ...needsSelection },
    { id: 'edit.copy', label: 'Copy', icon: Copy, keys: 'Mod+C', run: () => void copySelected(), ...needsSelection },
    { id: 'edit.paste', label: 'Paste', icon: ClipboardPaste, keys: 'Mod+V', run: () => void paste() },
    { id: 'edit.duplicate', label: 'Duplicate', icon: CopyPlus, keys: 'Mod+D', run: duplicateSelected, ...needsSelection },
    { id: 'edit.delete', label: nodes.length + wires.length > 1 ? `Delete ${nodes.length + wires.length} things` : `Delete ${one ?? wires[0] ?? ''}`.trim(), icon: Trash2, keys: 'Delete', run: deleteSelected, ...(nodes.length + wires.length === 0 ? { refusal: 'nothing is selected' } : {}) },
    { id: 'edit.rename', label: one === undefined ? 'Rename' : `Rename ${one}`, icon: Pencil, keys: 'F2', run: () => askRename(one!), ...(nodes.length === 1 ? {} : { refusal: 'select one node' }) },
    { id: 'edit.layout', label: `Lay out the ${useViewport.getState().view} anew`, icon: LayoutGrid, run: () => void edit(forgetPlaces(documentNow(), useViewport.getState().view)) },
    ...(selectedWire() ? GUARD_KINDS.map((kind): Command => ({ id: `edit.guard.${kind}`, label: `Guard the wire with a ${GUARD_WORDS[kind].title.toLowerCase()}`, icon: Plus, run: () => addGuardToSelection(kind) })) : []),
    { id: 'edit.add-protocol', label: 'Add protocol', icon: Plus, run: () => askNewProtocol() },
    ...PALETTE_KINDS.map((kind): Command => ({ id: `edit.add.${kind.replace(' ', '-')}`, label: `Add ${kind}`, icon: Plus, ...(parent === undefined ? {} : { place: `under ${parent}` }), ...(kind === 'code agent' ? { keys: 'A' } : {}), run: () => addToSelection(kind) })),
  ];
}
