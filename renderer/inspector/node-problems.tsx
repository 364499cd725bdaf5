import type { NodeView } from '../../shared/design/design-view';
import { useProblemsOfNode } from '../stores/problems';
import { FieldProblem } from './field-row';

/** What is wrong with the node as a whole, without a field of its own. */
export function NodeProblems({ node }: { readonly node: NodeView }) {
  const problems = useProblemsOfNode(node.id).filter(({ at }) => at.node === node.id && (at.field === undefined || at.field === 'kind' || at.field === 'behaviour'));
  return problems.map((problem) => <FieldProblem key={`${problem.code} ${problem.message}`} problem={problem} />);
}
