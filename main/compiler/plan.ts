/** Where everything lives, and the program with its hash: the last pass. */
import { DESIGN_FILE } from '../../shared/design/project-files';
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { ModelBehaviour } from '../../shared/design/nodes/model-behaviour';
import type { DesignNode } from '../../shared/design/nodes/node';
import { isDynamic, providedBy } from '../../shared/design/nodes/provided';
import { ROUTER_SETTINGS, STRATEGY_SETTINGS, type RouterNode } from '../../shared/design/nodes/router';
import { CONTROL_HOST, MAIN_HOST } from '../../shared/ids';
import { canonicalJson } from '../../shared/json/canonical';
import type { Program, ProgramFile, ProgramModelBehaviour, ProgramNode, ProgramProtocol, ProgramWire } from '../../shared/program/program';
import type { CheckMemory, PlannedNode } from './check-memory';
import type { CheckedModelAgents, ModelAgentPlan } from './check-model-agents';
import type { HandlerModule } from './handler-module';
import type { Problems } from './problems';
import { findInProject } from './project-path';
import type { ReadDesign } from './read-design';
import type { ReadProtocol } from './read-protocols';

/** Sandbox instances that an engine holds, and agents that one of them holds (design section 6). */
const MOST_INSTANCES = 64;

export type Checked = { readonly design: ReadDesign; readonly parents: ReadonlyMap<string, string>; readonly protocols: ReadonlyMap<string, ReadProtocol>; readonly wires: readonly ProgramWire[]; readonly modules: ReadonlyMap<string, HandlerModule>; readonly models: CheckedModelAgents };

export async function planProgram(project: { readonly dir: string; readonly memory: CheckMemory }, checked: Checked, problems: Problems): Promise<Program> {
  const { design, protocols, wires, modules, models } = checked;
  const order = treeOrder(design);
  const hosts = placeNodes(design, order, checked.parents);
  const instances = shareInstances(design, order, hosts, checked.parents, problems);
  const planned = new Map(order.map((id) => [id, planNode(id, { checked, hosts, instances }, project.memory)]));
  const isolated = order.filter((id) => design.nodes.get(id)!.isolated);
  const spoken = order.flatMap((id) => protocolsOf(design.nodes.get(id)!));
  const used = new Set([...spoken, ...spoken.flatMap((name) => protocols.get(name)?.extends ?? [])]);
  const program: Omit<Program, 'hash'> = {
    format: 'prismatic-program/1',
    name: design.name,
    root: design.root,
    nodes: Object.fromEntries([...planned].map(([id, { node }]) => [id, node])),
    protocols: Object.fromEntries([...protocols].filter(([name]) => used.has(name)).map(([name, protocol]) => [name, withoutWords(protocol)])),
    wires,
    modules: Object.fromEntries([...modules].map(([file, { code }]) => [file, { file, code }])),
    ...(models.prompts.size === 0 ? {} : { prompts: Object.fromEntries(models.prompts) }),
    hosts: [CONTROL_HOST, MAIN_HOST, ...isolated].map((id) => ({ id, instances: [...new Set(order.filter((node) => hosts.get(node) === id).flatMap((node) => instances.get(node) ?? []))] })),
    files: await hashFiles(project.dir, design, problems),
  };
  return freezeDeep({ ...program, hash: hashProgram(program, planned) });
}

const protocolsOf = (node: DesignNode): readonly string[] => (node.kind === 'supervisor' ? providedBy(node) : [...node.provides, ...Object.values(node.requires)]);

/** Words are no part of what runs: a design with better ones is the same program, unless a model is told them. */
const withoutWords = ({ operations, ...rest }: ReadProtocol): ProgramProtocol => ({ ...rest, operations: Object.fromEntries(Object.entries(operations).map(([name, { doc: _, ...operation }]) => [name, operation])) });

