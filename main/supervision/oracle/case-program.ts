/** A case as a program of the kernel: its tree and whatever its script will start, each node under its own supervisor. */
import { assert } from '../../../shared/assert';
import type { Json } from '../../../shared/json/json';
import type { Program, ProgramNode } from '../../../shared/program/program';
import type { Ask, CaseNode, CaseStep, OracleCase } from './case';

export type CaseProgram = {
  readonly program: Program;
  /** By `startChild` step of an ordinary supervisor: the node of the program that it means. */
  readonly started: ReadonlyMap<CaseStep, string>;
  /** By `startChild` step of a dynamic supervisor: the name that its instance gets. */
  readonly named: ReadonlyMap<CaseStep, string>;
  /** Ids that dynamic supervisors start, with the id of the supervisor. */
  readonly instances: ReadonlyMap<string, string>;
};
/** Arguments of an instance. `prefix` stands before the ids of the nodes below it, behind its own name. */
export type InstanceArgs = Partial<CaseNode> & { readonly prefix: string };
export type CaseHosts = { readonly supervisors: string; readonly workers: string };

/** Module of the program that holds, as JSON, what the case says of each of its nodes. */
const CASE_MODULE = 'case';
/**
 * Our nodes and processes have names of their own, while a case may specify an id anew or start a second instance under it: such a one
 * gets a number behind its id. Ids of cases are ASCII, so the two never meet.
 */
const AGAIN = '§';
const numbers = new RegExp(`${AGAIN}\\d+`, 'g');

/** The case's own word for a node, a process, or a reason that names some. */
export const caseIdOf = (name: string): string => name.replaceAll(numbers, '');

export const caseNodesOf = (program: Program): ReadonlyMap<string, CaseNode> => new Map(JSON.parse(program.modules[CASE_MODULE]!.code) as [string, CaseNode][]);

class Drawing {
  readonly nodes = new Map<string, CaseNode>();
  readonly placed = new Map<string, ProgramNode>();
  readonly instances = new Map<string, string>();
  readonly #hosts: CaseHosts;
  readonly #latest = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  constructor(hosts: CaseHosts) {
    this.#hosts = hosts;
  }

  add(node: CaseNode, parent: string | undefined): string {
    const key = this.#freeName(node.id);
    this.#latest.set(node.id, key);
    this.nodes.set(key, node);
    const children = (node.children ?? []).map((child) => this.add(child, key));
    this.placed.set(key, toProgramNode(node, key, parent, this.#hosts, children));
    return key;
  }

  addInstance(id: string, sup: string, dynamic: string): string {
    const node = this.placed.get(dynamic);
    assert(node?.kind === 'supervisor' && node.children[0] !== undefined, `${dynamic} has no template`);
    this.#latest.set(id, node.children[0]);
    this.instances.set(id, sup);
    return this.#freeName(id);
  }

  /** The node that was drawn last for this id; below an instance, the template's. */
  latest(id: string): string {
    const key = this.#latest.get(id);
    return key ?? (id.includes('/') ? this.latest(id.slice(id.lastIndexOf('/') + 1)) : id);
  }

  #freeName(id: string): string {
    const count = this.#counts.get(id) ?? 0;
    this.#counts.set(id, count + 1);
    return count === 0 ? id : `${id}${AGAIN}${count}`;
  }
}

export function caseProgram(one: OracleCase, hosts: CaseHosts): CaseProgram {
  const drawing = new Drawing(hosts);
  const root = drawing.add(one.tree, undefined);
  const started = new Map<CaseStep, string>();
  const named = new Map<CaseStep, string>();
  const visit = (step: CaseStep): void => {
    step.ops?.forEach(visit);
    if (!step.startChild) return;
    const [sup, spec] = step.startChild;
    const parent = drawing.latest(sup);
    if (drawing.nodes.get(parent)?.strategy === 'simple_one_for_one') named.set(step, drawing.addInstance(spec.id, sup, parent));
    else started.set(step, drawing.add(spec, parent));
  };
  one.script.forEach(visit);
  const ids = [...new Set([hosts.supervisors, hosts.workers])];
  const program: Program = {
    format: 'prismatic-program/1', hash: 'sha256:case', name: one.name, root,
    nodes: Object.fromEntries(drawing.placed), protocols: {}, wires: [], files: [],
    modules: { [CASE_MODULE]: { file: 'case.json', code: JSON.stringify([...drawing.nodes]) } },
    hosts: ids.map((id) => ({ id, instances: [] })),
  };
  return { program, started, named, instances: drawing.instances };
}

/** A step that is a call to a supervisor: what its result will be about, and the call itself. `nameOf`: of the id's latest process. */
export function askOf(step: CaseStep, drawn: CaseProgram, nameOf: (id: string) => string): { readonly asked: Ask; readonly body: Json } | undefined {
  if (step.startChild) {
    const [sup, { id }] = step.startChild;
    return { asked: { op: 'startChild', sup, id }, body: startOf(step, drawn, nameOf) };
  }
  for (const op of ['terminateChild', 'restartChild', 'deleteChild'] as const) {
    const target = step[op];
    if (target) return { asked: { op, sup: target[0], id: target[1] }, body: { call: op, id: nameOf(target[1]) } };
  }
  for (const op of ['whichChildren', 'countChildren'] as const) {
    const sup = step[op];
    if (sup !== undefined) return { asked: { op, sup }, body: { call: op } };
  }
  return undefined;
}

function startOf(step: CaseStep, { started, named, instances }: CaseProgram, nameOf: (id: string) => string): Json {
  const [sup, { id, init, trapExit, terminateDelay }] = step.startChild!;
  const name = named.get(step);
  if (name === undefined) return { call: 'startChild', id, node: started.get(step)! };
  return { call: 'startChild', id: name, args: JSON.parse(JSON.stringify({ init, trapExit, terminateDelay, prefix: prefixBelow(sup, instances, nameOf) } satisfies InstanceArgs)) as Json };
}

/** What stands before the ids of a supervisor's children: below instances of instances, one name for each. */
function prefixBelow(id: string, instances: CaseProgram['instances'], nameOf: (id: string) => string): string {
  const name = nameOf(id);
  const dynamic = instances.get(id);
  return dynamic === undefined ? name.slice(0, name.lastIndexOf('/') + 1) : `${name}/${prefixBelow(dynamic, instances, nameOf)}`;
}

function toProgramNode(node: CaseNode, id: string, parent: string | undefined, hosts: CaseHosts, children: readonly string[]): ProgramNode {
  const isSupervisor = node.kind === 'supervisor';
  const host = isSupervisor ? hosts.supervisors : hosts.workers;
  const spec = { id, host, restart: node.restart ?? 'permanent', shutdown: node.shutdown ?? (isSupervisor ? 'infinity' : 5000), significant: node.significant ?? false, ...(parent === undefined ? {} : { parent }) } as const;
  if (!isSupervisor) return { ...spec, kind: 'agent', provides: [], requires: {}, mailbox: 1000, behaviour: { type: 'scripted', rules: [] } };
  const { strategy = 'one_for_one', maxRestarts = 1, maxSeconds = 5, autoShutdown = 'never' } = node;
  return { ...spec, kind: 'supervisor', strategy, maxRestarts, maxSeconds, autoShutdown, children };
}
