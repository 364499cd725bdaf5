import { execFileSync } from 'node:child_process';
import { renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findFile, findJson, findText, formatJson } from '../../../shared/design/document';
import type { Json } from '../../../shared/json/json';
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

const outside = () => client.until('project.edited', ({ kind }) => kind === 'outside');
const withName = (name: string): string => formatJson({ ...project.design(), name });

describe('a change from outside while a project is open', () => {
  it('of a field is one undoable edit of that field', async () => {
    project.write('design.json', withName('theirs'));
    expect((await outside()).edit).toMatchObject({ label: 'change from outside: design.json', changes: [{ kind: 'set', path: ['name'], before: 'greeter', after: 'theirs' }] });
    await project.undo();
    await project.flush();
    expect(project.design().name).toBe('greeter');
  });

  it('of a handler is one piece of text', async () => {
    const text = project.read('handlers/greeter.ts');
    project.write('handlers/greeter.ts', text.replace('Hello', 'Welcome'));
    expect((await outside()).edit.changes).toMatchObject([{ kind: 'text', removed: 'Hello', inserted: 'Welcome' }]);
  });

  it('of many files at once, as a checkout makes it, is one edit', async () => {
    project.write('design.json', withName('theirs'));
    project.write('handlers/other.ts', 'export const x = 1;\n');
    rmSync(join(project.dir, 'protocols/Screen.json'));
    const { edit } = await outside();
    expect(edit.changes.map(({ file }) => file)).toEqual(['design.json', 'handlers/other.ts', 'protocols/Screen.json']);
    await project.undo();
    await project.flush();
    expect(project.read('protocols/Screen.json')).toContain('Shows a text');
  });

  it('by git, which checks out another branch, is one edit, and none comes of its going back', async () => {
    const git = (...args: readonly string[]): unknown => execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'init.defaultBranch=main', ...args], { cwd: project.dir, stdio: 'pipe' });
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'one');
    git('checkout', '-qb', 'other');
    project.write('design.json', withName('theirs'));
    project.write('handlers/other.ts', '// other\n');
    git('add', '.');
    git('commit', '-qm', 'two');
    await outside();
    git('checkout', '-q', 'main');
    const { edit } = await client.until('project.edited', ({ edit: { changes } }) => changes.some((change) => change.kind === 'file' && change.after === undefined));
    expect(edit.changes.map(({ file }) => file)).toEqual(['design.json', 'handlers/other.ts']);
    await project.flush();
    expect(execFileSync('git', ['status', '--porcelain'], { cwd: project.dir, encoding: 'utf8' })).toBe('');
  });

  it('that comes while an edit waits for its file is never written over, not even for a moment', async () => {
    await project.set(['name'], 'greeter', 'mine');
    project.write('handlers/greeter.ts', project.read('handlers/greeter.ts').replace('Hello', 'Welcome'));
    const file = join(project.dir, 'handlers/greeter.ts');
    const { ino } = statSync(file);
    await project.flush();
    expect([project.design().name, project.read('handlers/greeter.ts').includes('Welcome')]).toEqual(['mine', true]);
    // Each of our writes makes another file of the name.
    expect(statSync(file).ino).toBe(ino);
  });

  it('in a folder that has just come is seen', async () => {
    project.write('scenarios/deep/one.json', '{}\n');
    expect((await outside()).edit.changes).toMatchObject([{ kind: 'file', file: 'scenarios/deep/one.json' }]);
    project.write('scenarios/deep/two.json', '{}\n');
    await client.until('project.edited', ({ edit }) => edit.changes.some(({ file }) => file === 'scenarios/deep/two.json'));
  });

  it('by an editor that saves through a rename is a change of text, not a file gone and come', async () => {
    rmSync(join(project.dir, 'handlers/greeter.ts'));
    project.write('new.tmp', '// new\n');
    renameSync(join(project.dir, 'new.tmp'), join(project.dir, 'handlers/greeter.ts'));
    const { edit } = await outside();
    expect(edit.changes.map(({ kind }) => kind)).toEqual(['text']);
  });

  it('that is half written is read again until it is whole', async () => {
    const whole = withName('theirs');
    project.write('design.json', whole.slice(0, 40));
    await studio.projects.find(project.snapshot.project)!.flush();
    await new Promise((resolve) => setTimeout(resolve, 100));
    project.write('design.json', whole);
    expect((await outside()).edit.changes).toMatchObject([{ kind: 'set', path: ['name'], after: 'theirs' }]);
  });

  it('of our own is none', async () => {
    await project.set(['name'], 'greeter', 'mine');
    await project.flush();
    await project.now();
    await project.set(['name'], 'mine', 'mine-too');
    await project.flush();
    expect(client.of('project.edited').map(({ kind }) => kind)).toEqual(['edit', 'edit']);
  });

  it('that breaks design.json is kept as text, said, and JSON again once it is mended outside', async () => {
    project.write('design.json', '{ "name": broken');
    const { edit } = await outside();
    expect(edit.changes).toMatchObject([{ kind: 'file', before: { kind: 'json' }, after: { kind: 'text', text: '{ "name": broken' } }]);
    await client.until('project.checked', ({ report }) => report.diagnostics.some(({ code }) => code === 'PRJ003'));
    project.write('design.json', '{"name": "mended"}');
    await client.until('project.edited', ({ revision }) => revision === 2);
    expect(findJson((await project.now()).document, 'design.json')).toEqual({ name: 'mended' });
  });

  it('that broke design.json is mended by an edit of its text, too', async () => {
    project.write('design.json', '{"name": broken}');
    await outside();
    await project.edit('mend', [{ kind: 'text', file: 'design.json', offset: 9, removed: 'broken', inserted: '"mended"' }]);
    await client.until('project.edited', ({ revision }) => revision === 3);
    expect(findFile((await project.now()).document, 'design.json')).toEqual({ kind: 'json', value: { name: 'mended' } });
  });

  it('and an edit that is not written yet are joined, field by field', async () => {
    const edited = project.set(['nodes', 'greeter', 'title'], undefined, 'Mine');
    project.write('design.json', withName('theirs'));
    await edited;
    await outside();
    await project.flush();
    expect(project.design()).toMatchObject({ name: 'theirs', nodes: { greeter: { title: 'Mine' } } });
  });

  it('right before an edit is written is not written over', async () => {
    await project.set(['nodes', 'greeter', 'title'], undefined, 'Mine');
    project.write('design.json', withName('theirs'));
    await project.flush();
    expect(project.design()).toMatchObject({ name: 'theirs', nodes: { greeter: { title: 'Mine' } } });
  });

  it.each(['mine', 'theirs'] as const)('and an edit of the same field are kept both, until %s is chosen', async (keep) => {
    const edited = project.set(['nodes', 'greeter', 'title'], undefined, 'Mine');
    const design = project.design();
    project.write('design.json', formatJson({ ...design, nodes: { ...design.nodes, greeter: { ...design.nodes['greeter'], title: 'Theirs' } } }));
    await edited;
    const { conflicts } = await client.until('project.conflicts');
    expect(conflicts).toMatchObject([{ file: 'design.json', node: 'greeter', field: 'title', mine: 'Mine', theirs: 'Theirs' }]);
    const { report } = await client.until('project.checked', (event) => event.report.diagnostics.some(({ code }) => code === 'MRG001'));
    expect(report.diagnostics.find(({ code }) => code === 'MRG001')).toMatchObject({ severity: 'warning', at: { node: 'greeter', field: 'title' }, got: { mine: 'Mine', theirs: 'Theirs' } });
    // Also after a restart.
    await studio.restart();
    project = await studio.openWell(project.dir, client);
    expect(project.snapshot.conflicts).toEqual(conflicts);
    expect((await project.resolve(conflicts[0]!.id, keep)).ok).toBe(true);
    await project.flush();
    expect(project.design().nodes['greeter']!['title']).toBe(keep === 'mine' ? 'Mine' : 'Theirs');
    expect((await project.now()).conflicts).toEqual([]);
    expect(await project.resolve(conflicts[0]!.id, keep)).toMatchObject({ ok: false, error: { code: 'EDT005' } });
    // Whichever was chosen, undo brings the other.
    await project.undo();
    await project.flush();
    expect(project.design().nodes['greeter']!['title']).toBe(keep === 'mine' ? 'Theirs' : 'Mine');
  });

  it('that takes the whole folder away loses nothing, and edits are written once it is back', async () => {
    renameSync(project.dir, `${project.dir}-away`);
    expect((await project.set(['name'], 'greeter', 'mine')).ok).toBe(true);
    expect((await client.until('project.unsaved')).reason).toContain('ENOENT');
    renameSync(`${project.dir}-away`, project.dir);
    await client.until('project.unsaved', ({ reason }) => reason === null);
    expect(project.design().name).toBe('mine');
    expect(client.of('project.edited').map(({ kind }) => kind)).toEqual(['edit']);
  });
});

