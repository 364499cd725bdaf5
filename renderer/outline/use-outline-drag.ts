import { useState, type DragEvent } from 'react';
import { listTopsOf, viewDesign } from '../../shared/design/design-view';
import { designOf, type ProjectDocument } from '../../shared/design/document';
import { combineEdits } from '../../shared/design/edits/combine-edits';
import { addNode, moveNode } from '../../shared/design/edits/node-edits';
import { PALETTE_KINDS } from '../../shared/design/edits/new-node';
import { KIND_MIME } from '../palette/kind-mime';
import { designNow, documentNow, edit } from '../stores/document';
import { notify } from '../stores/notices';
import { select, useSelection } from '../stores/selection';
import { dropAt, zoneAt, type DropZone } from './outline-moves';
import type { OutlineRow } from './outline-rows';

/** What a dragged row carries: the ids that move, with spaces between. */
const NODES_MIME = 'application/x-prismatic-nodes';

export type DragOver = { readonly id: string; readonly zone: DropZone };
type Handlers = { readonly [name in 'onDragStart' | 'onDragOver' | 'onDragLeave' | 'onDragEnd' | 'onDrop']: (event: DragEvent) => void };

const rowAt = (target: EventTarget): HTMLElement | null => (target instanceof Element ? target.closest<HTMLElement>('[data-id]') : null);

/** Rows are dragged to another place of the tree; entries of the Palette are dropped into it. */
export function useOutlineDrag(rows: readonly OutlineRow[]): { readonly over: DragOver | undefined; readonly handlers: Handlers } {
  const [over, setOver] = useState<DragOver>();
  const [dragged, setDragged] = useState<readonly string[]>([]);

  const find = (event: DragEvent): DragOver | undefined => {
    const element = rowAt(event.target);
    const id = element?.dataset['id'];
    if (!element || id === undefined) return undefined;
    const { top, height } = element.getBoundingClientRect();
    const zone = zoneAt((event.clientY - top) / height, designNow().nodes.get(id)?.kind === 'supervisor');
    return { id, zone };
  };
  const isOpen = (id: string): boolean => rows.find((row) => row.id === id)?.isFolded === false;
  const end = (): void => {
    setOver(undefined);
    setDragged([]);
  };

  return {
    over,
    handlers: {
      onDragStart: (event) => {
        const id = rowAt(event.target)?.dataset['id'];
        if (id === undefined) return;
        const { nodes } = useSelection.getState();
        const ids = nodes.includes(id) ? nodes : [id];
        if (!nodes.includes(id)) select([id]);
        setDragged(ids);
        event.dataTransfer.setData(NODES_MIME, ids.join(' '));
        event.dataTransfer.effectAllowed = 'move';
      },
      onDragOver: (event) => {
        const isKind = event.dataTransfer.types.includes(KIND_MIME);
        if (!isKind && !event.dataTransfer.types.includes(NODES_MIME)) return;
        const found = find(event);
        const isFine = found !== undefined && typeof dropAt(designNow(), { ...found, isOpen: isOpen(found.id) }, dragged[0]) !== 'string';
        if (isFine) event.preventDefault();
        event.dataTransfer.dropEffect = isKind ? 'copy' : 'move';
        setOver((before) => (isFine ? (before?.id === found.id && before.zone === found.zone ? before : found) : undefined));
      },
      onDragLeave: (event) => {
        if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) setOver(undefined);
      },
      onDragEnd: end,
      onDrop: (event) => {
        event.preventDefault();
        const found = find(event);
        if (found) dropOn({ ...found, isOpen: isOpen(found.id) }, event.dataTransfer.getData(KIND_MIME), event.dataTransfer.getData(NODES_MIME).split(' ').filter(Boolean));
        end();
      },
    },
  };
}

function dropOn(over: DragOver & { readonly isOpen: boolean }, kindWord: string, ids: readonly string[]): void {
  const kind = PALETTE_KINDS.find((one) => one === kindWord);
  const move = dropAt(designNow(), over, ids[0]);
  if (typeof move === 'string') return notify({ kind: 'refused', text: move });
  if (kind) {
    const added = addNode(documentNow(), { kind, parent: move.parent, index: move.index });
    if (edit(added.edit)) select([added.id]);
    return;
  }
  const moved = listTopsOf(designNow(), ids);
  const moves = moved.map((id, step) => (document: ProjectDocument) => moveNode(document, id, move.parent, step === 0 ? move.index : indexAfter(document, move.parent, id, moved[step - 1]!)));
  if (edit(combineEdits(documentNow(), moved.length === 1 ? `move ${moved[0]!} under ${move.parent}` : `move ${moved.length} nodes under ${move.parent}`, moves))) select(moved);
}

/** Each goes behind the one before it, so that they keep their order. */
const indexAfter = (document: ProjectDocument, parent: string, id: string, before: string): number => (viewDesign(designOf(document)).nodes.get(parent)?.children ?? []).filter((child) => child !== id).indexOf(before) + 1;
