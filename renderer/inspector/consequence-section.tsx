import type { NodeView } from '../../shared/design/design-view';
export function ConsequenceSection(_: { readonly node: NodeView }) {
  return null;
}
