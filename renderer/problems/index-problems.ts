/** Problems by where they are, so that Outline, Inspector, wires and editor each find their own without a search. Pure. */
import type { CheckReport } from '../../shared/api/project';
import type { DesignView } from '../../shared/design/design-view';
import { DESIGN_FILE } from '../../shared/design/project-files';
import { protocolPath } from '../../shared/design/document';
import { isObject } from '../../shared/json/is-object';
import type { Severity } from '../../shared/errors/catalog-entry';
import type { Diagnostic } from '../../shared/errors/diagnostic';

export type ProblemIndex = {
  readonly all: readonly Diagnostic[];
  /** Also what is wrong in a node's handler file and with the wires that leave it. */
  readonly byNode: ReadonlyMap<string, readonly Diagnostic[]>;
  /** By the wire's key. */
  readonly byWire: ReadonlyMap<string, readonly Diagnostic[]>;
  readonly byFile: ReadonlyMap<string, readonly Diagnostic[]>;
  readonly byProtocol: ReadonlyMap<string, readonly Diagnostic[]>;
};
export const NO_PROBLEMS: ProblemIndex = { all: [], byNode: new Map(), byWire: new Map(), byFile: new Map(), byProtocol: new Map() };

/** `wires.3` and `wires.3.guards.0.ms` speak of the wire at place 3. */
export const wireIndexOf = ({ at }: Diagnostic): number | undefined => {
  const found = at.file === DESIGN_FILE && at.node === undefined ? /^wires\.(\d+)/.exec(at.field ?? '')?.[1] : undefined;
  return found === undefined ? undefined : Number(found);
};

export function indexProblems(all: readonly Diagnostic[], design: DesignView): ProblemIndex {
  const [byNode, byWire, byFile, byProtocol] = [new Map<string, Diagnostic[]>(), new Map<string, Diagnostic[]>(), new Map<string, Diagnostic[]>(), new Map<string, Diagnostic[]>()];
  const users = usersOfFiles(design);
  const wires = new Map(design.wires.map((wire) => [wire.index, wire]));
  for (const problem of all) {
    const { file, node } = problem.at;
    const place = wireIndexOf(problem);
    const wire = place === undefined ? undefined : wires.get(place);
    add(byFile, file, problem);
    if (wire) add(byWire, wire.key, problem);
    const protocol = /^protocols\/(.+)\.json$/.exec(file)?.[1];
    if (protocol !== undefined && file === protocolPath(protocol)) add(byProtocol, protocol, problem);
    for (const id of new Set([...(node === undefined ? [] : [node]), ...(wire ? [wire.from.node] : []), ...(users.get(file) ?? [])])) add(byNode, id, problem);
  }
  return { all, byNode, byWire, byFile, byProtocol };
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function usersOfFiles(design: DesignView): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>();
  for (const { id, raw } of design.nodes.values()) {
    const file = isObject(raw['behaviour']) ? raw['behaviour']['file'] : undefined;
    if (typeof file === 'string') add(users, file, id);
  }
  return users;
}

/** What is wrong with one field of a node: the field itself, and what stands inside it. */
export const problemsOfField = (problems: readonly Diagnostic[], node: string, field: string): readonly Diagnostic[] =>
  problems.filter(({ at }) => at.node === node && at.field !== undefined && (at.field === field || at.field.startsWith(`${field}.`)));

const ORDER: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** Errors first, in each the order of the check. */
export const sortBySeverity = (problems: readonly Diagnostic[]): readonly Diagnostic[] => problems.toSorted((a, b) => ORDER[a.severity] - ORDER[b.severity]);

export const worstOf = (problems: readonly Diagnostic[]): Severity | undefined => sortBySeverity(problems)[0]?.severity;

/** All that are wrong, also where they are so many that not each is told. A conflict is told as a warning too, and counts as itself. */
export function countProblems(report: Pick<CheckReport, 'counts' | 'diagnostics'> | undefined, conflicts: number): number {
  if (!report) return conflicts;
  const { error, warning, info } = report.counts;
  return error + warning + info - report.diagnostics.filter(({ code }) => code === 'MRG001').length + conflicts;
}
