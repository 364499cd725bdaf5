/**
 * What the end of one node does to a supervision tree: who stops and who starts, in which order, and how many starts of it a storm of
 * crashes brings before the root gives up. Pure, and over a minimal tree, so that a drawing that does not compile yet has an answer too.
 *
 * Sources: OTP supervisor, "restart strategies", "maximum restart intensity"; the orders are those of the oracle's traces.
 */
import type { Restart, Strategy } from '../program/program';

export type ReachSupervisor = {
  readonly kind: 'supervisor';
  readonly strategy: Strategy;
  readonly maxRestarts: number;
  readonly maxSeconds: number;
  /** Start order. */
  readonly children: readonly string[];
  readonly restart: Restart;
};
export type ReachProcess = { readonly kind: 'process'; readonly restart: Restart };
export type ReachNode = ReachSupervisor | ReachProcess;
export type ReachTree = { readonly root: string; readonly nodes: { readonly [id: string]: ReachNode } };

export type Reach = {
  readonly node: string;
  /** Who acts on it; absent for the root, and for a node that is not in the tree. */
  readonly supervisor?: string;
  /** Who is stopped for it, in order; the node itself, and what was below it, has ended already. What is below a supervisor comes before it. */
  readonly stops: readonly string[];
  /** Who is started, in order, the node among them where it is. A supervisor comes before what is below it. */
  readonly starts: readonly string[];
  /** For people, one sentence a step. */
  readonly sentences: readonly string[];
};

/** How it ends: `crash` is any exit that is not orderly, `normal` an orderly one (`normal`, `shutdown`, `{shutdown,x}`). */
export type EndKind = 'crash' | 'normal';

export function restartReach(tree: ReachTree, node: string, end: EndKind = 'crash'): Reach {
  const supervisor = parentOf(tree, node);
  if (supervisor === undefined) return withoutSupervisor(tree, node);
  const { restart } = tree.nodes[node]!;
  if (!isRestarted(restart, end)) return { node, supervisor, stops: [], starts: [], sentences: [notRestarted(node, restart, end)] };
  const parent = getSupervisor(tree, supervisor);
  const scope = scopeOf(parent, node).filter((child) => findNode(tree, child));
  const back = scope.filter((child) => child === node || tree.nodes[child]?.restart !== 'temporary');
  const stops = stopOrder(tree, supervisor, scope.filter((child) => child !== node));
  const starts = startOrder(tree, supervisor, back);
  return { node, supervisor, stops, starts, sentences: sayReach(tree, { supervisor, parent, node, scope, back }) };
}

function withoutSupervisor(tree: ReachTree, node: string): Reach {
  const sentence = node === tree.root ? `${node} is the root: when it exits, the run ends.` : `${node} is under no supervisor: nobody starts it again.`;
  return { node, stops: [], starts: [], sentences: [sentence] };
}

/** `permanent` always, `transient` after a crash, `temporary` never (OTP supervisor, "restart"). */
function isRestarted(restart: Restart, end: EndKind): boolean {
  return restart === 'permanent' || (restart === 'transient' && end === 'crash');
}

function notRestarted(node: string, restart: Restart, end: EndKind): string {
  return restart === 'temporary' ? `${node} is temporary: it is not started again, and no other child is touched.` : `${node} is transient: after ${end === 'normal' ? 'an orderly exit' : 'a crash'} it is not started again, and no other child is touched.`;
}

/** Children that a restart covers, in start order (as `main/supervision/restart-scope.ts` has it for a run). */
function scopeOf({ strategy, children }: ReachSupervisor, node: string): readonly string[] {
  if (strategy === 'one_for_all') return children;
  return strategy === 'rest_for_one' ? children.slice(children.indexOf(node)) : [node];
}

const findNode = (tree: ReachTree, id: string): ReachNode | undefined => (Object.hasOwn(tree.nodes, id) ? tree.nodes[id] : undefined);

function getSupervisor(tree: ReachTree, id: string): ReachSupervisor {
  const node = findNode(tree, id);
  if (node?.kind !== 'supervisor') throw new Error(`${id} is no supervisor`);
  return node;
}

/** The first supervisor that names it: a drawing may still name a node twice. */
function parentOf(tree: ReachTree, id: string): string | undefined {
  if (!findNode(tree, id)) return undefined;
  let parents = parentsOf.get(tree);
  if (!parents) {
    parents = listParents(tree);
    parentsOf.set(tree, parents);
  }
  return parents.get(id);
}

/** Asked at every move over a drawing: looked up once a tree. */
const parentsOf = new WeakMap<ReachTree, ReadonlyMap<string, string>>();

