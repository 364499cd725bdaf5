import type { Severity } from '../../shared/errors/catalog-entry';

/** `1 error, 2 warnings`, or `no problems`. */
export function wordCounts(counts: Readonly<Record<Severity, number>>): string {
  const words = (['error', 'warning'] as const).filter((severity) => counts[severity] > 0).map((severity) => `${counts[severity]} ${severity}${counts[severity] === 1 ? '' : 's'}`);
  return words.length === 0 ? 'no problems' : words.join(', ');
}
