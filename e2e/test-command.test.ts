/** `prismatic test` as it ships: the examples, two providers under the same tests, and projects that mean no good. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testReport, type TestReport } from '../shared/tests/test-report';
import { openModelServer } from '../main/core/testing/model-server';
import { ModelProject } from './model-project';
import { Project, root } from './project';
import { ToolProject } from './tool-project';
import { SORTERS, writeProject } from './two-sorters';

/** Whole processes, several in a test; on a machine that is busy each takes a while. */
vi.setConfig({ testTimeout: 240_000 });

let project: Project;
beforeEach(() => {
  project = new Project('pool');
});
afterEach(() => project.remove());

type Tested = { readonly code: number; readonly report: TestReport; readonly stdout: string };
async function test(dir: string, ...flags: readonly string[]): Promise<Tested> {
  const { code, lines, stdout } = await project.prismatic('test', dir, '--json', ...flags);
  expect(stdout.trim().split('\n')).toHaveLength(1);
  return { code, report: testReport.parse(lines[0]), stdout };
}
const sorters = (changes: Readonly<Record<string, string>> = {}): string => {
  const dir = join(project.home, 'sorters');
  writeProject(dir, { ...SORTERS, ...changes });
  return dir;
};

describe('the examples', () => {
  it.each(readdirSync(join(root, 'assets/examples')))('%s keeps what its protocols promise', async (name) => {
    const { code, report } = await test(join(root, 'assets/examples', name), '--cases', '40');
    expect(report.providers.flatMap(({ node, tests }) => tests.filter(({ verdict }) => verdict === 'fail').map((one) => ({ node, ...one })))).toEqual([]);
    expect(report.providers.length).toBeGreaterThan(3);
    // Where a person is asked, the answers are made up, and that is said.
    const origins = new Set(report.providers.flatMap(({ tests }) => tests.flatMap(({ heard = [] }) => heard.map(({ node, from }) => `${node} ${from}`))));
    expect([...origins]).toEqual(name === 'research-team' ? ['editor generated'] : []);
    expect(code).toBe(0);
  });

  it('so does the small design that a new one begins as', async () => {
    await project.prismatic('new', 'mine');
    expect((await test('mine', '--cases', '40')).code).toBe(0);
  });
});

