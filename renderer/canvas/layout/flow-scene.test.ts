import { describe, expect, it } from 'vitest';
import { viewDesign, type DesignView } from '../../../shared/design/design-view';
import { mergeWires } from '../wires/merge-wires';
import { coveredRegions } from './covered-regions';
import { flowScene, flowTree, liftWires, quickPlaces } from './flow-scene';
import { portRows, MOST_PORT_ROWS } from './node-size';
import type { Scene } from './scene';
import { sceneWires } from './wire-ends';

const supervisor = (...children: readonly string[]) => ({ kind: 'supervisor', children });
const agent = (requires: Readonly<Record<string, string>> = {}) => ({ kind: 'agent', provides: ['Work'], requires });
const open = new Set<string>();
const sceneOf = (design: DesignView, places: Readonly<Record<string, { readonly x: number; readonly y: number }>> = {}, previous?: Scene): Scene => flowScene(design, { places, folded: open, automatic: quickPlaces(design, flowTree(design, open)) }, previous);
const wire = (from: string, to: string) => ({ from: `${from}.out`, to });

const small = { root: 'root', nodes: { root: supervisor('a', 'team'), a: agent({ out: 'Work' }), team: supervisor('b', 'inner'), b: agent({ out: 'Work' }), inner: supervisor('c'), c: agent() }, wires: [wire('a', 'c'), wire('b', 'c')] };

describe('wires between regions', () => {
  it('count for the two siblings that hold their ends', () => {
    const design = viewDesign(small);
    expect([...liftWires(design, flowTree(design, open))]).toEqual([[undefined, [{ from: 'a', to: 'team' }]], ['team', [{ from: 'b', to: 'inner' }]]]);
  });
  it('become one between two outermost regions far out', () => {
    const design = viewDesign({ root: 'root', nodes: { root: supervisor('x', 'y'), x: supervisor('a', 'b'), a: agent({ out: 'Work' }), b: agent({ out: 'Work' }), y: supervisor('z'), z: supervisor('c'), c: agent() }, wires: [wire('a', 'c'), wire('b', 'c')] });
    const scene = sceneOf(design);
    expect(mergeWires(scene, sceneWires(scene))).toMatchObject([{ key: 'x y', count: 2 }]);
  });
});

describe('an edit that moves one node', () => {
  const design = viewDesign(small);
  const before = sceneOf(design);
  const at = Object.fromEntries([...before.nodes.values()].filter(({ shape }) => shape === 'node').map(({ id, box: { x, y } }) => [id, { x, y }]));
  const drawn = sceneWires(before);
  it('leaves all others, and wires that do not end there, as they were', () => {
    const after = sceneOf(design, { ...at, a: { x: at['a']!.x - 50, y: at['a']!.y } }, before);
    expect([...after.nodes].filter(([id, node]) => before.nodes.get(id) !== node).map(([id]) => id)).toEqual(['a']);
    expect(sceneWires(after, undefined, drawn).map((one, index) => one === drawn[index])).toEqual([false, true]);
  });
  it('and nothing at all where it moved nothing', () => expect(sceneWires(sceneOf(design, at, before), undefined, drawn)).toBe(drawn));
});

describe('a stored place', () => {
  it('pushes what would stand on it further down', () => {
    const design = viewDesign({ root: 'root', nodes: { root: supervisor('a', 'b'), a: agent(), b: agent() } });
    const plain = sceneOf(design);
    const b = plain.nodes.get('b')!.box;
    const { nodes } = sceneOf(design, { a: { x: b.x, y: b.y } });
    const [first, second] = [nodes.get('a')!.box, nodes.get('b')!.box];
    expect(second.y >= first.y + first.height || second.x >= first.x + first.width || second.y + second.height <= first.y).toBe(true);
  });
});

describe('a design of a stranger', () => {
  const count = 9000;
  const ids = Array.from({ length: count }, (_, index) => `s${index}`);
  const deep = viewDesign({ root: 's0', nodes: Object.fromEntries(ids.map((id, index) => [id, index + 1 < count ? supervisor(`s${index + 1}`) : agent()])) });
  const wide = viewDesign({ root: 'root', nodes: { root: supervisor(...ids), ...Object.fromEntries(ids.map((id) => [id, agent({ out: 'Work' })])) }, wires: ids.slice(1).map((to) => wire('s0', to)) });

  it.each([['9,000 deep', deep, count - 1], ['of 9,000 under one supervisor', wide, count]] as const)('%s is laid out, with all of it', (_, design, drawn) => expect(sceneOf(design).nodes.size).toBe(drawn));

  it('shows of 9,000 regions in each other the innermost, and those whose edges are in sight', () => {
    const scene = sceneOf(deep);
    const { box } = scene.nodes.get(ids.at(-1)!)!;
    const sight = { x: box.x - 200, y: box.y - 200, width: 600, height: 500 };
    const hidden = coveredRegions(scene, sight);
    expect(hidden.size).toBeGreaterThan(8900);
    const shown = [...scene.nodes.values()].filter(({ id, shape }) => shape === 'region' && !hidden.has(id));
    expect(shown.at(-1)!.id).toBe(ids.at(-2));
    // All of which an edge is in sight, and one whose face fills the rest.
    expect(shown.filter((one) => one.box.x + 10 < sight.x && one.box.y + 40 < sight.y && one.box.x + one.box.width > sight.x + sight.width + 10 && one.box.y + one.box.height > sight.y + sight.height + 30)).toHaveLength(1);
  });

  it('leaves regions of a common depth as they are', () => expect(coveredRegions(sceneOf(viewDesign(small)), { x: 100, y: 100, width: 1, height: 1 }).size).toBe(0));

  it('gives a node lines for so many ports, and ends wires at the last', () => {
    const ports = Object.fromEntries(ids.map((id) => [id, 'Work']));
    const design = viewDesign({ root: 'root', nodes: { root: supervisor('a', 'b'), a: agent(ports), b: agent() }, wires: [{ from: `a.${ids.at(-1)!}`, to: 'b' }] });
    const scene = sceneOf(design);
    expect(portRows(design.nodes.get('a')!)).toBe(MOST_PORT_ROWS);
    const { box } = scene.nodes.get('a')!;
    expect(sceneWires(scene)[0]!.points[0]!.y).toBeLessThan(box.y + box.height);
  });
});
