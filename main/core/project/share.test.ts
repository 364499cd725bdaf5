import { mkdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readShared } from '../shared-file';
import { toFolderName } from './new-place';
import { describeReadme } from './examples';
import { TestClient, TestStudio, type TestProject } from './testing/test-studio';

let studio: TestStudio;
let client: TestClient;
let project: TestProject;
beforeEach(async () => {
  studio = await TestStudio.begin();
  client = new TestClient('w1');
  project = await studio.openWell(studio.folder('p'), client);
});
afterEach(() => studio.end());

const share = async (): Promise<Uint8Array> => {
  const shared = await studio.projects.handlers['project.share']({ project: project.snapshot.project }, client);
  if (!shared.ok || !('base64' in shared.value)) throw new Error(JSON.stringify(shared));
  expect(shared.value.name).toBe('p.prismatic');
  return Buffer.from(shared.value.base64, 'base64');
};
const pathsIn = (bytes: Uint8Array): readonly string[] => {
  const read = readShared(bytes);
  if (!read.ok) throw new Error(read.error.message);
  return [...read.value.keys()];
};

describe('a project that is shared', () => {
  it('is the same file for the same files, whenever they were written', async () => {
    const first = await share();
    utimesSync(join(project.dir, 'design.json'), 1, 1);
    expect(Buffer.compare(await share(), first)).toBe(0);
    expect(pathsIn(first)).toEqual([...pathsIn(first)].toSorted());
  });

  it('holds acknowledged edits, and no link, database, hidden folder of git or output of a run', async () => {
    await project.set(['name'], 'greeter', 'shared');
    for (const folder of ['.git', '.prismatic/out', 'node_modules/x', 'cassettes']) mkdirSync(join(project.dir, folder), { recursive: true });
    for (const path of ['.git/config', '.prismatic/out/a.log', 'node_modules/x/index.js', 'data/run.db', 'data/run.db-wal', 'cassettes/a.json']) writeFileSync(join(project.dir, path), 'x');
    symlinkSync('/etc/passwd', join(project.dir, 'data/passwd'));
    const bytes = await share();
    expect(pathsIn(bytes)).toEqual(['.gitignore', 'cassettes/a.json', 'data/names.txt', 'design.json', 'handlers/greeter.ts', 'protocols/Greeting.json', 'protocols/Screen.json']);
    const read = readShared(bytes);
    expect(read.ok && Buffer.from(read.value.get('design.json')!).toString()).toContain('"name": "shared"');
  });

  it('goes to a file and comes back as a project of its own', async () => {
    const { handlers } = studio.projects;
    const to = studio.handles.give(join(studio.home, 'sent'));
    expect(await handlers['project.share']({ project: project.snapshot.project, to }, client)).toEqual({ ok: true, value: { shownPath: join(studio.home, 'sent.prismatic') } });
    const opened = await handlers['project.openShared']({ file: studio.handles.give(join(studio.home, 'sent.prismatic')) }, client);
    expect(opened).toMatchObject({ ok: true, value: { shownPath: join(studio.home, 'designs/sent') } });
    expect(readFileSync(join(studio.home, 'designs/sent/design.json'), 'utf8')).toBe(project.read('design.json'));
    const again = await handlers['project.openShared']({ file: { name: '../../sent.prismatic', base64: readFileSync(join(studio.home, 'sent.prismatic')).toString('base64') } }, client);
    expect(again).toMatchObject({ ok: true, value: { shownPath: join(studio.home, 'designs/sent-2') } });
    expect(await handlers['project.openShared']({ file: { name: 'x', base64: 'AAAA' } }, client)).toMatchObject({ ok: false, error: { code: 'NEW003' } });
  });

  it('with a name that could not be opened elsewhere is refused with that name', async () => {
    writeFileSync(join(project.dir, 'data/con.txt'), 'x');
    expect(await studio.projects.handlers['project.share']({ project: project.snapshot.project }, client)).toMatchObject({ ok: false, error: { code: 'SHR001', message: expect.stringContaining('data/con.txt') as string } });
  });
});

describe('a name for a new folder', () => {
  it.each([
    ['My System!', 'My-System'],
    ['../../etc', 'etc'],
    ['.hidden', 'hidden'],
    ['Größe 2', 'Größe-2'],
    ['con', 'design'],
    ['', 'design'],
    ['...', 'design'],
    ['a/b\\c:d', 'a-b-c-d'],
  ])('made of %j is %s', (given, expected) => expect(toFolderName(given)).toBe(expected));
});

describe('what a README says first', () => {
  it.each([
    ['# log\n\nFollows a log, e.g. `app.log`. And more.\n', { title: 'log', says: 'Follows a log, e.g. app.log.' }],
    ['no title, no end', { title: 'x', says: 'no title, no end' }],
    ['', { title: 'x', says: '' }],
  ])('is title and first sentence of %j', (readme, expected) => expect(describeReadme(readme, 'x')).toEqual(expected));
});
