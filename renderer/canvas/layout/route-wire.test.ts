import { describe, expect, it } from 'vitest';
import { partWays } from './route-wire';

const points = (...xy: readonly (readonly [number, number])[]) => xy.map(([x, y]) => ({ x, y }));
const main = points([0, 0], [20, 0], [20, 100], [200, 100]);

describe('a way that begins as another one', () => {
  it.each([
    ['shares a part of a leg', points([0, 0], [20, 0], [20, 160], [200, 160]), { fork: { x: 20, y: 100 }, points: points([20, 100], [20, 160], [200, 160]) }],
    ['turns before the other does', points([0, 0], [20, 0], [20, 40], [200, 40]), { fork: { x: 20, y: 40 }, points: points([20, 40], [200, 40]) }],
    ['turns the other way', points([0, 0], [20, 0], [20, -60], [200, -60]), { fork: { x: 20, y: 0 }, points: points([20, 0], [20, -60], [200, -60]) }],
    ['goes straight on', points([0, 0], [300, 0]), { fork: { x: 20, y: 0 }, points: points([20, 0], [300, 0]) }],
    ['shares nothing but its beginning', points([0, 0], [0, 50], [200, 50]), { points: points([0, 0], [0, 50], [200, 50]) }],
    ['begins elsewhere', points([5, 5], [20, 5]), { points: points([5, 5], [20, 5]) }],
    ['is the same', main, { points: main }],
  ])('%s', (_, way, parted) => expect(partWays(main, way)).toEqual(parted));
});
