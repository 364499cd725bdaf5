/**
 * The worst that a node which always crashes can do: how often it is started before each supervisor above it gives up, and how soon the
 * root does. A supervisor that gives up is itself one restart of the supervisor above, and begins anew with an empty window: so starts
 * multiply up the tree.
 */
import { restarterOf, type ReachSupervisor, type ReachTree } from './restart-reach';

export type StormLevel = {
  readonly supervisor: string;
  /** Starts of the node, its first among them, until this supervisor gives up for the first time: the product of `maxRestarts + 1` up to here. */
  readonly starts: number;
  /** The longest time from one crash to the next at which it still gives up, in ms; slower ones fall out of a window up to here. */
  readonly slowestCrashMs: number;
};

export type StormBound = {
  readonly node: string;
  /** From the node's own supervisor upwards, until one is not restarted. */
  readonly levels: readonly StormLevel[];
  /** Most starts before the last level gives up. */
  readonly starts: number;
  /** Whether the last level is the root: the run ends then. */
  readonly endsRun: boolean;
  readonly sentences: readonly string[];
};

/** `crashMs`: the time from a start of the node to its next exit, the fastest that is thought of. */
export function stormBound(tree: ReachTree, node: string, crashMs = 1): StormBound {
  const levels = levelsOf(tree, node);
  const last = levels.at(-1);
  const starts = last?.starts ?? 1;
  const endsRun = last !== undefined && last.supervisor === tree.root;
  return { node, levels, starts, endsRun, sentences: say(tree, { node, levels, starts, endsRun, crashMs }) };
}

/** How long until the last level gives up at the fastest, in ms: every start crashes `crashMs` after it, and a restart takes no time. */
export const fastestMs = ({ starts }: Pick<StormBound, 'starts'>, crashMs: number): number => starts * crashMs;

function levelsOf(tree: ReachTree, node: string): readonly StormLevel[] {
  const levels: StormLevel[] = [];
  let [starts, slowestCrashMs] = [1, Infinity];
  const seen = new Set<string>();
  for (let at = node, end: 'crash' | 'normal' = 'crash'; ; end = 'normal') {
    const supervisor = restarterOf(tree, at, end);
    if (supervisor === undefined || seen.has(supervisor)) break;
    seen.add(supervisor);
    const { maxRestarts, maxSeconds } = supervisorOf(tree, supervisor);
    // One restart too many needs `maxRestarts` lives of what is below within the window, and each life takes `starts` crashes.
    if (maxRestarts > 0) slowestCrashMs = Math.min(slowestCrashMs, (maxSeconds * 1000) / (maxRestarts * starts));
    starts *= maxRestarts + 1;
    levels.push({ supervisor, starts, slowestCrashMs });
    // A supervisor that gives up exits with `shutdown`: an orderly end, after which only a permanent one is started again.
    at = supervisor;
  }
  return levels;
}

const supervisorOf = (tree: ReachTree, id: string): ReachSupervisor => tree.nodes[id] as ReachSupervisor;

type Told = Omit<StormBound, 'sentences'> & { readonly crashMs: number };

function say(tree: ReachTree, { node, levels, starts, endsRun, crashMs }: Told): readonly string[] {
  const last = levels.at(-1);
  if (!last) return [`${node} is not started again: one crash is one crash.`];
  const product = levels.map(({ supervisor }) => supervisorOf(tree, supervisor).maxRestarts + 1);
  const sum = product.length > 1 ? ` (${product.slice(0, MOST_FACTORS).join(' × ')}${product.length > MOST_FACTORS ? ` × …, ${product.length} factors` : ''})` : '';
  const times = starts === 1 ? 'once' : `${counted(starts)} times`;
  return [
    `If ${node} always crashes, it is started ${times}${sum} before ${last.supervisor} gives up${endsRun ? ', and the run ends' : ''}.`,
    `With a crash ${lasting(crashMs)} after each start, that takes ${lasting(fastestMs({ starts }, crashMs))}.`,
    ...(endsRun ? [] : [`${last.supervisor} is not started again after it gives up; what is above it goes on.`]),
    ...(last.slowestCrashMs === Infinity ? [] : [`Crashes more than ${lasting(last.slowestCrashMs)} apart never make ${last.supervisor} give up.`]),
  ];
}

/** A chain of supervisors may be thousands long. */
const MOST_FACTORS = 8;
/** Beyond this a number is told by its size. */
const MOST_COUNTED = 1e15;

/** In groups of three. Not by `toLocaleString`: its first call loads a locale, for a tenth of a second. */
export function counted(count: number): string {
  if (!Number.isFinite(count)) return '∞';
  return count < MOST_COUNTED ? String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ' ') : `about 10^${Math.floor(Math.log10(count))}`;
}

/** A hundred years: beyond it the number says nothing. */
const LONGEST_MS = 100 * 365 * 24 * 3_600_000;

/** Milliseconds as a person says them. */
function lasting(ms: number): string {
  if (ms > LONGEST_MS) return 'longer than any run';
  if (ms < 1000) return `${Number(ms.toPrecision(3))} ms`;
  if (ms < 120_000) return `${Number((ms / 1000).toPrecision(3))} s`;
  return `${Number((ms / 60_000).toPrecision(3))} min`;
}
