/** What a supervisor refuses before it starts anything (OTP `supervisor`, check_childspec). The compiler refuses such designs already. */
import type { ExitReason } from '../../shared/run/exit-reason';
import type { ChildSpec, ProgramSupervisor } from '../../shared/program/program';
import type { ChildRecord } from './child-record';

/** The reason, or nothing where the specification is good. */
export function findBadSpec(child: ChildSpec, { autoShutdown }: Pick<ProgramSupervisor, 'autoShutdown'>): ExitReason | undefined {
  if (!child.significant) return undefined;
  if (autoShutdown === 'never') return '{bad_combination,[{auto_shutdown,never},{significant,true}]}';
  return child.restart === 'permanent' ? '{bad_combination,[{restart,permanent},{significant,true}]}' : undefined;
}

/** The first fault in start order. */
export function findBadStart(children: readonly ChildRecord[], supervisor: ProgramSupervisor): ExitReason | undefined {
  const ids = new Set<string>();
  for (const { id, spec } of children) {
    const bad = findBadSpec(spec, supervisor) ?? (ids.has(id) ? `{duplicate_child_name,${id}}` : undefined);
    if (bad !== undefined) return `{start_spec,${bad}}`;
    ids.add(id);
  }
  return undefined;
}
