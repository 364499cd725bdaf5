import { describe, expect, it } from 'vitest';
import type { Restart, Strategy } from '../program/program';
import { restartReach, type ReachNode, type ReachTree } from './restart-reach';
import { stormBound } from './storm-bound';

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

  it.each([['deep', 9000, 1], ['wide', 1, 9000]] as const)('is answered at once of a tree that is 9,000 %s', (_, depth, width) => {
    const ids = Array.from({ length: depth * width }, (_one, index) => `s${index}`);
    const nodes = depth > 1 ? Object.fromEntries(ids.map((id, index) => [id, index + 1 < ids.length ? supervisor('one_for_all', [`s${index + 1}`]) : process()])) : { ...Object.fromEntries(ids.map((id) => [id, process()])), top: supervisor('one_for_all', ids) };
    const huge: ReachTree = { root: depth > 1 ? 's0' : 'top', nodes };
    const beganMs = performance.now();
    expect(restartReach(huge, depth > 1 ? 's1' : 's0').starts).toHaveLength(depth > 1 ? 8999 : 9000);
    expect(stormBound(huge, ids.at(-1)!).levels).toHaveLength(depth > 1 ? 8999 : 1);
    expect(performance.now() - beganMs).toBeLessThan(2000);
  });

  it('names few of many, and tells the others by their number', () => {
    const ids = Array.from({ length: 30 }, (_, index) => `s${index}`);
    const many: ReachTree = { root: 'top', nodes: { top: supervisor('one_for_all', ids), a: process(), ...Object.fromEntries(ids.map((id) => [id, supervisor('one_for_one', ['a'])])) } };
    expect(restartReach(many, 's0').sentences[1]).toBe('What is below s0, s1, s2, s3, s4, s5, s6 and 23 others stops and starts with it.');
  });

  it('says numbers beyond all words by their size', () => {
    const chain = (length: number): ReachTree => ({ root: 's0', nodes: Object.fromEntries(Array.from({ length }, (_, index) => [`s${index}`, index + 1 < length ? supervisor('one_for_one', [`s${index + 1}`], 'permanent', 9) : process()])) });
    expect(stormBound(chain(21), 's20').sentences.slice(0, 2)).toEqual(['If s20 always crashes, it is started about 10^20 times (10 × 10 × 10 × 10 × 10 × 10 × 10 × 10 × …, 20 factors) before s0 gives up, and the run ends.', 'With a crash 1 ms after each start, that takes longer than any run.']);
    expect(stormBound(chain(400), 's399').sentences[0]).toContain('started ∞ times');
  });
});
