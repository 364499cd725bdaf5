import { isObject } from '../../shared/design/document';
import { designNow } from '../stores/document';
import { openEditor, toggleFolded } from '../stores/viewport';

/** The handler's file in the editor; answers whether the node has one. */
export function openHandler(id: string): boolean {
  const behaviour = designNow().nodes.get(id)?.raw['behaviour'];
  const file = isObject(behaviour) && behaviour['type'] === 'code' && typeof behaviour['file'] === 'string' ? behaviour['file'] : undefined;
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