/** Of `canonicalJson` of it, with the texts of the nodes that are there: piece by piece, since joining them takes longer than the hash. */
function hashProgram(program: Omit<Program, 'hash'>, planned: ReadonlyMap<string, PlannedNode>): string {
  const hash = createHash('sha256');
  let before = '{';
  for (const key of (Object.keys(program) as (keyof typeof program)[]).toSorted()) {
    hash.update(`${before}"${key}":`);
    if (key === 'nodes') hashNodes(hash, planned);
    else hash.update(canonicalJson(program[key]));
    before = ',';
  }
  return `sha256:${hash.update('}').digest('hex')}`;
}

function hashNodes(hash: Hash, planned: ReadonlyMap<string, PlannedNode>): void {
  let before = '{';
  for (const id of [...planned.keys()].toSorted()) {
    hash.update(`${before}${JSON.stringify(id)}:`).update(planned.get(id)!.canonical);
    before = ',';
  }
  hash.update('}');
}

function treeOrder(design: ReadDesign): readonly string[] {
  const order: string[] = [];
  // A list, not a call each: the tree may be thousands deep.
  const ahead = [design.root];
  for (let id = ahead.pop(); id !== undefined; id = ahead.pop()) {
    const node = design.nodes.get(id);
    if (!node) continue;
    order.push(id);
    if (node.kind === 'supervisor') ahead.push(...node.children.toReversed());
  }
  return order;
}

/** A node with a host of its own takes along what is below it, until the next such node. */
function placeNodes(design: ReadDesign, order: readonly string[], parents: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const owners = new Map<string, string | undefined>();
  const hosts = new Map<string, string>();
  for (const id of order) {
    const node = design.nodes.get(id)!;
    const parent = parents.get(id);
    const owner = node.isolated ? id : parent === undefined ? undefined : owners.get(parent);
    owners.set(id, owner);
    hosts.set(id, owner ?? (node.kind === 'supervisor' ? CONTROL_HOST : MAIN_HOST));
  }
  return hosts;
}

