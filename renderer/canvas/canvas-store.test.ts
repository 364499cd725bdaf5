import { describe, expect, it } from 'vitest';
import { detailAt, type Detail } from './canvas-store';

describe('the level of detail', () => {
  it.each([
    [2, 'full'], [0.8, 'full'], [0.799, 'compact'], [0.45, 'compact'], [0.449, 'title'], [0.2, 'title'], [0.199, 'block'], [0.01, 'block'],
  ])('at %d is %s', (zoom, detail) => expect(detailAt(zoom, 'full', () => 10)).toBe(detail));

  it.each<[number, Detail, Detail]>([
    [321, 'title', 'block'], [320, 'title', 'title'], [221, 'block', 'block'], [220, 'block', 'title'],
  ])('with %d nodes in sight after %s is %s', (count, before, detail) => expect(detailAt(0.3, before, () => count)).toBe(detail));

  it('looks at no node where the zoom alone decides', () => {
    const count = (): number => {
      throw new Error('counted');
    };
    expect([1, 0.5, 0.1].map((zoom) => detailAt(zoom, 'title', count))).toEqual(['full', 'compact', 'block']);
  });
});
