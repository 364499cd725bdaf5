import { basename } from 'node:path';
import { createProject, EXAMPLES, type Beginning } from '../core/create-project';
import { EXIT, type ExitCode } from './exit-code';
import { printLine, sayError, sayLine } from './output';
import { fromHere } from './paths';

export async function runNew(dir: string, flags: { readonly example?: string; readonly from?: string }): Promise<ExitCode> {
  const { example, from } = flags;
  if (example !== undefined && from !== undefined) {
    sayLine('--example and --from exclude each other.');
    return EXIT.usage;
  }
  if (example !== undefined && !EXAMPLES.includes(example)) {
    sayLine(`There is no example ${example}; there are ${EXAMPLES.join(', ')}.`);
    return EXIT.usage;
  }
  const target = fromHere(dir);
  const created = await createProject(target, beginningOf(basename(target), flags));
  if (!created.ok) {
    sayError(created.error);
    return EXIT.failed;
  }
  printLine(`${created.value} files in ${dir}. Nothing of it has run. Next: prismatic check ${dir}, prismatic simulate ${dir}, prismatic run ${dir}`);
  return EXIT.good;
}

function beginningOf(called: string, { example, from }: { readonly example?: string; readonly from?: string }): Beginning {
  if (from !== undefined) return { kind: 'shared', file: fromHere(from) };
  return example === undefined ? { kind: 'small', called } : { kind: 'example', name: example, called };
}
