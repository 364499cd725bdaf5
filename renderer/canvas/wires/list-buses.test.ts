import { describe, expect, it } from 'vitest';
import { viewDesign } from '../../../shared/design/design-view';
import type { Box } from '../geometry';
import { busPath, linkPath, treeScene } from '../layout/tree-scene';
import { listBuses } from './list-buses';

const COUNT = 1000;
const ids = Array.from({ length: COUNT }, (_, index) => `a${index}`);
const design = viewDesign({ root: 'root', nodes: { root: { kind: 'supervisor', children: ids }, ...Object.fromEntries(ids.map((id) => [id, { kind: 'agent' }])) } });
const scene = treeScene(design, { places: {}, folded: new Set() });
const boxOf = (id: string): Box => scene.nodes.get(id)!.box;
const everything: Box = { x: -1e6, y: -1e6, width: 2e6, height: 2e6 };

describe('links of a wide tree', () => {
  it('are all there where all is in sight', () => expect(listBuses(scene, everything)[0]!.children).toHaveLength(COUNT));

  it('are those in sight, and the outermost of those that pass', () => {
    const middle = boxOf('a500');
    const [bus] = listBuses(scene, { x: middle.x, y: middle.y - 40, width: 300, height: 200 });
    const names = bus!.children.map(({ id }) => id);
    expect(names.length).toBeLessThan(10);
    expect(names).toContain('a500');
    expect(names).toContain('a999');
    expect(names).not.toContain('a900');
  });

  it('pass through sight also where no child is in it', () => {
    const far = boxOf('a700');
    const [bus] = listBuses(scene, { x: far.x, y: far.y - 30, width: 50, height: 12 });
    expect(bus!.children.map(({ id }) => id)).toContain('a999');
  });

  it('are left out where the bus ends before', () => expect(listBuses(scene, { x: boxOf('a999').x + 500, y: 0, width: 100, height: 400 })).toEqual([]));

  it('of some children only are led to these', () => expect(listBuses(scene, everything, new Set(['a3']))[0]!.children.map(({ id }) => id)).toEqual(['a3']));
});

describe('the path of a bus', () => {
  const parent: Box = { x: 100, y: 0, width: 100, height: 60 };
  const child = (x: number, y = 142): Box => ({ x, y, width: 68, height: 88 });

  it('of one child is its link', () => expect(busPath(parent, [child(400)])).toBe(linkPath(parent, child(400))));
  it('of none is nothing', () => expect(busPath(parent, [])).toBe(''));
  it('has whole links to the outermost, and a branch to each between', () => {
    const boxes = [child(-400), child(-200), child(0), child(400), child(600)];
    const path = busPath(parent, boxes);
    expect(path).toContain(linkPath(parent, boxes[0]!));
    expect(path).toContain(linkPath(parent, boxes[4]!));
    // Two links with their two turns each, three branches with one.
    expect(path.match(/Q/g)).toHaveLength(2 * 2 + 3);
    expect(path.match(/V142(?!\d)/g)).toHaveLength(boxes.length);
  });
  it('reaches children of each level', () => expect(busPath(parent, [child(400), child(500, 300)]).match(/V300(?!\d)|V142(?!\d)/g)).toHaveLength(2));
  it('goes straight to a child beside its parent', () => expect(busPath(parent, [child(400, 20)])).toBe('M150 60L434 20'));
});
