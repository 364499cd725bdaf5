/**
 * What of a running program must be started anew for another program to take its place. Pure: two programs in, an answer out. A subtree
 * is named by its topmost node: that node's supervisor stays, stops it and starts it by the new program; all else keeps its state and
 * its mailboxes.
 */
import type { NodeId } from '../ids';
import { canonicalJson } from '../json/canonical';
import type { AgentBehaviour, Program, ProgramModule, ProgramNode, ProgramPrompt } from './program';

export type ProgramChange =
  | { readonly kind: 'none' }
  /** Topmost nodes of the subtrees, in start order, none within another. Each has a supervisor in both programs that stays. */
  | { readonly kind: 'subtrees'; readonly tops: readonly NodeId[] }
  /** `why` says what cannot be changed under a run, in words. */
  | { readonly kind: 'whole'; readonly why: string };

export function changedSubtrees(before: Program, after: Program): ProgramChange {
  if (before.hash === after.hash) return { kind: 'none' };
  const why = findWhole(before, after);
  if (why !== undefined) return { kind: 'whole', why };
  const changed = Object.keys(after.nodes).filter((id) => !isSameNode(before, after, id));
  const tops = new Set(changed.map((id) => topOf(before, after, id)));
  if (tops.has(after.root)) return { kind: 'whole', why: `${after.root} is changed itself, and nobody is above it who could start it anew` };
  const outermost = Object.keys(after.nodes).filter((id) => tops.has(id) && !ancestorsOf(after, id).some((above) => tops.has(above)));
  return { kind: 'subtrees', tops: outermost };
}

function findWhole(before: Program, after: Program): string | undefined {
  if (before.root !== after.root) return `the root is ${after.root} now`;
  const [old, now] = [before, after].map(({ hosts }) => hosts.map(({ id }) => id).join(', ')) as [string, string];
  if (old !== now) return `the hosts are ${now} now, not ${old}`;
  return findChangedSource(before, after);
}

/** What the core has read of a source belongs to the run: another source, or other bytes, are another run. */
function findChangedSource(before: Program, after: Program): string | undefined {
  const ids = new Set([before, after].flatMap(({ nodes }) => Object.values(nodes).flatMap(({ id, kind }) => (kind === 'source' ? [id] : []))));
  for (const id of ids) {
    const [old, now] = [findNode(before, id), findNode(after, id)];
    if (old?.kind !== 'source' || now?.kind !== 'source') return `the source ${id} is ${now?.kind === 'source' ? 'new' : 'gone'}`;
    if (!isEqual(old.behaviour, now.behaviour) || old.operation !== now.operation) return `the source ${id} reads something else`;
    if (now.behaviour.type !== 'file' || (now.behaviour.mode === 'lines' && now.behaviour.follow)) continue;
    const { path } = now.behaviour;
    if (hashOf(before, path) !== hashOf(after, path)) return `${path}, which ${id} reads, has other content`;
  }
  return undefined;
}

const hashOf = ({ files }: Program, path: string): string | undefined => files.find((file) => file.path === path)?.sha256;
const findNode = ({ nodes }: Program, id: NodeId): ProgramNode | undefined => (Object.hasOwn(nodes, id) ? nodes[id] : undefined);
const isEqual = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);

/** Its fields, its handler or prompt, the wires that leave it and the protocols that it speaks are the same in both. */
function isSameNode(before: Program, after: Program, id: NodeId): boolean {
  const [old, now] = [findNode(before, id), findNode(after, id)];
  return old !== undefined && now !== undefined && isEqual(factsOf(before, old), factsOf(after, now));
}

function factsOf(program: Program, node: ProgramNode): unknown {
  const { wires, protocols } = program;
  const spoken = node.kind === 'supervisor' ? [] : [...new Set([...node.provides, ...Object.values(node.requires)])].toSorted();
  return { node, file: node.kind === 'agent' ? fileOf(program, node.behaviour) : null, wires: wires.filter(({ from }) => from.node === node.id), protocols: spoken.map((name) => protocols[name] ?? null) };
}

/** The text that is the agent's own. */
function fileOf({ modules, prompts }: Program, behaviour: AgentBehaviour): ProgramModule | ProgramPrompt | null {
  if (behaviour.type === 'code') return modules[behaviour.module] ?? null;
  return behaviour.type === 'model' && behaviour.prompt !== undefined ? (prompts?.[behaviour.prompt] ?? null) : null;
}

/**
 * The node itself, where its supervisor had it as its child before; else the nearest above of which that holds: a new node stands or falls
 * with its supervisor, whose list of children is another. Below a dynamic supervisor nodes are instances of a template with names of
 * their own: there it is the dynamic supervisor.
 */
function topOf(before: Program, after: Program, id: NodeId): NodeId {
  const way = [id, ...ancestorsOf(after, id)];
  const first = Math.max(0, way.findLastIndex((node, index) => index > 0 && isDynamic(findNode(after, node))));
  return way.find((node, index) => index >= first && (index === way.length - 1 || hadChild(findNode(before, way[index + 1]!), node)))!;
}

const isDynamic = (node: ProgramNode | undefined): boolean => node?.kind === 'supervisor' && node.strategy === 'simple_one_for_one';
const hadChild = (node: ProgramNode | undefined, child: NodeId): boolean => node?.kind === 'supervisor' && node.children.includes(child);

/** Parent, its parent, and so on up to the root. */
function ancestorsOf(program: Program, id: NodeId): readonly NodeId[] {
  const parent = findNode(program, id)?.parent;
  return parent === undefined ? [] : [parent, ...ancestorsOf(program, parent)];
}
