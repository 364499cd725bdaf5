/** Routers in words: what each strategy does, and what of its settings is said on the canvas. Pure. */
import { isList } from '../../shared/design/document';
import { isObject } from '../../shared/json/is-object';
import type { Json, JsonObject } from '../../shared/json/json';

/** Of each strategy a sentence. Names of the format stay as they are: `first`, `round_robin`. */
export const STRATEGY_SAYS: Readonly<Record<string, string>> = {
  first: 'Each message goes to the first wired node that is up.',
  round_robin: 'Each message goes to the next node in turn.',
  least_loaded: 'Each message goes to the node with the fewest calls under way.',
  hash: 'Messages with the same key go to the same node while it is up.',
  broadcast: 'Each message goes to all nodes, and their answers become one.',
  race: 'Each message goes to all nodes; the first good answer wins.',
  by_content: 'The first condition that holds says where a message goes.',
  canary: 'Each node gets its share of the messages, by weight.',
};

const text = (value: Json | undefined): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const routesOf = (raw: JsonObject): readonly JsonObject[] => (isList(raw['routes']) ? raw['routes'].filter(isObject) : []);

/** Paths into the input that the conditions look at, each once. */
function pathsOf(raw: JsonObject): readonly string[] {
  return [...new Set(routesOf(raw).flatMap(({ when }) => pathsIn(when, 0)))];
}

/** Conditions are no deeper than this (their schema, which comes later than the canvas, says so too). */
const DEEPEST = 16;

function pathsIn(condition: Json | undefined, depth: number): readonly string[] {
  if (!isObject(condition) || depth > DEEPEST) return [];
  const { path, and, or, not } = condition;
  const parts = [...(isList(and) ? and : []), ...(isList(or) ? or : []), not];
  return [...(typeof path === 'string' ? [path] : []), ...parts.flatMap((part) => pathsIn(part, depth + 1))];
}

/** For the line below a router's title: `by topic`, `hash of customer.id`, `all, 2 must answer`, `canary, 5 %`. */
export function wordRouter(raw: JsonObject): string {
  const strategy = text(raw['strategy']) ?? 'first';
  switch (strategy) {
    case 'first':
      return 'first that is up';
    case 'round_robin':
      return 'each in turn';
    case 'least_loaded':
      return 'least loaded';
    case 'hash':
      return text(raw['key']) === undefined ? 'hash' : `hash of ${text(raw['key'])!}`;
    case 'broadcast':
      return typeof raw['quorum'] === 'number' ? `all, ${raw['quorum']} must answer` : text(raw['collect']) === 'majority' ? 'all, the majority' : 'all must answer';
    case 'race':
      return 'first answer wins';
    case 'by_content': {
      const [path, ...more] = pathsOf(raw);
      return path === undefined || more.length > 0 ? 'by content' : `by ${path.split('.').at(-1)!}`;
    }
    case 'canary':
      return wordCanary(raw);
    default:
      return `router, ${strategy.replaceAll('_', ' ')}`;
  }
}

/** The smaller shares: what goes to the one that is tried. */
function wordCanary(raw: JsonObject): string {
  const shares = sharesOf(routesOf(raw).map(({ weight }) => weight));
  const [, ...others] = shares.toSorted((a, b) => b - a);
  const [share] = others;
  return share === undefined || others.length > 1 ? 'by weight' : `canary, ${wordShare(share)}`;
}

/** Each weight as a share of all, from 0 to 1; what is no weight has none. */
export function sharesOf(weights: readonly (Json | undefined)[]): readonly number[] {
  const numbers = weights.map((weight) => (typeof weight === 'number' && weight > 0 ? weight : 0));
  const sum = numbers.reduce((total, number) => total + number, 0);
  return numbers.map((number) => (sum === 0 ? 0 : number / sum));
}

/** `5 %`, `0.1 %`, `33 %`; what is hardly anything is said to be. */
export function wordShare(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.1) return '< 0.1 %';
  return `${percent >= 10 || Number.isInteger(percent) ? Math.round(percent) : Math.round(percent * 10) / 10} %`;
}
