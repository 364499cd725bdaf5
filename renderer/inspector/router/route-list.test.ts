import { describe, expect, it } from 'vitest';
import { listWeights, moveRoute, newRoute, readRoutes, withWeight } from './route-list';

const routes = [{ to: 'a', weight: 95 }, { to: 'gone', weight: 5 }];

describe('weights', () => {
  it('have a row for each wired node, and for each route that leads elsewhere', () =>
    expect(listWeights(routes, ['a', 'b'])).toEqual([{ to: 'a', index: 0, weight: 95, isWired: true }, { to: 'gone', index: 1, weight: 5, isWired: false }, { to: 'b', weight: undefined, isWired: true }]));
  it('are set, taken away and made', () => {
    expect(withWeight(routes, { to: 'a', index: 0 }, 90)).toEqual([{ to: 'a', weight: 90 }, routes[1]]);
    expect(withWeight(routes, { to: 'a', index: 0 }, undefined)).toEqual([{ to: 'a' }, routes[1]]);
    expect(withWeight(routes, { to: 'b' }, 7)).toEqual([...routes, { to: 'b', weight: 7 }]);
    expect(withWeight(routes, { to: 'b' }, undefined)).toBe(routes);
  });
});

describe('routes', () => {
  it('move within their list', () => {
    expect(moveRoute(routes, 0, 1)).toEqual([routes[1], routes[0]]);
    expect(moveRoute(routes, 0, 2)).toBe(routes);
    expect(moveRoute(routes, 5, 0)).toBe(routes);
  });
  it('begin at a node that none leads to', () => expect(newRoute(routes, ['a', 'b'], 'topic')).toEqual({ to: 'b', when: { path: 'topic', equals: '' } }));
  it('keep their places where the file has nonsense', () => expect(readRoutes([7, { to: 'a' }])).toEqual([{}, { to: 'a' }]));
});
