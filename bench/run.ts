/** Entry of the bench: one topic in a process of its own, one JSON line a figure on stdout. `node run.js <topic> full|quick` */
import { assert } from '../shared/assert';
import { FULL, QUICK } from './figure';
import { measureFigure } from './measure-figure';
import { formatTable } from './table';
import { TOPICS } from './topics';
import type { Result } from './figure';

export { formatTable };
export const topics = Object.keys(TOPICS);

/** Prints `{result}` for each figure, then `{absent}` for what this version does not have. */
export async function runTopic(name: string, mode: 'full' | 'quick', emit: (line: { readonly result: Result } | { readonly absent: string }) => void): Promise<void> {
  const open = TOPICS[name];
  assert(open, `the bench has no topic ${name}`);
  const scale = mode === 'quick' ? QUICK : FULL;
  const { figures, close, absent } = await open(scale);
  try {
    for (const figure of figures) emit({ result: await measureFigure(figure, name, scale) });
    for (const what of absent ?? []) emit({ absent: what });
  } finally {
    await close?.();
  }
}
