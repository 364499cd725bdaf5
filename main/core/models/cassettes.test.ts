import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCassettes, writeCassette } from './cassettes';

let home = '';
let project = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'prismatic-cassettes-'));
  project = join(home, 'project');
  mkdirSync(join(project, 'cassettes'), { recursive: true });
  mkdirSync(join(home, 'elsewhere'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const NAME = `${'a'.repeat(64)}.json`;
const place = (name = NAME): string => join(project, 'cassettes', name);
const record = { kind: 'model', request: { prompt: 'a' }, answer: { text: 'b' }, tookMs: 3 } as const;

describe('cassettes of a stranger', () => {
  it.each<[string, () => void, RegExp]>([
    ['a link that leads out', () => (writeFileSync(join(home, 'elsewhere/secret'), 'key'), symlinkSync(join(home, 'elsewhere/secret'), place())), /no regular file/],
    ['a pipe', () => void execFileSync('mkfifo', [place()]), /no regular file/],
    ['a folder', () => mkdirSync(place()), /no regular file/],
    ['one of a terabyte', () => (writeFileSync(place(), ''), truncateSync(place(), 2 ** 40)), /too large/],
    ['a folder that is elsewhere', () => (rmSync(join(project, 'cassettes'), { recursive: true }), symlinkSync(join(home, 'elsewhere'), join(project, 'cassettes'))), /leads out of the project/],
  ])('%s is not read', async (_, make, why) => {
    make();
    expect(await readCassettes(project)).toMatchObject({ ok: false, error: { code: 'MDL007', message: expect.stringMatching(why) as string } });
  });

  it('are not written where a link leads out of the project', async () => {
    rmSync(join(project, 'cassettes'), { recursive: true });
    symlinkSync(join(home, 'elsewhere'), join(project, 'cassettes'));
    expect(await writeCassette(project, record)).toMatchObject({ ok: false, error: { code: 'MDL009' } });
    expect(readdirSync(join(home, 'elsewhere'))).toEqual([]);
  });

  it('and all others are read as they were written, also in a project that is reached by a link', async () => {
    symlinkSync(project, join(home, 'link'));
    rmSync(join(project, 'cassettes'), { recursive: true });
    expect(await writeCassette(join(home, 'link'), record)).toMatchObject({ ok: true });
    const read = await readCassettes(join(home, 'link'));
    expect(read.ok && [...read.value.values()]).toMatchObject([{ kind: 'model', answer: { text: 'b' } }]);
  });
});
