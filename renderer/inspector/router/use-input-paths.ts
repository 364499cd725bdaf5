import { useMemo } from 'react';
import type { NodeView } from '../../../shared/design/design-view';
import { listOperations } from '../../../shared/design/protocol-view';
import { selectDocument, useDocument } from '../../stores/document';
import { listPaths } from './condition-form';

/** Paths into what the operations of a router take, for suggestions. */
export function useInputPaths(node: NodeView): readonly string[] {
  const document = useDocument(selectDocument);
  return useMemo(() => listPaths(node.provides.flatMap((protocol) => listOperations(document, protocol).map(({ input }) => input))), [document, node.provides]);
}
