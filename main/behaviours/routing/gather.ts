/**
 * What becomes of a call that a router has made to several nodes: a pure state machine, `(state, event) -> state`, and what it decides.
 * Answers come in any order; the decision depends only on who answered what, in the order of the wires.
 */
import type { Collect } from '../../../shared/design/nodes/router';
import type { NodeId } from '../../../shared/ids';
import type { Json } from '../../../shared/json/json';
import type { CallError } from '../../../shared/run/call-failure';
import { equalJson } from '../../../shared/schema/validate-value';
import type { CallResult } from '../../kernel/signal';
import { isObject } from '../../../shared/json/is-object';

/** `race`: the first good answer. Else so many good answers, and how they become one. */
export type GatherRule = { readonly kind: 'race' } | { readonly kind: 'quorum'; readonly quorum: number; readonly collect: Collect };

/** One place for each node that was called, in the order of the wires. */
export type Gathering = { readonly rule: GatherRule; readonly answers: readonly { readonly node: NodeId; readonly result: CallResult | undefined }[] };

export type GatherDecision =
  | { readonly kind: 'wait' }
  | { readonly kind: 'answer'; readonly output: Json }
  /** There can't be enough answers any more; `answered` counts the good ones (with `majority`: alike). `first`: the failure of the first node that failed, if one did. */
  | { readonly kind: 'fail'; readonly answered: number; readonly wanted: number; readonly first: CallError | undefined };

export const beginGathering = (rule: GatherRule, nodes: readonly NodeId[]): Gathering => ({ rule, answers: nodes.map((node) => ({ node, result: undefined })) });

/** `place`: of the node among those that were called. */
export const takeAnswer = ({ rule, answers }: Gathering, place: number, result: CallResult): Gathering => ({ rule, answers: answers.map((one, index) => (index === place && one.result === undefined ? { ...one, result } : one)) });

/** How many must answer: as drawn; else more than half with `majority`, and all without. */
export function quorumOf({ quorum, collect = 'first' }: { readonly quorum?: number; readonly collect?: Collect }, nodes: number): number {
  if (quorum !== undefined) return Math.min(quorum, Math.max(nodes, 1));
  return collect === 'majority' ? Math.floor(nodes / 2) + 1 : Math.max(nodes, 1);
}

/** `isOver`: no more answers are waited for. */
export function decide({ rule, answers }: Gathering, isOver: boolean): GatherDecision {
  const good = answers.flatMap(({ result }) => (result?.ok === true ? [result.output] : []));
  const open = isOver ? 0 : answers.filter(({ result }) => result === undefined).length;
  const wanted = rule.kind === 'race' ? 1 : rule.quorum;
  const counted = rule.kind === 'quorum' && rule.collect === 'majority' ? mostAlike(good) : good;
  const isMerge = rule.kind === 'quorum' && rule.collect === 'merge';
  // What is merged is all that comes; of the others the first that are enough do.
  if (counted.length >= wanted && !(isMerge && open > 0)) return { kind: 'answer', output: isMerge ? counted.reduce(mergeAnswers) : counted[0]! };
  if (counted.length + open >= wanted) return { kind: 'wait' };
  const failure = answers.find(({ result }) => result?.ok === false)?.result;
  return { kind: 'fail', answered: counted.length, wanted, first: failure?.ok === false ? failure.error : undefined };
}

/** The largest group of equal answers; of groups of one size the one that begins first. */
function mostAlike(good: readonly Json[]): readonly Json[] {
  const groups = good.map((output) => good.filter((other) => equalJson(other, output)));
  return groups.reduce<readonly Json[]>((best, group) => (group.length > best.length ? group : best), []);
}

/** Lists are joined, objects field by field; of anything else the first stays. */
export function mergeAnswers(first: Json, second: Json): Json {
  if (Array.isArray(first) && Array.isArray(second)) return [...(first as readonly Json[]), ...(second as readonly Json[])];
  if (!isObject(first) || !isObject(second)) return first;
  const added = Object.entries(second).filter(([key]) => !Object.hasOwn(first, key));
  return Object.fromEntries([...Object.entries(first).map(([key, value]) => [key, Object.hasOwn(second, key) ? mergeAnswers(value, second[key]!) : value] as const), ...added]);
}
