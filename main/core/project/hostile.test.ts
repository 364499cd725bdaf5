import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Change } from '../../../shared/design/edits/edit';
import { MOST_TEXT_BYTES } from '../../../shared/design/project-files';
import { TestClient, TestStudio, type TestProject } from './testing/test-studio';

let studio: TestStudio;
let client: TestClient;
let dir = '';
beforeEach(async () => {
  studio = await TestStudio.begin();
  client = new TestClient('w1');
  dir = studio.folder('p');
});
afterEach(() => studio.end());

const open = (): Promise<TestProject> => studio.openWell(dir, client);
const others = (project: TestProject): readonly string[] => project.snapshot.otherFiles.map(({ path }) => path);
const text = (file: string, inserted = 'x'): Change => ({ kind: 'file', file, after: { kind: 'text', text: inserted } });

describe('a folder of somebody else', () => {
  it.each<[string, (secret: string) => void]>([
    ['handlers/stolen.ts', (secret) => symlinkSync(join(secret, 'key.ts'), join(dir, 'handlers/stolen.ts'))],
    ['prompts', (secret) => symlinkSync(secret, join(dir, 'prompts'))],
    ['layout.json', (secret) => symlinkSync(join(secret, 'key.json'), join(dir, 'layout.json'))],
    ['handlers/deep', (secret) => symlinkSync(secret, join(dir, 'handlers/deep'))],
  ])('with a link %s that leads out is opened without it, and nothing is written through it', async (path, make) => {
    const secret = join(studio.home, 'secret');
    mkdirSync(secret);
    writeFileSync(join(secret, 'key.ts'), 'SECRET');
    writeFileSync(join(secret, 'key.json'), '{"key":"SECRET"}');
    make(secret);
    const project = await open();
    expect(JSON.stringify(project.snapshot.document)).not.toContain('SECRET');
    expect(others(project)).toContain(path);
    const target = path.includes('.') ? path : `${path}/new.${path === 'prompts' ? 'md' : 'ts'}`;
    const written = await project.edit('x', [path.endsWith('.json') ? { kind: 'file', file: target, after: { kind: 'json', value: {} } } : text(target)]);
    expect(written.ok).toBe(false);
    await project.flush();
    expect(readdirSync(secret).toSorted()).toEqual(['key.json', 'key.ts']);
    expect([readFileSync(join(secret, 'key.ts'), 'utf8'), readFileSync(join(secret, 'key.json'), 'utf8')]).toEqual(['SECRET', '{"key":"SECRET"}']);
  });

  it('in which a folder becomes a link after the opening writes nothing through it, and keeps the edit', async () => {
    const project = await open();
    const secret = join(studio.home, 'secret');
    mkdirSync(secret);
    await project.edit('x', [text('prompts/a.md')]);
    symlinkSync(secret, join(dir, 'prompts'));
    expect((await client.until('project.unsaved')).reason).toContain('prompts');
    expect(readdirSync(secret)).toEqual([]);
    rmSync(join(dir, 'prompts'));
    await client.until('project.unsaved', ({ reason }) => reason === null);
    expect(project.read('prompts/a.md')).toBe('x');
  });

  it.skipIf(process.platform === 'win32')('with a pipe instead of a file does not wait for it', async () => {
    execFileSync('mkfifo', [join(dir, 'handlers/pipe.ts')]);
    expect(others(await open())).toContain('handlers/pipe.ts');
  });

  it.each([
    ['a text that is too large', 'handlers/large.ts', Buffer.alloc(MOST_TEXT_BYTES + 1, 'x')],
    ['a text that is no UTF-8', 'handlers/latin.ts', Buffer.from([0x2f, 0x2f, 0xe9, 0x0a])],
    ['a database', 'data/run.db', Buffer.from('SQLite format 3\u0000')],
    ['a database among the handlers', 'handlers/run.sqlite3', Buffer.from('SQLite format 3\u0000')],
    ['a name with a space', 'handlers/a b.ts', Buffer.from('x')],
    ['a name that goes the other way', 'handlers/a\u202ets.ts', Buffer.from('x')],
    ['a name with a line break', 'handlers/a\nb.ts', Buffer.from('x')],
    ['a hidden file', 'handlers/.env', Buffer.from('x')],
  ])('with %s lists it and reads nothing of it', async (_, path, bytes) => {
    mkdirSync(join(dir, path, '..'), { recursive: true });
    writeFileSync(join(dir, path), bytes);
    const project = await open();
    expect(project.snapshot.otherFiles).toContainEqual({ path, bytes: bytes.length });
    expect(Object.keys(project.snapshot.document.files)).not.toContain(path);
  });

  it.each([
    ['a prototype key', '{"format":"prismatic/1","__proto__":{"polluted":true}}'],
    ['a constructor key', '{"nodes":{"constructor":{"prototype":{"polluted":true}}}}'],
    ['a key twice', '{"name":"a","name":"b"}'],
    ['a nesting of 100,000', '['.repeat(100_000)],
    ['a number beyond all', '{"a":1e999}'],
    ['nothing in it', ''],
    ['zero bytes', '\u0000'.repeat(100)],
  ])('with %s in design.json opens, keeps the bytes, and says what is wrong', async (_, broken) => {
    writeFileSync(join(dir, 'design.json'), broken);
    const project = await open();
    expect(project.snapshot.document.files['design.json']).toEqual({ kind: 'text', text: broken });
    const { report } = await client.until('project.checked');
    expect(report.ok).toBe(false);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(readFileSync(join(dir, 'design.json'), 'utf8')).toBe(broken);
  });

  it.each<[string, () => void, string]>([
    ['more entries than are read', () => Array.from({ length: 10_001 }, (_, index) => writeFileSync(join(dir, `handlers/${index}.txt`), '')), 'OPN005'],
    ['a design.json that is too large', () => writeFileSync(join(dir, 'design.json'), Buffer.alloc(20 * 1024 * 1024 + 1, ' ')), 'OPN004'],
    ['a design.json that is a folder', () => (rmSync(join(dir, 'design.json')), mkdirSync(join(dir, 'design.json'))), 'OPN002'],
    ['a design.json that is a link', () => (rmSync(join(dir, 'design.json')), symlinkSync('/etc/passwd', join(dir, 'design.json'))), 'OPN002'],
  ])('with %s is refused with a reason', async (_, make, code) => {
    make();
    expect(await studio.open(dir, client)).toMatchObject({ ok: false, error: { code } });
  });

  it('with folders without end in data/ is listed as far as is looked', async () => {
    mkdirSync(join(dir, 'data', ...Array.from({ length: 200 }, () => 'd')), { recursive: true });
    Array.from({ length: 12_000 }, (_, index) => writeFileSync(join(dir, `data/${index}.txt`), ''));
    expect((await open()).snapshot.otherFiles.length).toBeLessThanOrEqual(10_000);
  });

  it('is opened without a process started or a file written beside it', async () => {
    writeFileSync(join(dir, 'handlers/greeter.ts'), `import('node:fs').then((fs) => fs.writeFileSync('${studio.home}/ran', 'x')); throw new Error('ran');`);
    mkdirSync(join(dir, '.git/hooks'), { recursive: true });
    writeFileSync(join(dir, '.git/hooks/post-checkout'), `#!/bin/sh\ntouch ${studio.home}/ran\n`, { mode: 0o755 });
    const before = readdirSync(dir, { recursive: true, encoding: 'utf8' }).toSorted();
    await open();
    await client.until('project.checked');
    expect(existsSync(join(studio.home, 'ran'))).toBe(false);
    expect(readdirSync(dir, { recursive: true, encoding: 'utf8' }).toSorted()).toEqual(before);
  });
});

describe('an edit that could not be opened or written again', () => {
  let deep: Change = { kind: 'set', file: 'design.json', path: ['deep'], after: 1 };
  for (let depth = 0; depth < 64; depth += 1) deep = { ...deep, after: [(deep as { readonly after: number }).after] };
  it.each<[string, Change]>([
    ['makes a text too large', text('handlers/large.ts', 'x'.repeat(MOST_TEXT_BYTES + 1))],
    ['nests too deep', deep],
    ['makes a file below a file', text('handlers/greeter.ts/x.ts')],
    ['makes a file of a folder', { kind: 'file', file: 'handlers/sub', after: { kind: 'text', text: '' } }],
    ['differs from another file by capitals', text('handlers/Greeter.ts')],
    ['puts JSON into a text', { kind: 'file', file: 'handlers/x.ts', after: { kind: 'json', value: {} } }],
    ['leaves the project', text('handlers/../../x.ts')],
  ])('is refused: it %s', async (_, change) => {
    const project = await open();
    expect(await project.edit('x', [change])).toMatchObject({ ok: false, error: { code: 'EDT003' } });
    expect(client.of('project.edited')).toEqual([]);
  });
});
