/**
 * A design as it is drawn: lenient, since a drawing is shown while it is half done. Every node is here, also of unknown kinds and
 * without a supervisor; what a broken field says is taken for absent. The compiler, not this, says what is wrong.
 */
import type { Json, JsonObject } from '../json/json';
import { SUPERVISOR_PROTOCOL } from '../protocols/supervisor';
import { isList } from './document';
import { isObject } from '../json/is-object';
import { AUTO_SHUTDOWNS, isNodeKind, RESTARTS, STRATEGIES, type NodeKind } from './nodes/words';
import type { AutoShutdown, Restart, Shutdown, Strategy } from '../program/program';
import { showLine } from './show-text';

export type PortView = { readonly port: string; readonly protocol: string };
export type NodeView = {
  readonly id: string;
  readonly kind: NodeKind | 'unknown';
  /** In words: `code agent`, `supervisor`, or the unknown kind as it stands. */
  readonly kindWord: string;
  /** `code`, `scripted`, `file`, ... where the kind has one. */
  readonly behaviour?: string;
  readonly title: string;
  readonly raw: JsonObject;
  readonly parent?: string;
  readonly children: readonly string[];
  readonly provides: readonly string[];
  readonly requires: readonly PortView[];
  readonly isIsolated: boolean;
  readonly strategy: Strategy;
  readonly maxRestarts: number;
  readonly maxSeconds: number;
  readonly autoShutdown: AutoShutdown;
  readonly restart: Restart;
  readonly shutdown: Shutdown;
  readonly isSignificant: boolean;
  readonly mailbox: number;
};
export type WireView = {
  /** Place in `design.json`, for edits. */
  readonly index: number;
  /** The same as long as the wire's ends stay: `desk.llm brain`, with a number for the second of two that are alike. */
  readonly key: string;
  readonly from: { readonly node: string; readonly port: string };
  readonly to: string;
  /** What the port requires. */
  readonly protocol?: string;
  /** Where the node provides another protocol: how that one does for it. */
  readonly adapter?: JsonObject;
  readonly guards: readonly JsonObject[];
};
export type DesignView = {
  readonly name: string;
  readonly root: string;
  readonly nodes: ReadonlyMap<string, NodeView>;
  /** Tree order from the root, then whatever hangs below no supervisor. */
  readonly order: readonly string[];
  readonly wires: readonly WireView[];
};

export const DEFAULT_MAILBOX = 1000;
const text = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);
const whole = (value: Json | undefined, standard: number): number => (typeof value === 'number' && Number.isInteger(value) ? value : standard);
const texts = (value: Json | undefined): readonly string[] => (isList(value) ? value.filter((one) => typeof one === 'string') : []);
const oneOf = <T extends string>(value: Json | undefined, known: readonly T[], standard: T): T => known.find((one) => one === value) ?? standard;

/** A design is a value: whoever asks again for the same one (each edit, each fix that is offered) gets the same view. */
const views = new WeakMap<JsonObject, DesignView>();

/** `previous` lends its nodes and wires where nothing about them has changed, so that a canvas redraws only what did. */
export function viewDesign(design: JsonObject, previous?: DesignView): DesignView {
  const view = views.get(design) ?? makeView(design, previous);
  views.set(design, view);
  return view;
}

function makeView(design: JsonObject, previous: DesignView | undefined): DesignView {
  const rawNodes = isObject(design['nodes']) ? design['nodes'] : {};
  const parents = findParents(rawNodes);
  const nodes = new Map<string, NodeView>();
  for (const [id, raw] of Object.entries(rawNodes)) {
    if (!isObject(raw)) continue;
    const known = previous?.nodes.get(id);
    const parent = parents.get(id);
    nodes.set(id, known?.raw === raw && known.parent === parent ? known : viewNode(id, raw, parent));
  }
  const root = text(design['root']) ?? '';
  return { name: text(design['name']) ?? '', root, nodes, order: orderNodes(root, nodes), wires: viewWires(design['wires'], nodes, previous) };
}

function findParents(rawNodes: JsonObject): ReadonlyMap<string, string> {
  const parents = new Map<string, string>();
  for (const [id, raw] of Object.entries(rawNodes)) {
    if (!isObject(raw) || raw['kind'] !== 'supervisor') continue;
    for (const child of texts(raw['children'])) if (!parents.has(child)) parents.set(child, id);
  }
  return parents;
}

/** What a node shows; all of it is in the Inspector. */
const LONGEST_TITLE = 120;
const LONGEST_KIND = 40;

