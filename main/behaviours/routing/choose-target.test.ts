import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../shared/json/json';
import { mixSeed } from '../../kernel/seed';
import { chooseTarget, rendezvous, type ChoosingPolicy, type RoutingFacts } from './choose-target';

const NODES = ['a', 'b', 'c', 'd', 'e'];
const facts = (given: Partial<RoutingFacts> = {}): RoutingFacts => ({ targets: ['a', 'b', 'c'], isUp: () => true, input: {}, next: 0, underWay: () => 0, draw: 0, ...given });
const chosen = (policy: ChoosingPolicy, given?: Partial<RoutingFacts>): string => {
  const choice = chooseTarget(policy, facts(given));
  return choice.kind === 'target' ? choice.to : choice.kind;
};
const down = (...nodes: readonly string[]) => (node: string): boolean => !nodes.includes(node);

describe('chooseTarget', () => {
  const routes = [{ to: 'a', when: { path: 'n', less: 10 } }, { to: 'b', when: { path: 'n', less: 20 } }];
  it.each<[string, ChoosingPolicy, Partial<RoutingFacts>, string]>([
    ['first', { strategy: 'first' }, {}, 'a'],
    ['first, past one that is down', { strategy: 'first' }, { isUp: down('a') }, 'b'],
    ['nobody', { strategy: 'first' }, { isUp: () => false }, 'nobody'],
    ['no wires', { strategy: 'round_robin' }, { targets: [] }, 'nobody'],
    ['the turn', { strategy: 'round_robin' }, { next: 2 }, 'c'],
    ['the turn comes round', { strategy: 'round_robin' }, { next: 3 }, 'a'],
    ['the turn passes over one that is down', { strategy: 'round_robin' }, { next: 1, isUp: down('b') }, 'c'],
    ['fewest', { strategy: 'least_loaded' }, { underWay: (node) => ({ a: 2, b: 1, c: 1 })[node] ?? 0 }, 'b'],
    ['fewest of those up', { strategy: 'least_loaded' }, { isUp: down('b'), underWay: (node) => ({ a: 2, b: 0, c: 1 })[node] ?? 0 }, 'c'],
    ['the first condition that holds', { strategy: 'by_content', routes }, { input: { n: 5 } }, 'a'],
    ['the next', { strategy: 'by_content', routes }, { input: { n: 15 } }, 'b'],
    ['otherwise', { strategy: 'by_content', routes, otherwise: 'c' }, { input: { n: 25 } }, 'c'],
    ['nothing fits', { strategy: 'by_content', routes }, { input: { n: 25 } }, 'unfit'],
    ['what is meant for one that is down goes nowhere else', { strategy: 'by_content', routes, otherwise: 'c' }, { input: { n: 5 }, isUp: down('a') }, 'nobody'],
    ['weights', { strategy: 'canary', routes: [{ to: 'a', weight: 1 }, { to: 'b', weight: 3 }] }, { draw: 0.26 }, 'b'],
    ['a weight of 0', { strategy: 'canary', routes: [{ to: 'a', weight: 0 }, { to: 'b', weight: 3 }] }, { draw: 0 }, 'b'],
    ['only one without weight is up', { strategy: 'canary', routes: [{ to: 'a', weight: 0 }, { to: 'b', weight: 3 }] }, { isUp: down('b') }, 'nobody'],
  ])('%s', (_, policy, given, expected) => expect(chosen(policy, given)).toBe(expected));
});

const someUp = fc.uniqueArray(fc.constantFrom(...NODES), { maxLength: 5 });
const policy: fc.Arbitrary<ChoosingPolicy> = fc.oneof(
  fc.constantFrom<ChoosingPolicy>({ strategy: 'first' }, { strategy: 'round_robin' }, { strategy: 'least_loaded' }, { strategy: 'hash', key: 'k' }),
  fc.array(fc.record({ to: fc.constantFrom(...NODES, 'other'), weight: fc.integer({ min: 0, max: 5 }) })).map((routes): ChoosingPolicy => ({ strategy: 'canary', routes })),
  fc.array(fc.record({ to: fc.constantFrom(...NODES, 'other'), when: fc.integer({ min: 0, max: 4 }).map((equals) => ({ path: 'k', equals })) })).map((routes): ChoosingPolicy => ({ strategy: 'by_content', routes })),
);
test.prop([policy, someUp, fc.uniqueArray(fc.constantFrom(...NODES)), fc.nat(20), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.nat(4)], { seed: 3, numRuns: 500 })('whatever is up, the choice is a wired node that is (seed 3)', (one, up, targets, next, draw, k) => {
  const choice = chooseTarget(one, facts({ targets, isUp: (node) => up.includes(node), next, draw, input: { k }, underWay: (node) => node.charCodeAt(0) % 3 }));
  if (choice.kind === 'target') expect(targets.includes(choice.to) && up.includes(choice.to)).toBe(true);
  else if (one.strategy !== 'by_content' && one.strategy !== 'canary') expect(targets.filter((node) => up.includes(node))).toEqual([]);
});

const key = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>;
test.prop([key, fc.uniqueArray(fc.constantFrom(...NODES), { minLength: 2 }), fc.nat(4)], { seed: 3 })('hash: the same key goes to the same node however wires are drawn, and one that goes takes only its own keys along (seed 3)', (value, nodes, gone) => {
  const text = JSON.stringify(value);
  const before = rendezvous(text, nodes)!;
  expect(rendezvous(text, nodes.toReversed())).toBe(before);
  const left = nodes.filter((_, index) => index !== gone % nodes.length);
  if (left.includes(before)) expect(rendezvous(text, left)).toBe(before);
});

it('hash spreads keys over the nodes: none of 5 has less than half or more than twice its share of 5000', () => {
  const counts = new Map<string, number>();
  for (let index = 0; index < 5000; index += 1) {
    const node = rendezvous(`customer-${index}`, NODES)!;
    counts.set(node, (counts.get(node) ?? 0) + 1);
  }
  for (const node of NODES) expect(counts.get(node)).toSatisfy((count: number) => count > 500 && count < 2000);
});

test.prop([fc.integer(), fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 2, maxLength: 5 })], { seed: 3, numRuns: 40 })('canary: shares are those of the weights, within 3 % of 4000 messages, whatever the seed (seed 3)', (seed, weights) => {
  const routes = weights.map((weight, index) => ({ to: NODES[index]!, weight }));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  fc.pre(sum > 0);
  const counts = new Map<string, number>();
  for (let message = 1; message <= 4000; message += 1) {
    const to = chosen({ strategy: 'canary', routes }, { targets: NODES, draw: mixSeed(seed, message) / 2 ** 32 });
    counts.set(to, (counts.get(to) ?? 0) + 1);
  }
  for (const { to, weight } of routes) expect(Math.abs((counts.get(to) ?? 0) / 4000 - weight / sum)).toBeLessThan(0.03);
});
