import { fileBehind } from '../../shared/design/edits/own-file';
import { designNow } from '../stores/document';
import { openEditor, toggleFolded } from '../stores/viewport';

/** The handler or the prompt in the editor; answers whether the node has one. */
export function openHandler(id: string): boolean {
  const file = fileBehind(designNow().nodes.get(id)?.raw)?.path;
  if (file !== undefined) openEditor(file);
  return file !== undefined;
}

/** What a double click or Enter does: open what is inside. */
export function openNode(id: string): void {
  const node = designNow().nodes.get(id);
  if (node?.kind === 'supervisor') {
    if (node.children.length > 0) toggleFolded(id);
  } else openHandler(id);
}
