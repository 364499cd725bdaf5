/** The house keeps its order: arrows, rooms with a sign, no barrels, no default exports; and the lock installs everywhere. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = ['main', 'shared'].flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`)).filter((name) => name.endsWith('.ts'));
const read = (name: string): string => readFileSync(join(root, name), 'utf8');

type Cruise = { readonly summary: { readonly violations: readonly { readonly rule: { readonly name: string }; readonly from: string }[]; readonly totalCruised: number } };
function cruise(): Cruise {
  const bin = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const args = [bin, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'main', 'shared'];
  try {
    return JSON.parse(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 256e6, stdio: ['ignore', 'pipe', 'ignore'] })) as Cruise;
  } catch (error) {
    // It exits with the number of violations, and prints the report all the same.
    return JSON.parse((error as { readonly stdout: string }).stdout) as Cruise;
  }
}

describe('the arrows of the house', () => {
  it('hold over all of main and shared', () => {
    const { summary } = cruise();
    expect(summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`)).toEqual([]);
    expect(summary.totalCruised).toBeGreaterThan(80);
  });

  it('bite: a planted import from the kernel to the runtime is found', () => {
    const planted = join(root, 'main/kernel/planted-for-a-test.ts');
    writeFileSync(planted, "export { PING_EVERY_MS as planted } from '../runtime/watchdog';\n");
    // Older than the build: what starts meanwhile does not build anew.
    utimesSync(planted, 0, 0);
    try {
      expect(cruise().summary.violations.map(({ rule }) => rule.name)).toContain('main-kernel-arrows');
    } finally {
      rmSync(planted);
    }
  });
});

describe('every room', () => {
  const rooms = readdirSync(join(root, 'main'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).filter((name) => sources.some((source) => source.startsWith(`main/${name}/`)));
  it.each(rooms)('main/%s says what it is for', (room) => expect(existsSync(join(root, 'main', room, 'README.md'))).toBe(true));
});

/** Of the types that are written, not of the words in texts. */
function hasTypeAny(name: string, text: string): boolean {
  const find = (node: ts.Node): boolean => node.kind === ts.SyntaxKind.AnyKeyword || ts.forEachChild(node, find) === true;
  return find(ts.createSourceFile(name, text, ts.ScriptTarget.Latest));
}

describe('every source file', () => {
  it('is looked through for the type any, wherever it stands', () => {
    expect(['let a: any', 'f<any>()', 'a as any', 'let a: Map<string, any>', "const a = 'so: any value'", 't.any()'].map((text) => hasTypeAny('a.ts', text))).toEqual([true, true, true, true, false, false]);
  });

  it('has no default export, no `any` and no silenced check', () => {
    const faults = sources.filter((name) => !name.endsWith('.d.ts')).filter((name) => /^export default|@ts-ignore|@ts-expect-error|eslint-disable/m.test(read(name)) || (/\bany\b/.test(read(name)) && hasTypeAny(name, read(name))));
    expect(faults).toEqual([]);
  });

  it('has a name in kebab case and is no barrel', () => {
    expect(sources.filter((name) => !/^[a-z0-9/.-]+$/.test(name) || name.endsWith('/index.ts'))).toEqual([]);
    expect(sources.filter((name) => /^export \* from/m.test(read(name)))).toEqual([]);
  });
});

describe('the lock', () => {
  it('names no registry, and every platform that a package offers', () => {
    expect(read('package-lock.json')).not.toContain('"resolved"');
    expect(execFileSync(process.execPath, ['scripts/check-lock.mjs'], { cwd: root, encoding: 'utf8' })).toBe('');
  });
});