describe('two providers of one protocol under the same tests', () => {
  it('the good one passes, the bad one fails with a counterexample that cannot be smaller', async () => {
    const { code, report } = await test(sorters());
    expect(code).toBe(1);
    expect(report.providers.map(({ node, verdict }) => [node, verdict])).toEqual([['careful', 'pass'], ['hasty', 'fail']]);
    const property = report.providers[1]!.tests.find(({ kind }) => kind === 'property')!;
    const [{ numbers }] = property.counterexample as [{ numbers: number[] }];
    expect(numbers).toHaveLength(2);
    expect(numbers.toSorted()).not.toEqual(numbers.toSorted((a, b) => a - b));
    expect(property).toMatchObject({ file: 'tests/sort.ts', message: expect.stringMatching(/^it does not hold: .*\(tests\/sort\.ts:6/) as string });
  });

  it('exchanged for a good one, both pass; the same again says the same, byte for byte', async () => {
    const dir = sorters({ 'handlers/hasty.ts': SORTERS['handlers/careful.ts']! });
    const [first, again] = [await test(dir, '--cases', '20'), await test(dir, '--cases', '20')];
    expect(first).toMatchObject({ code: 0, report: { ok: true, verdict: 'pass' } });
    expect(again.stdout).toBe(first.stdout);
    const other = await test(dir, '--seed', '7', '--node', 'hasty', '--cases', '5');
    expect(other.report).toMatchObject({ seed: 7, providers: [{ node: 'hasty' }] });
  });

  it('for people it says which, why, with what, and how to see it again', async () => {
    const { code, stdout } = await project.prismatic('test', sorters());
    expect(code).toBe(1);
    expect(stdout).toMatch(/^pass {4}careful as Sort$/m);
    expect(stdout).toMatch(/^fail {4}hasty as Sort$/m);
    expect(stdout).toMatch(/^ {10}with: \{"numbers":\[\d+,\d+\]\}$/m);
    expect(stdout).toMatch(/^again: prismatic test \S+ --seed \d+$/m);
  });
});

describe('a provider that asks the world outside', () => {
  const mock = (value: unknown, name = 'answers.json'): string => {
    const file = join(project.home, name);
    writeFileSync(file, JSON.stringify(value));
    return file;
  };
  const team = join(root, 'assets/examples/research-team');

  it('is tested with a mock in the place of who is asked, with the same cases as without', async () => {
    const [generated, mocked] = [await test(team, '--cases', '5', '--node', 'lead'), await test(team, '--cases', '5', '--node', 'lead', '--mock', `editor=${mock([{ reply: { isApproved: true } }])}`)];
    expect(mocked).toMatchObject({ code: 0, report: { verdict: 'pass', mocked: ['editor'], seed: generated.report.seed } });
    expect(mocked.report.program).not.toBe(generated.report.program);
    expect(mocked.report.providers[0]!.tests[0]).toMatchObject({ heard: [{ node: 'editor', from: 'mocked' }] });
    const shown = await project.prismatic('test', team, '--cases', '5', '--node', 'lead', '--mock', `editor=${join(project.home, 'answers.json')}`);
    expect(shown.stdout).toMatch(/^mocked, and not tested: editor$/m);
    expect(shown.stdout).toMatch(/^answers of editor: mocked$/m);
  });

  it('is not tested where the mock is no mock, or stands in for itself', async () => {
    for (const [flags, said] of [
      [['--mock', `editr=${mock([{ reply: { isApproved: true } }])}`], /MOC001.*editr[\s\S]*Did you mean editor\?/],
      [['--mock', `editor=${mock([{ operation: 'approve', reply: { approved: true } }], 'wrong.json')}`], /MOC005/],
      [['--mock', 'editor=nowhere.json'], /MOC003/],
      [['--node', 'editor', '--mock', `editor=${mock([], 'none.json')}`], /TST015/],
      [['--cassettes'], /TST016/],
    ] as const) {
      const { code, stderr, stdout } = await project.prismatic('test', team, '--json', ...flags);
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(said);
    }
  });

  it('reaches neither the model of the person’s registry nor the command of a tool, nor a file', async () => {
    const [models, tools] = [new ModelProject(), new ToolProject()];
    const server = await openModelServer(() => ({ kind: 'text', text: 'live' }));
    try {
      models.providers({ kind: 'openai-compatible', baseUrl: `${server.origin}/v1`, models: { 'm-1': { inputUsd: 0, outputUsd: 0 } } });
      const started = join(tools.home, 'started');
      tools.servers({ sums: { command: process.execPath, args: ['-e', `require('fs').writeFileSync(${JSON.stringify(started)}, '')`] } });
      const [asked, called] = [await models.prismatic('test', models.dir, '--json', '--cases', '20'), await tools.prismatic('test', tools.dir, '--json', '--cases', '20')];
      const [ofModel, ofTool] = [testReport.parse(asked.lines[0]), testReport.parse(called.lines[0])];
      expect([ofModel, ofTool].flatMap(({ providers }) => providers.flatMap(({ node, tests }) => tests.filter(({ verdict }) => verdict !== 'pass').map((one) => ({ node, ...one }))))).toEqual([]);
      expect(ofModel.providers.find(({ node }) => node === 'desk')!.tests[0]!.heard).toEqual([{ node: 'brain', from: 'generated' }]);
      expect(ofTool.providers.find(({ node }) => node === 'sums')!.tests[0]!.heard).toEqual([{ node: 'sums', from: 'generated' }]);
      expect([server.seen.length, existsSync(started), existsSync(join(models.dir, '.prismatic/out'))]).toEqual([0, false, false]);
    } finally {
      await server.close();
      models.remove();
      tools.remove();
    }
  });

  it('is tested against what was recorded in a run, and is told what was not', async () => {
    const models = new ModelProject();
    const server = await openModelServer(() => ({ kind: 'text', text: 'recorded words' }));
    try {
      models.providers({ kind: 'openai-compatible', baseUrl: `${server.origin}/v1`, models: { 'm-1': { inputUsd: 0, outputUsd: 0 } } });
      mkdirSync(join(models.dir, 'tests'));
      models.write('tests/ask.ts', "export const Ask = { async 'says what was recorded'(t) { t.equal((await t.call('ask', { text: 'Hi' })).text, 'recorded words') }, async 'was never asked this'(t) { await t.call('ask', { text: 'Ho' }) } }");
      expect((await models.prismatic('run', models.dir, '--record', '--input', models.inputs(['Hi']), '--grant', await models.grants())).code).toBe(0);
      const seen = server.seen.length;
      const { lines } = await models.prismatic('test', models.dir, '--json', '--cases', '5', '--node', 'desk', '--cassettes');
      const own = testReport.parse(lines[0]).providers[0]!.tests.filter(({ kind }) => kind === 'property');
      expect(own[0]).toMatchObject({ verdict: 'pass', heard: [{ node: 'brain', from: 'recorded' }] });
      expect(own[1]).toMatchObject({ verdict: 'unknown', message: 'no cassette answers this request of brain', missing: { node: 'brain', kind: 'model' } });
      expect(JSON.stringify(own[1]!.missing!.request)).toContain('"Ho"');
      expect(server.seen.length).toBe(seen);
    } finally {
      await server.close();
      models.remove();
    }
  });
});

describe('what keeps tests from being run', () => {
  it.each([
    ['an export that is no protocol', { 'tests/sort.ts': 'export const Sorts = { x() {} }' }, /TST001 {2}tests\/sort\.ts/],
    ['tests that cannot be seen', { 'tests/sort.ts': 'const all = {}; export const Sort = all' }, /TST002 {2}tests\/sort\.ts/],
    ['a type that cannot be erased', { 'tests/sort.ts': 'enum A { B }\nexport const Sort = { x() {} }' }, /HAN002 {2}tests\/sort\.ts:1/],
    ['a package', { 'tests/sort.ts': "import { readFileSync } from 'node:fs'\nexport const Sort = { x() { readFileSync('/etc/passwd') } }" }, /HAN005 {2}tests\/sort\.ts:1/],
    ['an import from outside', { 'tests/sort.ts': "import x from '../../../secret.json'\nexport const Sort = { x() {} }" }, /HAN00[67] {2}tests\/sort\.ts:1/],
  ])('%s', async (_, files, said) => {
    const { code, stderr, stdout } = await project.prismatic('test', sorters(files), '--json');
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(said);
  });

  it('a node that provides nothing, and wrong words', async () => {
    expect(await project.prismatic('test', sorters(), '--node', 'root')).toMatchObject({ code: 1, stderr: expect.stringContaining('TST011') as string });
    for (const flags of [['--seed', 'x'], ['--seed', '2147483648'], ['--cases', '0']]) expect((await project.prismatic('test', sorters(), ...flags)).code).toBe(2);
    expect((await project.prismatic('test', 'no-such-folder')).code).toBe(1);
  });
});

describe('a project that means no good', () => {
  const own = (body: string): Readonly<Record<string, string>> => ({ 'tests/sort.ts': `export const Sort = { async 'the test'(t) { ${body} } }` });
  it.each([
    ['loops', 'for (;;) {}', 'fail'],
    ['loops in a getter of what it throws', 'throw { get name() { for (;;) {} } }', 'fail'],
    ['eats memory', 'const all = []; for (;;) all.push(new Uint8Array(1e6).fill(all.length))', 'fail'],
    ['waits for ever', 'await new Promise(() => {})', 'fail'],
    ['calls without end', 'for (;;) await t.call("sort", { numbers: [] })', 'fail'],
    ['throws what is no error', 'throw Symbol("x")', 'fail'],
    ['breaks what all objects share', 'Object.prototype.then = (done) => done(7); Array.prototype.map = () => { throw 1 }; JSON.stringify = () => "{"; t.equal(1, 2)', 'fail'],
    ['looks for the machine', 'if (typeof process !== "undefined" || typeof require !== "undefined" || typeof fetch !== "undefined") return; throw new Error("nothing there")', 'fail'],
  ])('whose test %s ends in a verdict', async (_, body, verdict) => {
    const { code, report } = await test(sorters(own(body)), '--cases', '5', '--node', 'careful');
    expect([code, report.providers[0]!.tests.find(({ kind }) => kind === 'property')!.verdict]).toEqual([1, verdict]);
    // What stands beside it was judged all the same.
    expect(report.providers[0]!.tests.filter(({ kind }) => kind === 'contract').map((one) => one.verdict)).toEqual(['pass']);
  });

  it('with a schema of ten thousand parts, or one that nothing fits, ends too', async () => {
    const wide = { type: 'object', required: [] as string[], properties: Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`f${index}`, { type: 'string', minLength: index % 5 }])) };
    const protocol = (input: object): Readonly<Record<string, string>> => ({ 'protocols/Sort.json': JSON.stringify({ operations: { sort: { kind: 'call', input } } }), 'tests/sort.ts': 'export const Sort = {}' });
    const open = { 'handlers/careful.ts': 'export const Sort = { sort() { return null } }' };
    expect((await test(sorters({ ...protocol(wide), ...open }), '--cases', '3', '--node', 'careful')).code).toBe(0);
    const { code, report } = await test(sorters({ ...protocol({ type: 'integer', minimum: 2, maximum: 1 }), ...open }), '--node', 'careful');
    expect(code).toBe(3);
    expect(report.providers[0]!.tests[0]).toMatchObject({ verdict: 'unknown', runs: 0 });
  });

  it('with a folder in the place of a test file, or a link that leads out, says so', async () => {
    mkdirSync(join(sorters(), 'tests/more.ts'), { recursive: true });
    expect((await project.prismatic('test', sorters(), '--json')).stderr).toContain('HAN001');
  });
});