function viewNode(id: string, raw: JsonObject, parent: string | undefined): NodeView {
  const rawKind = text(raw['kind']) ?? 'unknown';
  const kind = isNodeKind(rawKind) ? rawKind : 'unknown';
  const behaviour = isObject(raw['behaviour']) ? text(raw['behaviour']['type']) : undefined;
  const requires = isObject(raw['requires']) ? Object.entries(raw['requires']).flatMap(([port, protocol]) => (typeof protocol === 'string' ? [{ port, protocol }] : [])) : [];
  return {
    id,
    kind,
    kindWord: showLine(kind === 'agent' && behaviour !== undefined ? `${behaviour} agent` : rawKind, LONGEST_KIND),
    ...(behaviour === undefined ? {} : { behaviour }),
    title: showLine(text(raw['title']) ?? id, LONGEST_TITLE),
    raw,
    ...(parent === undefined ? {} : { parent }),
    children: kind === 'supervisor' ? texts(raw['children']) : [],
    provides: kind === 'supervisor' && raw['strategy'] === 'simple_one_for_one' ? [SUPERVISOR_PROTOCOL] : texts(raw['provides']),
    requires,
    isIsolated: raw['isolated'] === true,
    strategy: oneOf(raw['strategy'], STRATEGIES, 'one_for_one'),
    maxRestarts: whole(raw['maxRestarts'], 1),
    maxSeconds: whole(raw['maxSeconds'], 5),
    autoShutdown: oneOf(raw['autoShutdown'], AUTO_SHUTDOWNS, 'never'),
    restart: oneOf(raw['restart'], RESTARTS, 'permanent'),
    shutdown: shutdownOf(raw['shutdown'], kind),
    isSignificant: raw['significant'] === true,
    mailbox: whole(raw['mailbox'], DEFAULT_MAILBOX),
  };
}

const shutdownOf = (value: Json | undefined, kind: string): Shutdown => (value === 'brutal_kill' || value === 'infinity' ? value : whole(value, -1) >= 0 ? (value as number) : kind === 'supervisor' ? 'infinity' : 5000);

function orderNodes(root: string, nodes: ReadonlyMap<string, NodeView>): readonly string[] {
  const order = new Set<string>();
  walkDown(nodes, root, order);
  for (const [id, node] of nodes) if (node.parent === undefined || !nodes.has(node.parent)) walkDown(nodes, id, order);
  // What is left hangs in a circle of supervisors.
  for (const id of nodes.keys()) walkDown(nodes, id, order);
  return [...order];
}

/** Adds `top` and everything below it, in tree order, each once, without names of nobody. A list, not a call each: the tree may be thousands deep. */
function walkDown(nodes: ReadonlyMap<string, NodeView>, top: string, found: Set<string>): void {
  const ahead = [top];
  for (let id = ahead.pop(); id !== undefined; id = ahead.pop()) {
    const node = nodes.get(id);
    if (!node || found.has(id)) continue;
    found.add(id);
    for (let index = node.children.length - 1; index >= 0; index -= 1) ahead.push(node.children[index]!);
  }
}

function viewWires(raw: Json | undefined, nodes: ReadonlyMap<string, NodeView>, previous: DesignView | undefined): readonly WireView[] {
  const known = new Map(previous?.wires.map((wire) => [wire.key, wire]));
  const seen = new Map<string, number>();
  return (isList(raw) ? raw : []).flatMap((one, index) => {
    const [from, to] = isObject(one) ? [text(one['from']), text(one['to'])] : [];
    const [node, port] = (from ?? '').split('.', 2);
    if (!isObject(one) || node === undefined || port === undefined || to === undefined) return [];
    const ends = `${node}.${port} ${to}`;
    const count = (seen.get(ends) ?? 0) + 1;
    seen.set(ends, count);
    const protocol = nodes.get(node)?.requires.find((required) => required.port === port)?.protocol;
    const guards = isList(one['guards']) ? one['guards'].filter(isObject) : [];
    const adapter = isObject(one['adapter']) ? one['adapter'] : undefined;
    const wire: WireView = { index, key: count === 1 ? ends : `${ends} ${count}`, from: { node, port }, to, guards, ...(protocol === undefined ? {} : { protocol }), ...(adapter === undefined ? {} : { adapter }) };
    const before = known.get(wire.key);
    const isSame = before?.index === index && before.protocol === protocol && before.adapter === adapter && before.guards.length === guards.length && before.guards.every((guard, place) => guard === guards[place]);
    return [isSame ? before : wire];
  });
}

/** The protocol by which a wire ends at its node: what the port requires, or what an adapter makes of it. */
export const providedBy = ({ protocol, adapter }: Pick<WireView, 'protocol' | 'adapter'>): string | undefined => (adapter === undefined ? protocol : text(adapter['protocol']));

/** The node itself and everything below it, in tree order; nothing for a name of nobody. */
export function listSubtree(view: DesignView, id: string): readonly string[] {
  const found = new Set<string>();
  walkDown(view.nodes, id, found);
  return [...found];
}

/** Supervisors above a node, the nearest first; a circle is gone round once. */
export function* ancestorsOf(view: DesignView, id: string): Generator<string> {
  const seen = new Set<string>([id]);
  for (let at = view.nodes.get(id)?.parent; at !== undefined && !seen.has(at); at = view.nodes.get(at)?.parent) {
    seen.add(at);
    yield at;
  }
}

/** Of several nodes, those that hang below no other of them: the others go along. */
export function listTopsOf(view: DesignView, ids: readonly string[]): readonly string[] {
  const chosen = new Set(ids);
  return ids.filter((id) => {
    for (const above of ancestorsOf(view, id)) if (chosen.has(above)) return false;
    return true;
  });
}

/** All protocols that the design speaks of, in the order in which its nodes name them: the order of their hues (look.md section 3). */
export function listProtocols(view: DesignView): readonly string[] {
  const names = new Set<string>();
  for (const id of view.order) {
    const node = view.nodes.get(id)!;
    for (const { protocol } of node.requires) names.add(protocol);
    for (const name of node.provides) names.add(name);
  }
  return [...names];
}
