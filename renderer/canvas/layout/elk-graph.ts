/** The Flow as a graph of ELK, and what ELK answers as places and ways of wires. Pure. */
import type { DesignView, NodeView } from '../../../shared/design/design-view';
import { listFallbackWires } from '../../../shared/design/fallback-wires';
import type { Places } from '../../../shared/design/edits/layout-edits';
import type { Point } from '../geometry';
import { bottomPad, drawnHolder, flowTree, isRegion, type FlowTree } from './flow-scene';
import { EMPTY_REGION, flowSize, portAt, REGION_PAD, regionWidth } from './node-size';
import type { KnownRoutes } from './wire-ends';

export type ElkPort = { readonly id: string; readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly layoutOptions: Readonly<Record<string, string>> };
export type ElkEdge = { readonly id: string; readonly sources: readonly string[]; readonly targets: readonly string[] };
export type ElkGraph = {
  readonly id: string;
  readonly width?: number;
  readonly height?: number;
  readonly layoutOptions?: Readonly<Record<string, string>>;
  readonly children?: readonly ElkGraph[];
  readonly ports?: readonly ElkPort[];
  readonly edges?: readonly ElkEdge[];
};
type Section = { readonly startPoint: Point; readonly endPoint: Point; readonly bendPoints?: readonly Point[] };
export type ElkAnswer = { readonly id: string; readonly x?: number; readonly y?: number; readonly children?: readonly ElkAnswer[]; readonly edges?: readonly { readonly id: string; readonly sections?: readonly Section[] }[] };

const OPTIONS = {
  'elk.algorithm': 'layered', 'elk.direction': 'RIGHT', 'elk.edgeRouting': 'ORTHOGONAL', 'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.json.shapeCoords': 'ROOT', 'elk.json.edgeCoords': 'ROOT',
  'elk.layered.spacing.nodeNodeBetweenLayers': '56', 'elk.layered.spacing.edgeNodeBetweenLayers': '18', 'elk.layered.spacing.edgeEdgeBetweenLayers': '8',
  'elk.spacing.nodeNode': '26', 'elk.spacing.edgeNode': '14', 'elk.spacing.edgeEdge': '8',
  // The design's own order decides where nothing else does, so that one more node does not turn everything around.
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES', 'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX', 'elk.layered.nodePlacement.favorStraightEdges': 'true',
  'elk.separateConnectedComponents': 'true', 'elk.spacing.componentComponent': '40', 'elk.aspectRatio': '1.6',
} as const;
const FIXED = { 'elk.portConstraints': 'FIXED_POS' } as const;
// Ids of the graph: `n.` a node, `i.` and `o.` its ports, so that none of them meet.
const nodeKey = (id: string): string => `n.${id}`;
const inKey = (id: string, protocol: string): string => `i.${id}.${protocol}`;
const outKey = (id: string, port: string): string => `o.${id}.${port}`;

export function toElkGraph(design: DesignView, folded: ReadonlySet<string>): ElkGraph {
  const tree = flowTree(design, folded);
  const drawn = new Set([...tree.values()].flat().map(({ id }) => id));
  return { id: 'canvas', layoutOptions: OPTIONS, children: (tree.get(undefined) ?? []).map((node) => toElkNode(tree, node)), edges: listEdges(design, tree, drawn) };
}

function toElkNode(tree: FlowTree, node: NodeView): ElkGraph {
  const held = tree.get(node.id);
  if (held) {
    const { top, left, right } = REGION_PAD;
    return { id: nodeKey(node.id), layoutOptions: { 'elk.padding': `[top=${top},left=${left},bottom=${bottomPad(node)},right=${right}]`, 'elk.nodeSize.constraints': 'MINIMUM_SIZE', 'elk.nodeSize.minimum': `(${regionWidth(node)},${top})` }, children: held.map((child) => toElkNode(tree, child)) };
  }
  const size = isRegion(tree, node) ? EMPTY_REGION : flowSize(node);
  return { id: nodeKey(node.id), ...size, ...(node.kind === 'supervisor' ? {} : { layoutOptions: FIXED, ports: portsOf(node, size.width) }) };
}

function portsOf(node: NodeView, width: number): readonly ElkPort[] {
  const port = (id: string, side: 'provides' | 'requires', row: number): ElkPort => ({ id, ...portAt(side, row, width), width: 0, height: 0, layoutOptions: { 'elk.port.side': side === 'provides' ? 'WEST' : 'EAST' } });
  return [...node.provides.map((protocol, row) => port(inKey(node.id, protocol), 'provides', row)), ...node.requires.map(({ port: name }, row) => port(outKey(node.id, name), 'requires', row))];
}

function listEdges(design: DesignView, tree: FlowTree, drawn: ReadonlySet<string>): readonly ElkEdge[] {
  return [...design.wires, ...listFallbackWires(design).map(({ wire }) => wire)].flatMap((wire): readonly ElkEdge[] => {
    const [from, to] = [drawnHolder(design, drawn, wire.from.node), drawnHolder(design, drawn, wire.to)];
    if (!drawn.has(from) || !drawn.has(to) || from === to || tree.has(from) || tree.has(to)) return [];
    const isOwn = from === wire.from.node && design.nodes.get(from)!.requires.some(({ port }) => port === wire.from.port);
    const isProvided = to === wire.to && wire.protocol !== undefined && design.nodes.get(to)!.provides.includes(wire.protocol);
    return [{ id: wire.key, sources: [isOwn ? outKey(from, wire.from.port) : nodeKey(from)], targets: [isProvided ? inKey(to, wire.protocol) : nodeKey(to)] }];
  });
}

export function fromElkAnswer(design: DesignView, answer: ElkAnswer): { readonly places: Places; readonly routes: KnownRoutes } {
  const places: Record<string, Point> = {};
  const visit = (node: ElkAnswer): void => {
    if (node.id.startsWith('n.')) places[node.id.slice(2)] = { x: Math.round(node.x ?? 0), y: Math.round(node.y ?? 0) };
    node.children?.forEach(visit);
  };
  visit(answer);
  const ways = new Map((answer.edges ?? []).map((edge) => [edge.id, edge.sections?.[0]]));
  const routes = new Map<string, { readonly points: readonly Point[]; readonly from: Point; readonly to: Point }>();
  for (const wire of [...design.wires, ...listFallbackWires(design).map((fallback) => fallback.wire)]) {
    const way = ways.get(wire.key);
    const [from, to] = [places[wire.from.node], places[wire.to]];
    if (way && from && to) routes.set(wire.key, { points: [way.startPoint, ...(way.bendPoints ?? []), way.endPoint], from, to });
  }
  return { places, routes };
}
