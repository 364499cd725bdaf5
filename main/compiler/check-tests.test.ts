import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { EXAMPLE_PROJECT } from '../../shared/errors/example-project';
import { CheckMemory } from './check-memory';
import { compileProject, type Compiled } from './compile';
import { inFolder } from './testing/example-folder';

const erased = vi.hoisted(() => ({ count: 0 }));
vi.mock('amaro', async (importOriginal) => {
  const amaro = await importOriginal<{ readonly transformSync: (...given: readonly unknown[]) => unknown }>();
  return { ...amaro, transformSync: (...given: readonly unknown[]) => ((erased.count += 1), amaro.transformSync(...given)) };
});
beforeEach(() => {
  erased.count = 0;
});

const withFiles = (files: Readonly<Record<string, string>>): ReadonlyMap<string, string> => new Map(Object.entries({ ...EXAMPLE_PROJECT, ...files }));
const check = (files: Readonly<Record<string, string>>): Promise<Compiled> => inFolder(withFiles(files), (folder) => compileProject(folder, new CheckMemory()));
const GOOD = "export const Triage = { async 'answers'(t: { any(o: string): unknown }) { await t.any('classify'); } };\n";

describe('the check of tests/', () => {
  it.each<[string, string, string, object]>([
    ['a slip of the pen', `${GOOD}const = 1;\n`, 'HAN002', { line: 2 }],
    ['a type that cannot be erased', `\nenum Word { A }\n${GOOD}`, 'HAN002', { line: 2 }],
    ['a word of another place', `${GOOD}export const later = () => import('./other.ts');\n`, 'HAN004', { line: 2, column: 28 }],
    ['an await at the top', `${GOOD}await 1;\n`, 'HAN004', { line: 2, column: 1 }],
    ['a package', `\n\nimport { readFileSync } from 'node:fs';\n${GOOD}`, 'HAN005', { line: 3, column: 1 }],
    ['a file that is not there', `import { help } from './help.ts';\n${GOOD}`, 'HAN006', { line: 1, column: 1 }],
    ['a default export', `${GOOD}export default 1;\n`, 'HAN007', { line: 2, column: 1 }],
    ['an export that is no protocol', `${GOOD}\nexport const Triag = { 'a test'() {} };\n`, 'TST001', { line: 3, column: 1 }],
    ['no export', '// Some day.\n', 'TST001', { line: 1 }],
    ['tests that only running it would tell', `\nconst all = {};\nexport const Triage = all;\n`, 'TST002', { line: 3, column: 1 }],
  ])('tells of %s, at its place, and the design stands', async (_, text, code, place) => {
    const { ok, counts, diagnostics, program, hash } = await check({ 'tests/desk.ts': text });
    expect(diagnostics.map((one) => [one.code, one.at.file])).toEqual([[code, 'tests/desk.ts']]);
    expect(diagnostics[0]!.at).toMatchObject(place);
    expect([ok, counts.error, program?.hash]).toEqual([false, 1, hash]);
  });

  it.each<[string, string]>([
    ['an object without members', 'export const Triage = {};\n'],
    ['tests of what nobody provides', `${GOOD}export const Supervisor = { async 'starts'() {} };\n`],
  ])('warns of %s', async (_, text) => {
    const { ok, diagnostics } = await check({ 'tests/desk.ts': text });
    expect([ok, diagnostics.map(({ code, severity }) => [code, severity])]).toEqual([true, [['TST003', 'warning']]]);
  });

  it('does not say that nobody provides a protocol where a node could not be read', async () => {
    const design = JSON.stringify({ format: 'prismatic/1', name: 'x', root: 'root', nodes: { root: { kind: 'supervisor', children: ['desk'] }, desk: { kind: 'robot', provides: ['Triage'] } }, wires: [] });
    expect((await check({ 'design.json': design, 'tests/desk.ts': GOOD })).diagnostics.filter(({ code }) => code.startsWith('TST'))).toEqual([]);
  });

  it('says nothing of good ones, of what they import, and of other files', async () => {
    const files = { 'tests/desk.ts': `import { word } from './deep/help.ts';\n${GOOD}export const Log = { 'writes'() { word(); } };\n`, 'tests/deep/help.ts': 'export const word = (): string => "a";\n', 'tests/notes.md': '# no test' };
    expect((await check(files)).diagnostics).toEqual([]);
  });

  it('tells once of what handlers and tests import', async () => {
    const handler = `import { help } from './help.ts';\n${EXAMPLE_PROJECT['handlers/desk.ts']!}`;
    const files = { 'handlers/desk.ts': handler, 'handlers/help.ts': 'export const help = ;\n', 'tests/a.ts': `import { help } from '../handlers/help.ts';\n${GOOD}`, 'tests/b.ts': `import { help } from '../handlers/help.ts';\n${GOOD}` };
    const { diagnostics, program } = await check(files);
    expect(diagnostics.map(({ code, at }) => [code, at.file, at.line])).toEqual([['HAN002', 'handlers/help.ts', 1]]);
    expect(program).toBeUndefined();
  });

  it('gives the program that it gives without them', async () => {
    const [without, withThem] = [await check({}), await check({ 'tests/desk.ts': GOOD, 'tests/bad.ts': 'const' })];
    expect(withThem.hash).toBe(without.hash);
    expect(without.hash).toBeDefined();
  });

  it('reads after an edit only what was edited', async () => {
    const files = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`tests/t${index}.ts`, `${GOOD}// ${index}\n`]));
    await inFolder(withFiles(files), async (folder) => {
      const memory = new CheckMemory();
      await compileProject(folder, memory);
      const first = erased.count;
      expect(first).toBeGreaterThanOrEqual(40);
      await compileProject(folder, memory);
      expect(erased.count).toBe(first);
      writeFileSync(join(folder, 'tests/t7.ts'), `${GOOD}// edited\n`);
      await compileProject(folder, memory);
      expect(erased.count).toBe(first + 1);
    });
  });
});
