import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { layoutTree, type TreeShape } from './tree-layout';

const GAPS = { siblings: 14, cousins: 24 };

/** Each node but the first hangs below an earlier one. */
const trees = fc.integer({ min: 1, max: 120 }).chain((count) =>
  fc.record({
    parents: fc.tuple(...Array.from({ length: count - 1 }, (_, index) => fc.integer({ min: 0, max: index }))),
    widths: fc.array(fc.integer({ min: 20, max: 160 }), { minLength: count, maxLength: count }),
  }),
);
function shapeOf({ parents, widths }: { readonly parents: readonly number[]; readonly widths: readonly number[] }): TreeShape {
  const children: number[][] = widths.map(() => []);
  parents.forEach((parent, index) => children[parent]!.push(index + 1));
  return { children, widths, roots: [0] };
}

const leftOf = (shape: TreeShape, x: Float64Array, node: number): number => x[node]! - shape.widths[node]! / 2;
const rightOf = (shape: TreeShape, x: Float64Array, node: number): number => x[node]! + shape.widths[node]! / 2;
const NEAR = 1e-6;

test.prop([trees])('no two nodes of a level overlap, and siblings keep their order and gap', (made) => {
  const shape = shapeOf(made);
  const { x, depth } = layoutTree(shape, GAPS);
  const levels = new Map<number, number[]>();
  depth.forEach((level, node) => levels.set(level, [...(levels.get(level) ?? []), node]));
  for (const level of levels.values()) {
    const sorted = level.toSorted((a, b) => x[a]! - x[b]!);
    for (let at = 1; at < sorted.length; at += 1) expect(leftOf(shape, x, sorted[at]!)).toBeGreaterThanOrEqual(rightOf(shape, x, sorted[at - 1]!) + GAPS.siblings - NEAR);
  }
  for (const children of shape.children) for (let at = 1; at < children.length; at += 1) expect(x[children[at]!]!).toBeGreaterThan(x[children[at - 1]!]!);
});

test.prop([trees])('a parent stands in the middle of its first and last child, one level above', (made) => {
  const shape = shapeOf(made);
  const { x, depth } = layoutTree(shape, GAPS);
  shape.children.forEach((children, parent) => {
    if (children.length === 0) return;
    expect(x[parent]!).toBeCloseTo((x[children[0]!]! + x[children.at(-1)!]!) / 2, 6);
    for (const child of children) expect(depth[child]).toBe(depth[parent]! + 1);
  });
});

test.prop([trees])('a tree and its mirror image are laid out as mirror images', (made) => {
  const shape = shapeOf(made);
  const mirrored = { ...shape, children: shape.children.map((children) => children.toReversed()) };
  const [there, back] = [layoutTree(shape, GAPS).x, layoutTree(mirrored, GAPS).x];
  const spread = (x: Float64Array): number => Math.max(...x) - Math.min(...x);
  expect(spread(back)).toBeCloseTo(spread(there), 6);
});

it('several roots stand beside each other', () => {
  const { x, depth } = layoutTree({ children: [[], []], widths: [60, 60], roots: [0, 1] }, GAPS);
  expect([...depth]).toEqual([0, 0]);
  expect(x[1]! - x[0]!).toBe(74);
});

it('a chain of ten thousand is laid out without recursion', () => {
  const count = 10_000;
  const { x } = layoutTree({ children: Array.from({ length: count }, (_, index) => (index + 1 < count ? [index + 1] : [])), widths: Array.from({ length: count }, () => 100), roots: [0] }, GAPS);
  expect(new Set(x).size).toBe(1);
});
