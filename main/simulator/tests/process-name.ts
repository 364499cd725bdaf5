/** What the process of a node is called in a system under test, and which copies have to be started for it to be there. */
import type { NodeId } from '../../../shared/ids';
import type { Program } from '../../../shared/program/program';
import { CHILD_NAMES } from '../../supervision/child-names';

/** Id of the copy of a template that is tested. */
export const TESTED_COPY = 'test-1';

export type ProcessName = {
  readonly name: string;
  /** Dynamic supervisors above it by their own names, the highest first: each is asked for a copy. */
  readonly copiesOf: readonly { readonly node: NodeId; readonly name: string }[];
};

export function processNameOf(program: Program, node: NodeId): ProcessName {
  const parent = program.nodes[node]?.parent;
  const above = parent === undefined ? undefined : program.nodes[parent];
  if (above?.kind !== 'supervisor') return { name: node, copiesOf: [] };
  const { name, copiesOf } = processNameOf(program, above.id);
  if (isDynamicOne(program, above.id)) return { name: CHILD_NAMES.instance({ name, node: above.id, isInstance: false }, TESTED_COPY), copiesOf: [...copiesOf, { node: above.id, name }] };
  return { name: CHILD_NAMES.child({ name, node: above.id, isInstance: isDynamicOne(program, above.parent) }, node), copiesOf };
}

function isDynamicOne(program: Program, node: NodeId | undefined): boolean {
  const found = node === undefined ? undefined : program.nodes[node];
  return found?.kind === 'supervisor' && found.strategy === 'simple_one_for_one';
}
