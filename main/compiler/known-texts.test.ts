import { linkSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CheckMemory } from './check-memory';
import { compileProject } from './compile';
import { KnownTexts } from './known-texts';
import { SMALL_PROJECT } from '../core/small-project';

let root = '';
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'prismatic-known-')));
  mkdirSync(join(root, 'handlers'));
  writeFileSync(join(root, 'handlers/a.ts'), 'one');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A look, and what a later one finds, a long time after the file was touched. */
function known(change: () => void): string | undefined {
  const texts = new KnownTexts(() => Date.now());
  const mark = texts.look(root, 'handlers/a.ts')!;
  texts.keep('handlers/a.ts', { ...mark, isSettled: true }, 'one');
  change();
  texts.turn();
  const now = texts.look(root, 'handlers/a.ts');
  return now && texts.get('handlers/a.ts', now);
}

describe('the text of a file that was read', () => {
  it('is known while nobody touches the file', () => {
    expect(known(() => undefined)).toBe('one');
  });

  it.each([
    ['it is written, with as many letters', () => writeFileSync(join(root, 'handlers/a.ts'), 'two')],
    ['it is written and its time set back', () => {
      writeFileSync(join(root, 'handlers/a.ts'), 'two');
      utimesSync(join(root, 'handlers/a.ts'), 1, 1);
    }],
    ['another file takes its place', () => {
      writeFileSync(join(root, 'handlers/b.ts'), 'two');
      renameSync(join(root, 'handlers/b.ts'), join(root, 'handlers/a.ts'));
    }],
    ['a link takes its place', () => {
      renameSync(join(root, 'handlers/a.ts'), join(root, 'handlers/b.ts'));
      symlinkSync('b.ts', join(root, 'handlers/a.ts'));
    }],
    ['it gets a second name', () => linkSync(join(root, 'handlers/a.ts'), join(root, 'handlers/c.ts'))],
    ['its folder becomes a link', () => {
      renameSync(join(root, 'handlers'), join(root, 'other'));
      symlinkSync('other', join(root, 'handlers'));
    }],
    ['it is gone', () => rmSync(join(root, 'handlers/a.ts'))],
  ])('is not known when %s', (_, change) => {
    expect(known(change)).toBeUndefined();
  });

  it('is not trusted where it was touched a moment ago', () => {
    expect(new KnownTexts(() => Date.now()).look(root, 'handlers/a.ts')).toMatchObject({ isSettled: false });
    utimesSync(join(root, 'handlers/a.ts'), 1, 1);
    // The time of its last change, which nobody can set, is of now.
    expect(new KnownTexts(() => Date.now()).look(root, 'handlers/a.ts')).toMatchObject({ isSettled: false });
  });

  it('is trusted once that is some seconds ago', () => {
    expect(new KnownTexts(() => Date.now() + 3500).look(root, 'handlers/a.ts')).toMatchObject({ isSettled: true });
  });

  it('outside of the project is not even looked at', () => {
    const outside = mkdtempSync(join(tmpdir(), 'prismatic-outside-'));
    writeFileSync(join(outside, 'b.ts'), 'two');
    symlinkSync(outside, join(root, 'linked'));
    expect(new KnownTexts(() => Date.now()).look(root, 'linked/b.ts')).toBeUndefined();
    rmSync(outside, { recursive: true });
  });
});

it('every change of a handler is seen by the check after it', async () => {
  for (const [path, bytes] of SMALL_PROJECT) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), bytes);
  }
  const memory = new CheckMemory(() => Date.now());
  const hashes = new Set<string | undefined>();
  const handler = [...SMALL_PROJECT.keys()].find((path) => path.startsWith('handlers/'))!;
  const text = Buffer.from(SMALL_PROJECT.get(handler)!).toString();
  for (let number = 0; number < 20; number += 1) {
    // As many letters each time.
    writeFileSync(join(root, handler), `${text}\n// ${String(number).padStart(4, '0')}\n`);
    hashes.add((await compileProject(root, memory)).hash);
  }
  expect(hashes.size).toBe(20);
  expect(hashes.has(undefined)).toBe(false);
});
