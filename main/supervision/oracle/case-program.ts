/** A case as a program of the kernel: its tree and whatever its script will start, each node under its own supervisor. */
import { assert } from '../../../shared/assert';
import type { Json } from '../../../shared/json/json';
import type { Program, ProgramNode } from '../../../shared/program/program';
import type { Ask, CaseNode, CaseStep, OracleCase } from './case';

export type CaseProgram = {
  readonly program: Program;
  /** By node of the program: what the case says of it. */
  readonly nodes: ReadonlyMap<string, CaseNode>;
  /** By `startChild` step: the node of the program that it means. */
  readonly started: ReadonlyMap<CaseStep, string>;
  /** What dynamic supervisors start. */
  readonly instances: ReadonlySet<string>;
};
type Hosts = { readonly supervisors: string; readonly workers: string };

/** An id may be specified anew by a later `startChild`: such a node of the program has a number behind its id. */
const ANEW = '~';
export const caseIdOf = (node: string): string => node.split(ANEW, 1)[0]!;

class Drawing {
  readonly nodes = new Map<string, CaseNode>();
  readonly instances = new Set<string>();
  readonly placed: { [id: string]: ProgramNode } = {};
  readonly #hosts: Hosts;
  readonly #latest = new Map<string, string>();

  constructor(hosts: Hosts) {
    this.#hosts = hosts;
  }

  add(node: CaseNode, parent: string | undefined): string {
    const key = this.#freeKey(node.id);
    this.#latest.set(node.id, key);
    this.nodes.set(key, node);
    const isSupervisor = node.kind === 'supervisor';
    const host = isSupervisor ? this.#hosts.supervisors : this.#hosts.workers;
    this.placed[key] = toProgramNode(node, key, parent, host, []);
    const children = (node.children ?? []).map((child) => this.add(child, key));
    if (isSupervisor) this.placed[key] = toProgramNode(node, key, parent, host, children);
    return key;
  }

  addInstance(id: string, dynamic: string): void {
    const node = this.placed[dynamic];
    assert(node?.kind === 'supervisor' && node.children[0] !== undefined, `${dynamic} has no template`);
    this.#latest.set(id, node.children[0]);
    this.instances.add(id);
  }

  /** The node that was drawn last for this id; below an instance, the template's. */
  latest(id: string): string {
    const key = this.#latest.get(id);
    return key ?? (id.includes('/') ? this.latest(id.slice(id.lastIndexOf('/') + 1)) : id);
  }

  #freeKey(id: string): string {
    let key = id;
    for (let count = 1; this.nodes.has(key); count++) key = `${id}${ANEW}${count}`;
    return key;
  }
}

export function caseProgram(one: OracleCase, hosts: Hosts): CaseProgram {
  const drawing = new Drawing(hosts);
  const root = drawing.add(one.tree, undefined);
  const started = new Map<CaseStep, string>();
  const visit = (step: CaseStep): void => {
    step.ops?.forEach(visit);
    if (!step.startChild) return;
    const [sup, spec] = step.startChild;
    const parent = drawing.latest(sup);
    if (drawing.nodes.get(parent)?.strategy === 'simple_one_for_one') drawing.addInstance(spec.id, parent);
    else started.set(step, drawing.add(spec, parent));
  };
  one.script.forEach(visit);
  const ids = [...new Set([hosts.supervisors, hosts.workers])];
  const program: Program = { format: 'prismatic-program/1', hash: 'sha256:case', name: one.name, root, nodes: drawing.placed, protocols: {}, wires: [], modules: {}, hosts: ids.map((id) => ({ id, instances: [] })), files: [] };
  return { program, nodes: drawing.nodes, started, instances: drawing.instances };
}

/** A step that is a call to a supervisor: what its result will be about, and the call itself. */
export function askOf(step: CaseStep, { started }: CaseProgram): { readonly asked: Ask; readonly body: Json } | undefined {
  if (step.startChild) {
    const [sup, { id, init, trapExit, terminateDelay }] = step.startChild;
    const node = started.get(step);
    const own = JSON.parse(JSON.stringify({ init, trapExit, terminateDelay })) as Json;
    return { asked: { op: 'startChild', sup, id }, body: { call: 'startChild', id, ...(node === undefined ? { args: own } : { node }) } };
  }
  for (const op of ['terminateChild', 'restartChild', 'deleteChild'] as const) {
    const target = step[op];
    if (target) return { asked: { op, sup: target[0], id: target[1] }, body: { call: op, id: target[1] } };
  }
  for (const op of ['whichChildren', 'countChildren'] as const) {
    const sup = step[op];
    if (sup !== undefined) return { asked: { op, sup }, body: { call: op } };
  }
  return undefined;
}

function toProgramNode(node: CaseNode, id: string, parent: string | undefined, host: string, children: readonly string[]): ProgramNode {
  const isSupervisor = node.kind === 'supervisor';
  const spec = { id, host, restart: node.restart ?? 'permanent', shutdown: node.shutdown ?? (isSupervisor ? 'infinity' : 5000), significant: node.significant ?? false, ...(parent === undefined ? {} : { parent }) } as const;
  if (!isSupervisor) return { ...spec, kind: 'agent', provides: [], requires: {}, mailbox: 1000, behaviour: { type: 'scripted', rules: [] } };
  const { strategy = 'one_for_one', maxRestarts = 1, maxSeconds = 5, autoShutdown = 'never' } = node;
  return { ...spec, kind: 'supervisor', strategy, maxRestarts, maxSeconds, autoShutdown, children };
}
