/** The examples that come with the program, as the start screen shows them. */
import { DESIGN_FILE } from '../../../shared/design/project-files';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Example } from '../../../shared/api/project';
import { rawNodesOf } from '../../../shared/design/document';
import { EXAMPLES, examplesFolder } from '../create-project';
import { parseFile } from './read-folder';

export async function listExamples(folder: string = examplesFolder()): Promise<readonly Example[]> {
  const read = await Promise.all(EXAMPLES.map((name) => readExample(folder, name)));
  return read.flatMap((example) => example ?? []);
}

async function readExample(folder: string, name: string): Promise<Example | undefined> {
  try {
    const [readme, design] = await Promise.all([readFile(join(folder, name, 'README.md'), 'utf8'), readFile(join(folder, name, DESIGN_FILE), 'utf8')]);
    const nodes = rawNodesOf({ files: { [DESIGN_FILE]: parseFile(DESIGN_FILE, design) } });
    return { name, ...describeReadme(readme, name), nodes: Object.keys(nodes).length };
  } catch {
    // An installation without this example offers the others.
    return undefined;
  }
}

/** Title and first sentence of a README. */
export function describeReadme(readme: string, name: string): { readonly title: string; readonly says: string } {
  const title = /^# +(.+)$/m.exec(readme)?.[1]?.trim() ?? name;
  const paragraph = readme.split(/\n\s*\n/).map((part) => part.trim()).find((part) => part !== '' && !part.startsWith('#')) ?? '';
  const plain = paragraph.replace(/\s+/g, ' ').replace(/`/g, '');
  return { title, says: /^.*?[.!?](?= \p{Lu}|$)/u.exec(plain)?.[0] ?? plain };
}