describe('a change from outside while a project is closed', () => {
  const reopen = async (): Promise<void> => {
    await studio.start();
    client = new TestClient('w2');
    project = await studio.openWell(project.dir, client);
  };
  const designNow = (): Json | undefined => findJson(project.snapshot.document, 'design.json');

  it('is one undoable edit', async () => {
    await studio.projects.close();
    project.write('design.json', withName('theirs'));
    await reopen();
    expect(designNow()).toMatchObject({ name: 'theirs' });
    expect(project.snapshot.history.undo).toBe('change from outside: design.json');
    await project.undo();
    await project.flush();
    expect(project.design().name).toBe('greeter');
  });

  it('of nothing but spaces and order in a text is no edit of JSON, and stays as it is', async () => {
    await studio.projects.close();
    const compact = JSON.stringify(project.design());
    project.write('design.json', compact);
    await reopen();
    expect(project.snapshot.history.edits).toBe(0);
    await project.flush();
    expect(project.read('design.json')).toBe(compact);
  });

  it('that took a file away is an edit that undo takes back', async () => {
    await studio.projects.close();
    rmSync(join(project.dir, 'handlers/greeter.ts'));
    await reopen();
    expect(findText(project.snapshot.document, 'handlers/greeter.ts')).toBeUndefined();
    await project.undo();
    await project.flush();
    expect(project.read('handlers/greeter.ts')).toContain('Greeting');
  });
});
