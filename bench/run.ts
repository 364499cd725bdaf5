/** Entry of the bench: one topic in this process, one JSON line a figure on stdout. `node run.js <topic> full|quick` */
import { writeSync } from 'node:fs';
import { assert } from '../shared/assert';
import { FULL, QUICK, type Result } from './figure';
import { measureFigure } from './measure-figure';
import { TOPICS } from './topics';

/** `absent`: what this version does not have. */
const emit = (line: { readonly result: Result } | { readonly absent: string }): void => void writeSync(1, `${JSON.stringify(line)}\n`);

async function runTopic(name: string, mode: string): Promise<void> {
  const open = TOPICS[name];
  assert(open && (mode === 'full' || mode === 'quick'), 'run.js <topic> full|quick');
  const scale = mode === 'quick' ? QUICK : FULL;
  const { figures, close, absent } = await open(scale);
  for (const figure of figures) emit({ result: await measureFigure(figure, name, scale) });
  for (const what of absent ?? []) emit({ absent: what });
  await close?.();
}

await runTopic(process.argv[2] ?? '', process.argv[3] ?? '');
// Whatever else is still open has been measured.
process.exit(0);
