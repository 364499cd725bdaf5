/** The compiler's thread as the core uses it, built: questions one after the other, at once, and after a fault. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type { SentProject } from '../main/compiler/compiler-worker';
import { askCompiler } from '../main/core/compile';
import type { Program } from '../shared/program/program';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'prismatic-compile-'));
const desk = join(folder, 'desk');
cpSync(join(root, 'assets/examples/support-desk'), desk, { recursive: true });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const worker = join(root, 'dist/core/compiler-worker.js');
const check = (dir: string): Promise<SentProject> => askCompiler({ kind: 'compile', projectDir: dir }, { thread: worker });
const hashOf = ({ hash }: SentProject): string | undefined => hash;

describe('the compiler in its thread', { timeout: 120_000 }, () => {
  it('answers one question after another from the thread that is there', async () => {
    const compiled = await check(desk);
    expect(compiled.ok).toBe(true);
    expect(hashOf(await check(desk))).toBe(hashOf(compiled));
    expect(await askCompiler({ kind: 'scenario', projectDir: desk, program: JSON.parse(compiled.programText!) as Program, name: 'none' }, { thread: worker })).toMatchObject({ ok: false, diagnostics: [{ code: 'SCN001' }] });
  });

  it('sees every change of a file that it has parsed before', async () => {
    const file = join(desk, 'handlers/desk.ts');
    const before = hashOf(await check(desk));
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, `${text}\n// more\n`);
    expect(hashOf(await check(desk))).not.toBe(before);
    writeFileSync(file, `${text}\nexport const = 1;\n`);
    for (let look = 0; look < 2; look += 1) expect((await check(desk)).diagnostics).toContainEqual(expect.objectContaining({ at: expect.objectContaining({ file: 'handlers/desk.ts' }) as object }));
    writeFileSync(file, text);
    expect(hashOf(await check(desk))).toBe(before);
  });

  it('judges a good project by a new thread after a stranger’s text has taken the type stripper beyond its stack', async () => {
    const deep = join(folder, 'deep');
    cpSync(desk, deep, { recursive: true });
    for (const text of [`export const x = ${'1+'.repeat(200_000)}1;`, `export const x = ${'('.repeat(200_000)}1${')'.repeat(200_000)};`, `export type T = ${'['.repeat(200_000)}1${']'.repeat(200_000)};`]) {
      writeFileSync(join(deep, 'handlers/desk.ts'), text);
      const { diagnostics } = await check(deep);
      expect(diagnostics).toContainEqual(expect.objectContaining({ at: expect.objectContaining({ file: 'handlers/desk.ts' }) as object, message: expect.stringMatching(/too deeply/) as string }));
      expect((await check(desk)).ok).toBe(true);
    }
  });

  it('answers questions that come at once, each its own', async () => {
    const [one, missing, other] = await Promise.all([check(desk), check(join(folder, 'none')), check(desk)]);
    expect(hashOf(one)).toBe(hashOf(other));
    expect(missing.diagnostics).toMatchObject([{ code: 'PRJ001' }]);
  });
});
