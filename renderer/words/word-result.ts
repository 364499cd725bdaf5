import type { Json } from '../../shared/json/json';

/** How many of what, in the order of the questions a person has: did everything get its answer, and what broke on the way. */
const COUNTS = [
  ['inputs', 'input', 'inputs'],
  ['handled', 'answered', 'answered'],
  ['failed', 'failed', 'failed'],
  ['deadLetters', 'dead letter', 'dead letters'],
  ['hostsLost', 'host lost', 'hosts lost'],
  ['restarts', 'restart', 'restarts'],
  ['dropped', 'dropped message', 'dropped messages'],
] as const;

/** The counts of a run's result (`prismatic run --json`, its last line). A run that broke before it could count says nothing. */
export function wordResult(result: Json): string {
  if (result === null || typeof result !== 'object' || Array.isArray(result)) return '';
  const counts = result as { readonly [key: string]: Json };
  return COUNTS.flatMap(([key, one, many]) => (typeof counts[key] === 'number' ? [`${counts[key]} ${counts[key] === 1 ? one : many}`] : [])).join(', ');
}
