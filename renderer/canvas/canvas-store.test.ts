import { expect, it } from 'vitest';
import { detailAt } from './canvas-store';

it.each([
  [2, 'full'], [0.8, 'full'], [0.799, 'compact'], [0.45, 'compact'], [0.449, 'title'], [0.2, 'title'], [0.199, 'block'], [0.01, 'block'],
])('at %d the level of detail is %s', (zoom, detail) => expect(detailAt(zoom)).toBe(detail));
