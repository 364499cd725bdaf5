import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { listFiles } from './list-files';

const folder = mkdtempSync(join(tmpdir(), 'prismatic-list-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('finds the files at every depth and follows no link', async () => {
  mkdirSync(join(folder, 'a/b'), { recursive: true });
  for (const path of ['one.ts', 'a/two.ts', 'a/b/three.ts']) writeFileSync(join(folder, path), '');
  symlinkSync('/etc', join(folder, 'a/etc'));
  symlinkSync('/etc/hostname', join(folder, 'name'));
  expect((await listFiles(folder)).toSorted()).toEqual(['a/b/three.ts', 'a/two.ts', 'one.ts']);
});

it('finds nothing in a folder that is not there', async () => expect(await listFiles(join(folder, 'none'))).toEqual([]));
