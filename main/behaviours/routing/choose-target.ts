/** Which node a router hands a message to, by its strategy: pure, so that every strategy can be tried on any state of the world. */
import { holds, valueAtPath } from '../../../shared/design/condition';
import type { NodeId } from '../../../shared/ids';
import type { Json } from '../../../shared/json/json';
import { canonicalJson } from '../../../shared/json/canonical';
import type { RouterPolicy } from '../../../shared/program/program';
import { mixSeed } from '../../kernel/seed';

/** Strategies that choose one node; the others hand a message to all. */
export type ChoosingPolicy = Exclude<RouterPolicy, { strategy: 'broadcast' | 'race' }>;

export type Choice =
  | { readonly kind: 'target'; readonly to: NodeId }
  /** No node that might have it is up. */
  | { readonly kind: 'nobody' }
  /** By its content it belongs to no node. */
  | { readonly kind: 'unfit' };

export type RoutingFacts = {
  /** Nodes wired to `out`, in drawn order. */
  readonly targets: readonly NodeId[];
  readonly isUp: (node: NodeId) => boolean;
  readonly input: Json;
  /** Where the turn begins: the place after the node that had the last one. */
  readonly next: number;
  /** Calls under way through this router. */
  readonly underWay: (node: NodeId) => number;
  /** From 0, below 1: seeded, another for each message. */
  readonly draw: number;
};

export function chooseTarget(policy: ChoosingPolicy, facts: RoutingFacts): Choice {
  switch (policy.strategy) {
    case 'first':
      return choiceOf(facts.targets.find(facts.isUp));
    case 'round_robin':
      return choiceOf(rotate(facts.targets, facts.next).find(facts.isUp));
    case 'least_loaded':
      return choiceOf(leastBy(facts.targets.filter(facts.isUp), facts.underWay));
    case 'hash':
      return choiceOf(rendezvous(keyOf(facts.input, policy.key), facts.targets.filter(facts.isUp)));
    case 'by_content':
      return chooseByContent(policy, facts);
    case 'canary':
      return choiceOf(drawByWeight(policy.routes, facts));
  }
}

const choiceOf = (to: NodeId | undefined): Choice => (to === undefined ? { kind: 'nobody' } : { kind: 'target', to });

function rotate(targets: readonly NodeId[], next: number): readonly NodeId[] {
  const first = targets.length === 0 ? 0 : next % targets.length;
  return [...targets.slice(first), ...targets.slice(0, first)];
}

/** The first of those with the least. */
function leastBy(targets: readonly NodeId[], measure: (node: NodeId) => number): NodeId | undefined {
  let found: NodeId | undefined;
  for (const node of targets) if (found === undefined || measure(node) < measure(found)) found = node;
  return found;
}

/** Equal values are equal keys, however they are written; where nothing stands at the path, that is a key too. */
const keyOf = (input: Json, path: string): string => canonicalJson(valueAtPath(input, path) ?? null);

/**
 * Rendezvous hashing (Thaler and Ravishankar, 1998): every node has a score for the key, the highest has it. A node that goes takes only
 * its own keys along, one that comes back gets exactly them again.
 */
export function rendezvous(key: string, nodes: readonly NodeId[]): NodeId | undefined {
  let found: { readonly node: NodeId; readonly score: number } | undefined;
  for (const node of nodes) {
    const score = mixSeed(0, key, node);
    if (!found || score > found.score) found = { node, score };
  }
  return found?.node;
}

/** The first condition that holds decides, whether its node is up or not: who a message is for is its meaning. */
function chooseByContent({ routes, otherwise }: Extract<RouterPolicy, { strategy: 'by_content' }>, { targets, isUp, input }: RoutingFacts): Choice {
  const to = routes.find((route) => targets.includes(route.to) && holds(route.when, input))?.to ?? otherwise;
  if (to === undefined || !targets.includes(to)) return { kind: 'unfit' };
  return isUp(to) ? { kind: 'target', to } : { kind: 'nobody' };
}

/** Shares of those that are up; a node without a weight, or with 0, gets nothing. */
function drawByWeight(routes: readonly { readonly to: NodeId; readonly weight: number }[], { targets, isUp, draw }: RoutingFacts): NodeId | undefined {
  const open = routes.filter(({ to, weight }) => weight > 0 && targets.includes(to) && isUp(to));
  let left = draw * open.reduce((sum, { weight }) => sum + weight, 0);
  for (const { to, weight } of open) {
    left -= weight;
    if (left < 0) return to;
  }
  // Rounding may leave the end of the last share.
  return open.at(-1)?.to;
}
