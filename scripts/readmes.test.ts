/** The signs on the rooms tell the truth: a file that a README names is there. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const readmes = globSync(['main/**/README.md', 'bench/README.md', 'docs/architecture.md', 'README.md'], { cwd: root }).filter((path) => !path.includes('oracle/'));

/** Names of files and folders in backticks; `*` stands for any. Paths count from the README's own folder or from the top. */
function missingIn(readme: string): readonly string[] {
  const names = [...readFileSync(join(root, readme), 'utf8').matchAll(/`([\w./*-]+(?:\.(?:ts|mjs|cjs|md)|\/))`/g)].map((found) => found[1]!);
  const isThere = (folder: string, name: string): boolean => (name.includes('*') ? globSync(name, { cwd: folder }).length > 0 : existsSync(join(folder, name)));
  return names.filter((name) => !isThere(join(root, dirname(readme)), name) && !isThere(root, name));
}

describe('a README', () => {
  it('is looked at in every room', () => expect(readmes.length).toBeGreaterThan(11));
  it.each(readmes)('%s names files that are there', (readme) => expect(missingIn(readme)).toEqual([]));
});
