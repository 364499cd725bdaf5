/** A check that remembers the one before says what a check that knows nothing says: over all that the catalog calls wrong and right. */
import { fc } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { compilerCatalog } from '../../shared/errors/catalog';
import type { CatalogEntry } from '../../shared/errors/catalog-entry';
import { CheckMemory } from './check-memory';
import { compileProject } from './compile';
import { Remembered } from './remembered';
import { inFolder, isInFile, layExample } from './testing/example-folder';

const projects = Object.values<CatalogEntry>(compilerCatalog)
  .filter(isInFile)
  .flatMap((entry) => [layExample(entry, 'right'), layExample(entry, 'wrong')]);

describe('a check with a memory', () => {
  const sequences = fc.shuffledSubarray(projects, { minLength: 40, maxLength: 40 });
  it.each([1, 2, 3])('says the same, seed %i', async (seed) => {
    const memory = new CheckMemory();
    for (const project of fc.sample(sequences, { seed, numRuns: 1 })[0]!) {
      await inFolder(project, async (folder) => {
        const alone = await compileProject(folder);
        expect(await compileProject(folder, memory)).toEqual(alone);
        // And of what it has seen a moment ago.
        expect(await compileProject(folder, memory)).toEqual(alone);
      });
    }
  });

  it('says of a wire that has moved where it stands now', async () => {
    const memory = new CheckMemory();
    const design = (wires: readonly object[]) => JSON.stringify({ format: 'prismatic/1', name: 'w', root: 'root', nodes: { root: { kind: 'supervisor', children: ['a', 'b'] }, a: agent({ out: 'Echo' }), b: agent({}) }, wires });
    const agent = (requires: object) => ({ kind: 'agent', behaviour: { type: 'scripted', rules: [{ reply: null }] }, provides: [], requires });
    const fieldsOf = (wires: readonly object[]) => inFolder(new Map([['design.json', design(wires)]]), async (folder) => (await compileProject(folder, memory)).diagnostics.filter(({ code }) => code.startsWith('WIR')).map(({ at }) => at.field));
    const strayed = { from: 'a.out', to: 'nobody' };
    expect(await fieldsOf([strayed])).toContain('wires.0');
    expect(await fieldsOf([{ from: 'b.none', to: 'a' }, strayed])).toEqual(expect.arrayContaining(['wires.0', 'wires.1']));
  });
});

describe('what is remembered', () => {
  const isSame = (a: string, b: string): boolean => a === b;

  it('is given for the same source under the same name, through the next check and no further', () => {
    const kept = new Remembered<string, number>(isSame);
    kept.keep('a', 'source', 1);
    expect([kept.get('a', 'source'), kept.get('a', 'other'), kept.get('b', 'source')]).toEqual([1, undefined, undefined]);
    kept.turn();
    expect(kept.get('a', 'source')).toBe(1);
    kept.turn();
    expect(kept.get('a', 'source')).toBe(1);
    kept.turn();
    kept.turn();
    expect(kept.get('a', 'source')).toBeUndefined();
  });
});
