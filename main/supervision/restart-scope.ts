import { assertNever } from '../../shared/assert';
import type { Strategy } from '../../shared/program/program';

/**
 * Which children a restart covers, in start order. `offenders` are the ids that ended, at least one; more than one only when a
 * lost host took several along, which counts as one restart.
 */
export function restartScope(strategy: Strategy, children: readonly string[], offenders: readonly string[]): readonly string[] {
  const gone = new Set(offenders);
  switch (strategy) {
    case 'one_for_one':
    case 'simple_one_for_one':
      return children.filter((id) => gone.has(id));
    case 'rest_for_one':
      return children.slice(children.findIndex((id) => gone.has(id)));
    case 'one_for_all':
      return children;
    default:
      return assertNever(strategy);
  }
}