function shareInstances(design: ReadDesign, order: readonly string[], hosts: ReadonlyMap<string, string>, parents: ReadonlyMap<string, string>, problems: Problems): ReadonlyMap<string, string> {
  const agents = order.filter((id) => {
    const node = design.nodes.get(id)!;
    return node.kind === 'agent' && node.behaviour.type === 'code';
  });
  if (agents.length <= MOST_INSTANCES) return new Map(agents.map((id) => [id, `sandbox-${id}`]));
  problems.add({ code: 'PLC002', at: { file: DESIGN_FILE }, got: agents.length, message: `${agents.length} agents run handlers, and an engine holds ${MOST_INSTANCES} sandboxes: siblings share one, and one that exhausts it takes the others along`, fix: 'Give those that must not share a host of their own, or have fewer.' });
  const groups = new Map<string, string[]>();
  for (const id of agents) {
    const key = `${hosts.get(id)!} ${parents.get(id) ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), id]);
  }
  const perInstance = Math.max(...[...groups.values()].map((members) => Math.ceil(members.length / Math.max(1, Math.floor((MOST_INSTANCES * members.length) / agents.length)))));
  return new Map([...groups.values()].flatMap((members) => members.map((id, index) => [id, `sandbox-${members[Math.floor(index / perInstance) * perInstance]!}`] as const)));
}

type Placed = { readonly checked: Checked; readonly hosts: ReadonlyMap<string, string>; readonly instances: ReadonlyMap<string, string> };

function planNode(id: string, { checked, hosts, instances }: Placed, memory: CheckMemory): PlannedNode {
  const design = checked.design.nodes.get(id)!;
  const place: Place = { id, host: hosts.get(id)!, parent: checked.parents.get(id), instance: instances.get(id), ...exportsOf(design, checked) };
  const model = checked.models.agents.get(id);
  const key = `${Object.values(place).join(' ')}${model === undefined ? '' : JSON.stringify(model)}`;
  const known = memory.planned.get(key, design);
  if (known) return known;
  const node = freezeDeep(toProgramNode(design, place, model));
  const planned = { node, canonical: canonicalJson(node) };
  memory.planned.keep(key, design, planned);
  return planned;
}

type Place = { readonly id: string; readonly host: string; readonly parent: string | undefined; readonly instance: string | undefined; readonly hasInit: boolean; readonly hasTerminate: boolean; readonly lacks: readonly string[] };

function exportsOf(node: DesignNode, { modules, protocols }: Checked): Pick<Place, 'hasInit' | 'hasTerminate' | 'lacks'> {
  const exports = node.kind === 'agent' && node.behaviour.type === 'code' ? modules.get(node.behaviour.file)!.exports : undefined;
  const lacks = exports === undefined || node.kind === 'supervisor' ? [] : node.provides.flatMap((name) => optionalOf(protocols.get(name)).flatMap((operation) => (exports.get(name)?.has(operation) === false ? [`${name}.${operation}`] : [])));
  return { hasInit: exports?.has('init') ?? false, hasTerminate: exports?.has('terminate') ?? false, lacks };
}

const optionalOf = (protocol: ProgramProtocol | undefined): readonly string[] => Object.entries(protocol?.operations ?? {}).flatMap(([operation, { optional }]) => (optional ? [operation] : []));

function toProgramNode(node: DesignNode, { id, host, parent, instance, hasInit, hasTerminate, lacks }: Place, model: ModelAgentPlan | undefined): ProgramNode {
  const place = { id, host, ...(parent === undefined ? {} : { parent }) };
  const { title: _, isolated: __, ...rest } = node;
  if (rest.kind === 'router') return { ...withoutUnused(rest), ...place } as ProgramNode;
  if (rest.kind === 'supervisor') return { ...rest, ...place, ...(isDynamic(node) ? { provides: providedBy(node) } : {}) };
  if (rest.kind === 'agent' && rest.behaviour.type === 'model') return { ...rest, ...place, behaviour: toModelBehaviour(rest.behaviour, model!) };
  if (rest.kind !== 'agent' || rest.behaviour.type !== 'code') return { ...rest, ...place } as ProgramNode;
  const { file, args } = rest.behaviour;
  const behaviour = { type: 'code', file, module: file, instance: instance!, hasInit, hasTerminate, ...(lacks.length > 0 ? { lacks } : {}), ...(args === undefined ? {} : { args }) } as const;
  return { ...rest, ...place, behaviour };
}

/** What its strategy does not look at is no part of what runs. */
function withoutUnused(router: Omit<RouterNode, 'title' | 'isolated'>): Partial<RouterNode> {
  const unused: ReadonlySet<string> = new Set(ROUTER_SETTINGS.filter((setting) => !STRATEGY_SETTINGS[router.strategy].includes(setting)));
  return Object.fromEntries(Object.entries(router).filter(([field]) => !unused.has(field)));
}

/** `from protocol` is what is done without a schema. */
function toModelBehaviour({ output: _, ...behaviour }: ModelBehaviour, plan: ModelAgentPlan): ProgramModelBehaviour {
  return { ...(behaviour as Omit<ProgramModelBehaviour, 'tools' | 'output'>), ...plan };
}

async function hashFiles(projectDir: string, design: ReadDesign, problems: Problems): Promise<readonly ProgramFile[]> {
  const files: ProgramFile[] = [];
  for (const [id, node] of design.nodes) {
    if (node.kind !== 'source' || node.behaviour.type !== 'file') continue;
    const { path } = node.behaviour;
    const at = { file: DESIGN_FILE, node: id, field: 'behaviour.path' };
    if (files.some((one) => one.path === path)) continue;
    const found = findInProject(projectDir, path);
    if (found.ok) files.push({ path, ...(await hashFile(found.path)) });
    else if (found.why === 'outside') problems.add({ code: 'DES012', at, got: path, message: `${path} is not inside the project`, fix: 'Put the file into the project, under data/.' });
    else problems.add({ code: 'DES014', at, got: path, message: `${path} is ${found.why === 'missing' ? 'missing' : 'no regular file'}`, fix: 'Put the file there, or name another.' });
  }
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

async function hashFile(path: string): Promise<{ readonly sha256: string; readonly bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(piece);
    bytes += piece.length;
  }
  return { sha256: `sha256:${hash.digest('hex')}`, bytes };
}

function freezeDeep<T>(value: T): T {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) freezeDeep(inner);
  }
  return value;
}
