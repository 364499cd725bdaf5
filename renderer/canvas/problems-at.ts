/** Which problems of the check belong to which node, looked up once a report. Kept beside the report, so that asking is free. */
import type { CheckReport } from '../../shared/api/project';
import type { Diagnostic } from '../../shared/errors/diagnostic';

type Lookup = { readonly nodes: ReadonlyMap<string, readonly Diagnostic[]>; readonly wires: ReadonlyMap<string, readonly Diagnostic[]> };
const lookups = new WeakMap<CheckReport, Lookup>();

function lookUp(report: CheckReport): Lookup {
  const known = lookups.get(report);
  if (known) return known;
  const nodes = new Map<string, Diagnostic[]>();
  const wires = new Map<string, Diagnostic[]>();
  const add = (map: Map<string, Diagnostic[]>, key: string, problem: Diagnostic): void => {
    const list = map.get(key);
    if (list) list.push(problem);
    else map.set(key, [problem]);
  };
  for (const problem of report.diagnostics) {
    const { node, field } = problem.at;
    if (problem.severity === 'info') continue;
    const port = field === undefined ? undefined : /^requires\.([^.]+)/.exec(field)?.[1];
    if (node !== undefined && port !== undefined) add(wires, `${node}.${port}`, problem);
    if (node !== undefined) add(nodes, node, problem);
    const index = node === undefined && field !== undefined ? /^wires[.[](\d+)/.exec(field)?.[1] : undefined;
    if (index !== undefined) add(wires, index, problem);
  }
  const made: Lookup = { nodes, wires };
  lookups.set(report, made);
  return made;
}

export const problemsAtNode = (report: CheckReport | undefined, id: string): readonly Diagnostic[] | undefined => report && lookUp(report).nodes.get(id);
/** Problems of a wire, by its place in `design.json` or by the port it leaves. */
export function problemsAtWire(report: CheckReport | undefined, index: number, port: string): readonly Diagnostic[] | undefined {
  if (!report) return undefined;
  const { wires } = lookUp(report);
  return wires.get(String(index)) ?? wires.get(port);
}
