import { describe, expect, it } from 'vitest';
import { viewDesign } from '../../../shared/design/design-view';
import type { NodeStatus } from '../../../shared/api/run';
import { flowScene, flowTree, quickPlaces } from '../layout/flow-scene';
import type { SceneNode } from '../layout/scene';
import { boxPath, farParts, farTitles, livelyNodes } from './far-scene';

const supervisor = (children: readonly string[], more: object = {}) => ({ kind: 'supervisor', strategy: 'one_for_one', maxRestarts: 1, maxSeconds: 5, children, ...more });
const agent = { kind: 'agent', behaviour: { type: 'code', file: 'handlers/a.ts' } };
const design = viewDesign({
  root: 'root',
  nodes: { root: supervisor(['outer', 'd']), outer: supervisor(['inner', 'c'], { title: 'Outer' }), inner: supervisor(['a', 'b'], { title: 'Inner', isolated: true }), a: agent, b: agent, c: agent, d: agent },
});
const nodes = [...flowScene(design, { places: {}, folded: new Set(), automatic: quickPlaces(design, flowTree(design, new Set())) }).nodes.values()];
const find = (id: string): SceneNode => nodes.find((one) => one.id === id)!;
const states: Readonly<Record<string, NodeStatus>> = { a: 'running', b: 'crashed', c: 'running' };

describe('blocks', () => {
  const parts = farParts(nodes, (id) => states[id]);

  it('are one path a state, and one for those that do not run', () => {
    expect(Object.fromEntries(parts.blocks.map(({ status, path }) => [status, path]))).toEqual({
      running: boxPath(find('a').box) + boxPath(find('c').box), crashed: boxPath(find('b').box), none: boxPath(find('d').box),
    });
  });
  it('have a cross where they have crashed, and nowhere else', () => expect(parts.crosses.match(/M/g)).toHaveLength(1));
  it('stand in their regions; a host of its own has an outline of its own', () => {
    expect(parts.regions).toBe(boxPath(find('outer').box));
    expect(parts.isolated).toBe(boxPath(find('inner').box));
  });
  it('of nothing are nothing', () => expect(farParts([], () => undefined)).toEqual({ regions: '', isolated: '', blocks: [], crosses: '' }));
});

describe('titles far out', () => {
  const titlesAt = (zoom: number) => farTitles(nodes, zoom).map(({ text }) => text);

  it('leave as their regions get too small for them', () => {
    expect(titlesAt(1)).toEqual(['Outer', 'Inner']);
    expect(titlesAt(0.01)).toEqual([]);
  });
  it('never stand on each other: the outer one stays', () => expect(titlesAt(0.3)).toEqual(['Outer']));
  it('are of regions only', () => expect(titlesAt(1)).not.toContain('d'));
});

describe('nodes that stay nodes far out', () => {
  it('are the selected ones and the one with the focus', () => expect([...livelyNodes(['a', 'b'], 'c')]).toEqual(['a', 'b', 'c']));
  it('are few, however many are selected', () => expect(livelyNodes(Array.from({ length: 3000 }, (_, index) => `n${index}`), undefined).size).toBeLessThan(100));
});