function listParents({ nodes }: ReachTree): ReadonlyMap<string, string> {
  const parents = new Map<string, string>();
  for (const [parent, node] of Object.entries(nodes)) {
    for (const child of node.kind === 'supervisor' ? node.children : []) if (child !== parent && !parents.has(child)) parents.set(child, parent);
  }
  return parents;
}

/** Who starts `node` again after such an end; absent where nobody does. Costs nothing beside `restartReach`: no order is made. */
export function restarterOf(tree: ReachTree, node: string, end: EndKind): string | undefined {
  const supervisor = parentOf(tree, node);
  return supervisor !== undefined && isRestarted(tree.nodes[node]!.restart, end) ? supervisor : undefined;
}

/** Backwards, each child with all below it before the next; a supervisor after its children: a walk from the top, read from its end. */
const stopOrder = (tree: ReachTree, supervisor: string, ids: readonly string[]): readonly string[] => walk(supervisor, ids, (id) => childrenOf(tree, id)).toReversed();

/** Forwards; a supervisor before its children. A dynamic one starts without any. */
function startOrder(tree: ReachTree, supervisor: string, ids: readonly string[]): readonly string[] {
  return walk(supervisor, ids, (id) => {
    const node = findNode(tree, id);
    return node?.kind === 'supervisor' && node.strategy === 'simple_one_for_one' ? [] : childrenOf(tree, id);
  });
}

/** Each with what is below it, in order, once. A list, not a call each: a stranger's tree may be thousands deep, or a circle. */
function walk(supervisor: string, ids: readonly string[], below: (id: string) => readonly string[]): readonly string[] {
  const order = new Set<string>();
  const ahead = ids.toReversed();
  for (let id = ahead.pop(); id !== undefined; id = ahead.pop()) {
    if (id === supervisor || order.has(id)) continue;
    order.add(id);
    const children = below(id);
    for (let index = children.length - 1; index >= 0; index -= 1) ahead.push(children[index]!);
  }
  return [...order];
}

/** Without names of nobody. */
function childrenOf(tree: ReachTree, id: string): readonly string[] {
  const node = findNode(tree, id);
  return node?.kind === 'supervisor' ? node.children.filter((child) => findNode(tree, child) && child !== id) : [];
}

type Told = { readonly supervisor: string; readonly parent: ReachSupervisor; readonly node: string; readonly scope: readonly string[]; readonly back: readonly string[] };

function sayReach(tree: ReachTree, told: Told): readonly string[] {
  const { supervisor, parent, node, scope, back } = told;
  const isBack = new Set(back);
  const lost = scope.filter((child) => !isBack.has(child));
  const below = back.filter((child) => childrenOf(tree, child).length > 0);
  return [
    sayStrategy(told),
    ...(below.length > 0 ? [`What is below ${listed(below)} stops and starts with it.`] : []),
    ...(lost.length > 0 ? [`${listed(lost)} ${lost.length > 1 ? 'are' : 'is'} temporary: stopped, and not started again.`] : []),
    sayCount(parent, supervisor, node),
  ];
}

function sayCount({ maxRestarts, maxSeconds }: ReachSupervisor, supervisor: string, node: string): string {
  if (maxRestarts === 0) return `${supervisor} allows no restart: it gives up at the first exit of ${node}.`;
  return maxRestarts === 1 ? `That is the one restart that ${supervisor} allows within ${maxSeconds} s.` : `That is one of the ${maxRestarts} restarts that ${supervisor} allows within ${maxSeconds} s.`;
}

/** As look.md has it: `desk is rest_for_one: children after route stop, last first, then start in order.` */
function sayStrategy({ supervisor, parent, node, scope }: Told): string {
  const { strategy } = parent;
  if (strategy === 'simple_one_for_one') return `${supervisor} is simple_one_for_one: the instance of ${node} that exits starts again, no other.`;
  if (strategy === 'one_for_one') return `${supervisor} is one_for_one: ${node} starts again, and no other child is touched.`;
  if (strategy === 'one_for_all') return scope.length === 1 ? `${supervisor} is one_for_all: ${node} is its only child, and starts again.` : `${supervisor} is one_for_all: all other children stop, last first, then all start in order.`;
  return scope.length === 1 ? `${supervisor} is rest_for_one: ${node} is its last child, and starts again alone.` : `${supervisor} is rest_for_one: children after ${node} stop, last first, then ${node} and they start in order.`;
}

/** More names than this are told by their number. */
const MOST_NAMED = 8;

function listed(ids: readonly string[]): string {
  if (ids.length > MOST_NAMED) return `${ids.slice(0, MOST_NAMED - 1).join(', ')} and ${ids.length - MOST_NAMED + 1} others`;
  return ids.length < 2 ? ids.join('') : `${ids.slice(0, -1).join(', ')} and ${ids.at(-1)!}`;
}
