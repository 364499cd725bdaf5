import { existsSync, readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findJson, formatJson } from '../../../shared/design/document';
import { TestClient, TestStudio } from '../project/testing/test-studio';

let studio: TestStudio;
let client: TestClient;
beforeEach(async () => {
  studio = await TestStudio.begin();
  client = new TestClient('w1');
});
afterEach(() => studio.end());

describe('an edit', () => {
  it('is acknowledged, told to every window, and then in the file', async () => {
    const other = new TestClient('w2');
    const dir = studio.folder('p');
    const project = await studio.openWell(dir, client);
    await studio.openWell(dir, other);
    expect(await project.set(['name'], 'greeter', 'welcomer')).toEqual({ ok: true, value: { revision: 1 } });
    for (const one of [client, other]) expect(one.of('project.edited')).toMatchObject([{ revision: 1, kind: 'edit', origin: 'w1', number: 1, history: { edits: 1, undo: 'set name' } }]);
    await project.flush();
    expect(project.design().name).toBe('welcomer');
    expect(project.read('design.json')).toBe(formatJson(project.design()));
  });

  it('is checked, and the report has its revision', async () => {
    const project = await studio.openWell(studio.folder('p'), client);
    await client.until('project.checked', ({ report }) => report.revision === 0 && report.ok);
    await project.set(['root'], 'root', 'nobody');
    const { report } = await client.until('project.checked', (event) => event.report.revision === 1);
    expect(report.ok).toBe(false);
    expect(report.counts.error).toBeGreaterThan(0);
  });

  it('that expects another value is refused with what stands there, and changes nothing', async () => {
    const project = await studio.openWell(studio.folder('p'), client);
    expect(await project.set(['name'], 'somebody', 'x')).toMatchObject({ ok: false, error: { code: 'EDT001' } });
    expect(client.of('project.edited')).toEqual([]);
  });

  it('sent again after a lost answer is made once', async () => {
    const project = await studio.openWell(studio.folder('p'), client);
    const request = { project: project.snapshot.project, edit: { label: 'x', changes: [{ kind: 'set' as const, file: 'design.json', path: ['name'], before: 'greeter', after: 'x' }] }, origin: 'w1', number: 1 };
    const handler = studio.projects.handlers['project.edit'];
    expect(await Promise.all([handler(request, client), handler(request, client)])).toEqual([{ ok: true, value: { revision: 1 } }, { ok: true, value: { revision: 1 } }]);
  });

  it.each([
    ['moves of nodes', 'layout.json', [{ kind: 'file' as const, file: 'layout.json', after: { kind: 'json' as const, value: { views: { tree: { root: { x: 1, y: 2 } } } } } }]],
    ['a handler', 'handlers/greeter.ts', [{ kind: 'text' as const, file: 'handlers/greeter.ts', offset: 0, removed: '', inserted: '// hi\n' }]],
  ])('of %s writes %s and no other file', async (_, file, changes) => {
    const project = await studio.openWell(studio.folder('p'), client);
    const before = Object.fromEntries(['design.json', 'protocols/Greeting.json', 'handlers/greeter.ts'].map((path) => [path, project.read(path)]));
    await project.edit('x', changes);
    await project.flush();
    for (const [path, text] of Object.entries(before)) if (path !== file) expect(project.read(path)).toBe(text);
    expect(existsSync(`${project.dir}/${file}`)).toBe(true);
    expect(readdirSync(project.dir).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

describe('undo', () => {
  it('takes back, and redo brings again, through a restart, with the same bytes', async () => {
    const dir = studio.folder('p');
    let project = await studio.openWell(dir, client);
    const original = formatJson(project.design());
    await project.set(['name'], 'greeter', 'a');
    await project.edit('type', [{ kind: 'set', file: 'design.json', path: ['nodes', 'greeter', 'title'], after: 'H', at: 1 }], 'title');
    await project.edit('type', [{ kind: 'set', file: 'design.json', path: ['nodes', 'greeter', 'title'], before: 'H', after: 'Hi' }], 'title');
    await project.flush();
    const edited = project.read('design.json');
    await studio.restart();
    client = new TestClient('w3');
    project = await studio.openWell(dir, client);
    expect(project.snapshot.history).toEqual({ edits: 3, undo: 'type' });
    await project.undo();
    expect((await project.undo()).ok).toBe(true);
    expect(await project.undo()).toMatchObject({ ok: false, error: { code: 'EDT002' } });
    await project.flush();
    expect(project.read('design.json')).toBe(original);
    await studio.restart();
    project = await studio.openWell(dir, new TestClient('w4'));
    expect(project.snapshot.history).toEqual({ edits: 5, redo: 'set name' });
    await project.redo();
    await project.redo();
    expect(await project.redo()).toMatchObject({ ok: false });
    await project.flush();
    expect(project.read('design.json')).toBe(edited);
  });
});

describe('a project that is open', () => {
  it('says what was done, newest last, and what of it is undone', async () => {
    const project = await studio.openWell(studio.folder('p'), client);
    await project.set(['name'], 'greeter', 'a');
    await project.set(['name'], 'a', 'b');
    await project.undo();
    const history = await studio.projects.handlers['project.history']({ project: project.snapshot.project, count: 10 }, client);
    expect(history.map(({ seq, kind, isUndone }) => [seq, kind, isUndone])).toEqual([[1, 'edit', false], [2, 'edit', true], [3, 'undo', false]]);
    expect(await studio.projects.handlers['project.history']({ project: project.snapshot.project, count: 1 }, client)).toHaveLength(1);
  });

  it('is checked anew only when something has changed, a data file too', async () => {
    const project = await studio.openWell(studio.folder('p'), client);
    const check = () => studio.projects.handlers['project.check']({ project: project.snapshot.project }, client);
    const [first, again] = [await check(), await check()];
    expect(first.ok && again.ok && first.value === again.value).toBe(true);
    project.write('data/names.txt', 'Ada\nGrace\nJoe\nLin\n');
    const changed = await check();
    expect(changed.ok && first.ok && changed.value.program !== first.value.program).toBe(true);
  });

  it('is let go a while after its last window left, not when a page is loaded again', async () => {
    const project = await studio.openWell(studio.folder('p'), client);
    const key = project.snapshot.project;
    studio.projects.leave(client);
    await studio.openWell(project.dir, client);
    studio.passTime();
    expect(studio.projects.find(key)).toBeDefined();
    await studio.projects.handlers['project.close']({ project: key }, client);
    studio.passTime();
    await studio.projects.close();
    expect(studio.projects.find(key)).toBeUndefined();
    await studio.start();
  });

  it('answers no request after that', async () => {
    for (const name of ['project.undo', 'project.redo', 'project.check'] as const) expect(await studio.projects.handlers[name]({ project: 'x' }, client)).toMatchObject({ ok: false, error: { code: 'OPN007' } });
    expect(await studio.projects.handlers['project.open']({ handle: 'made-up' }, client)).toMatchObject({ ok: false, error: { code: 'OPN008' } });
  });
});

describe('the workspace', () => {
  it('makes a project under a free name, opens it, and lists it first', async () => {
    const { handlers } = studio.projects;
    const made = await handlers['project.create']({ from: 'small' }, client);
    const again = await handlers['project.create']({ from: { example: 'word-count' }, name: 'greeter' }, client);
    if (!made.ok || !again.ok) throw new Error('not made');
    expect([made.value.shownPath, again.value.shownPath]).toEqual([`${studio.home}/designs/greeter`, `${studio.home}/designs/greeter-2`]);
    for (const { value } of [made, again]) expect((await handlers['project.open']({ handle: value.handle }, client)).ok).toBe(true);
    const recent = await handlers['workspace.recent']({}, client);
    expect(recent.map(({ name, nodes, isMissing }) => ({ name, nodes, isMissing }))).toMatchObject([{ name: 'greeter', nodes: 9, isMissing: false }, { name: 'greeter', nodes: 4, isMissing: false }]);
    await handlers['workspace.forget']({ handle: recent[0]!.handle }, client);
    expect(await handlers['workspace.recent']({}, client)).toHaveLength(1);
  });

  it('shows the examples with title and first sentence', async () => {
    const examples = await studio.projects.handlers['workspace.examples']({}, client);
    expect(examples).toContainEqual({ name: 'word-count', title: 'word-count', says: 'A text is cut into pieces, three counters on hosts of their own count them, one agent adds up.', nodes: expect.any(Number) as number });
    expect(examples).toHaveLength(5);
  });

  it.each([
    ['a folder that is not there', 'nowhere', 'OPN001'],
    ['a folder without a design', '.', 'OPN002'],
  ])('says what %s lacks', async (_, name, code) => {
    expect(await studio.open(`${studio.home}/${name}`, client)).toMatchObject({ ok: false, error: { code } });
  });

  it('keeps the document the same in memory as in the file', async () => {
    const project = await studio.openWell(studio.folder('p'), client);
    expect(findJson(project.snapshot.document, 'design.json')).toEqual(project.design());
    expect(project.snapshot.otherFiles.map(({ path }) => path)).toEqual(['.gitignore', 'data/names.txt']);
  });
});

describe('an import', () => {
  it('answers with the file and the edit that adds it, and changes nothing itself', async () => {
    const project = await studio.openWell(studio.folder('p'), client);
    const ask = (text: string, name?: string) => studio.projects.handlers['protocol.import']({ project: project.snapshot.project, kind: 'mcp', text, ...(name === undefined ? {} : { name }) }, client);
    const answer = await ask('{"tools":[{"name":"get_weather","inputSchema":{"type":"object"}}]}', 'Weather');
    if (!answer.ok) throw new Error(answer.error.message);
    expect(answer.value).toMatchObject({ file: 'protocols/Weather.json', names: { getWeather: 'get_weather' }, protocol: { operations: { getWeather: { kind: 'call' } } } });
    expect(client.of('project.edited')).toEqual([]);
    expect(await studio.projects.handlers['project.edit']({ project: project.snapshot.project, edit: answer.value.edit, origin: 'w1', number: 1 }, client)).toEqual({ ok: true, value: { revision: 1 } });
    expect(await ask('{"tools":[]}', 'Weather')).toMatchObject({ ok: false, error: { code: 'PRO051' } });
    expect(await ask('tools:', 'Weather')).toMatchObject({ ok: false, error: { code: 'PRO050' } });
    expect(await studio.projects.handlers['protocol.import']({ project: 'x', kind: 'mcp', text: '' }, client)).toMatchObject({ ok: false, error: { code: 'OPN007' } });
  });
});
