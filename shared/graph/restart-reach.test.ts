import { describe, expect, it } from 'vitest';
import type { Restart, Strategy } from '../program/program';
import { restartReach, type ReachNode, type ReachTree } from './restart-reach';

const supervisor = (strategy: Strategy, children: readonly string[], restart: Restart = 'permanent', maxRestarts = 1): ReachNode => ({ kind: 'supervisor', strategy, maxRestarts, maxSeconds: 5, children, restart });
const process = (restart: Restart = 'permanent'): ReachNode => ({ kind: 'process', restart });
const tree = (strategy: Strategy, restarts: Readonly<Record<string, Restart>> = {}): ReachTree => ({
  root: 'root',
  nodes: {
    root: supervisor('one_for_one', ['desk']),
    desk: supervisor(strategy, ['route', 'pool', 'log']),
    route: process(restarts['route']),
    pool: supervisor('one_for_all', ['a', 'b'], restarts['pool']),
    a: process(),
    b: process(),
    log: process(restarts['log']),
  },
});

describe('who stops and who starts when route exits', () => {
  it.each<[Strategy, Readonly<Record<string, Restart>>, 'crash' | 'normal', string, string]>([
    ['one_for_one', {}, 'crash', '', 'route'],
    ['one_for_all', {}, 'crash', 'log b a pool', 'route pool a b log'],
    ['rest_for_one', {}, 'crash', 'log b a pool', 'route pool a b log'],
    ['rest_for_one', {}, 'normal', 'log b a pool', 'route pool a b log'],
    ['rest_for_one', { route: 'transient' }, 'normal', '', ''],
    ['rest_for_one', { route: 'transient' }, 'crash', 'log b a pool', 'route pool a b log'],
    ['rest_for_one', { route: 'temporary' }, 'crash', '', ''],
    ['one_for_all', { log: 'temporary' }, 'crash', 'log b a pool', 'route pool a b'],
    ['one_for_all', { pool: 'temporary' }, 'crash', 'log b a pool', 'route log'],
    ['one_for_all', { log: 'transient' }, 'crash', 'log b a pool', 'route pool a b log'],
    ['simple_one_for_one', {}, 'crash', '', 'route'],
  ])('%s with %j, %s', (strategy, restarts, end, stops, starts) => {
    const reach = restartReach(tree(strategy, restarts), 'route', end);
    expect([reach.stops.join(' '), reach.starts.join(' '), reach.supervisor]).toEqual([stops, starts, 'desk']);
  });
});

describe('who stops and who starts when another exits', () => {
  it.each([
    ['the last child of rest_for_one', 'rest_for_one', 'log', '', 'log'],
    ['the middle child of rest_for_one', 'rest_for_one', 'pool', 'log', 'pool a b log'],
    ['the middle child of one_for_all', 'one_for_all', 'pool', 'log route', 'route pool a b log'],
    ['a child of the middle child', 'rest_for_one', 'a', 'b', 'a b'],
    ['a supervisor under the root', 'rest_for_one', 'desk', '', 'desk route pool a b log'],
    ['the root', 'rest_for_one', 'root', '', ''],
    ['a node that is not there', 'rest_for_one', 'nobody', '', ''],
  ] as const)('%s', (_, strategy, node, stops, starts) => {
    const reach = restartReach(tree(strategy), node);
    expect([reach.stops.join(' '), reach.starts.join(' ')]).toEqual([stops, starts]);
  });
});

describe('the words for it', () => {
  it.each<[Strategy, Readonly<Record<string, Restart>>, string, 'crash' | 'normal', readonly string[]]>([
    ['rest_for_one', {}, 'route', 'crash', ['desk is rest_for_one: children after route stop, last first, then route and they start in order.', 'What is below pool stops and starts with it.', 'That is the one restart that desk allows within 5 s.']],
    ['rest_for_one', {}, 'log', 'crash', ['desk is rest_for_one: log is its last child, and starts again alone.', 'That is the one restart that desk allows within 5 s.']],
    ['one_for_one', {}, 'route', 'crash', ['desk is one_for_one: route starts again, and no other child is touched.', 'That is the one restart that desk allows within 5 s.']],
    ['one_for_all', { log: 'temporary' }, 'route', 'crash', ['desk is one_for_all: all other children stop, last first, then all start in order.', 'What is below pool stops and starts with it.', 'log is temporary: stopped, and not started again.', 'That is the one restart that desk allows within 5 s.']],
    ['one_for_one', { route: 'transient' }, 'route', 'normal', ['route is transient: after an orderly exit it is not started again, and no other child is touched.']],
    ['one_for_one', { route: 'temporary' }, 'route', 'crash', ['route is temporary: it is not started again, and no other child is touched.']],
    ['one_for_one', {}, 'root', 'crash', ['root is the root: when it exits, the run ends.']],
  ])('%s with %j: %s, %s', (strategy, restarts, node, end, sentences) => {
    expect(restartReach(tree(strategy, restarts), node, end).sentences).toEqual(sentences);
  });
});

describe('a drawing that does not hold', () => {
  it('is answered too: circles and names of nobody are not followed', () => {
    const broken: ReachTree = { root: 'a', nodes: { a: supervisor('one_for_all', ['b', 'c', 'ghost']), b: supervisor('one_for_all', ['a', 'b']), c: process() } };
    expect(restartReach(broken, 'c').starts).toEqual(['b', 'c']);
    expect(restartReach(broken, 'b').stops).toEqual(['c']);
  });
});
