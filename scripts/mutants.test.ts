import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

type Mutant = { readonly name: string; readonly file: string; readonly find: string; readonly replace: string; readonly tests: readonly string[] };

const root = fileURLToPath(new URL('..', import.meta.url));
const mutants = JSON.parse(readFileSync(join(root, 'scripts/mutants.json'), 'utf8')) as readonly Mutant[];

describe('the faults of npm run mutants', () => {
  it('have names of their own', () => {
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
  });

  it.each(mutants)('"$name" changes a line that stands once in its file, and names tests that exist', ({ file, find, replace, tests }) => {
    expect(readFileSync(join(root, file), 'utf8').split(find)).toHaveLength(2);
    expect(replace).not.toBe(find);
    expect(tests.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});
