/** `--mock node=file`: what stands in for a node in one run of the command line, in a simulation, in a bundle and in the Studio. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Project } from './project';
import { TestStudio } from './studio';

let project: Project;
beforeEach(() => {
  project = new Project('support-desk');
});
afterEach(() => project.remove());

const mock = (value: unknown, name = 'answers.json'): string => {
  writeFileSync(join(project.home, name), typeof value === 'string' ? value : JSON.stringify(value));
  return name;
};
const answered = (): readonly { readonly topic: string }[] => readFileSync(join(project.dir, '.prismatic/out/answers.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { readonly topic: string });

describe('a run with a mock', () => {
  it('is answered by it, says so, and has a hash of its own; the design is as it was', async () => {
    const before = project.read('design.json');
    const plain = (await project.prismatic('check', project.dir, '--json')).lines[0]!;
    const journal = join(project.home, 'journal.jsonl');
    const { code, lines, stderr } = await project.prismatic('run', project.dir, '--mock', `brain=${mock([{ reply: { text: 'technical' } }])}`, '--json', '--journal', journal);
    expect(code).toBe(0);
    expect(new Set(answered().map(({ topic }) => topic))).toEqual(new Set(['technical']));
    expect(stderr).toContain('mocked: brain (scripted)');
    expect(lines.at(-1)!['program']).not.toBe(plain['program']);
    const records = readFileSync(journal, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { readonly type?: string });
    expect(records.filter(({ type }) => type === 'operator')).toMatchObject([{ host: 'core', action: 'mock scripted', target: 'brain' }]);
    expect(project.read('design.json')).toBe(before);
  }, 60_000);

  it('may have several, of any kind; the supervision around them is as drawn', async () => {
    const faults = { format: 'prismatic-mock/1', kind: 'faults', faults: [{ kind: 'garbage', rate: 0.05 }], answers: { kind: 'scripted', rules: [{ reply: { text: 'mocked' } }] } };
    const { code, lines } = await project.prismatic('run', project.dir, '--mock', `general=${mock(faults)}`, '--mock', `brain=${mock({ format: 'prismatic-mock/1', kind: 'generated' }, 'made-up.json')}`, '--json');
    // Made-up words are no topics, so all go to `general`, which crashes now and then and is started again.
    expect(code).toBe(0);
    expect(new Set(answered().map(({ topic }) => topic))).toEqual(new Set(['general']));
    expect(Number(lines.at(-1)!['restarts'])).toBeGreaterThanOrEqual(1);
  }, 60_000);

  it.each<[string, () => readonly string[], RegExp]>([
    ['MOC001', () => ['--mock', `brian=${mock([])}`], /Did you mean brain\?/],
    ['MOC002', () => ['--mock', `tickets=${mock([])}`], /answers nothing/],
    ['MOC003', () => ['--mock', 'brain=nothing.json'], /there is no such file/],
    ['MOC003', () => ['--mock', `brain=${mock('{ "a": ')}`], /can't be read/],
    ['MOC004', () => ['--mock', `brain=${mock({ kind: 'generated' })}`], /prismatic-mock\/1/],
    ['MOC005', () => ['--mock', `brain=${mock([{ operation: 'complete', reply: { words: 'x' } }])}`], /rule 1 of the mock of brain does not fit complete/],
    ['MOC006', () => ['--mock', mock([])], /names no node and file/],
    ['MOC006', () => ['--mock', `brain=${mock([])}`, '--mock', 'brain=answers.json'], /mocked twice/],
  ])('%s is told before anything runs', async (code, flags, words) => {
    const answer = await project.prismatic('run', project.dir, ...flags());
    expect([answer.code, answer.stderr.slice(0, 6)]).toEqual([1, code]);
    expect(answer.stderr).toMatch(words);
  });
});

it('a simulation takes the same, byte for byte again', async () => {
  const flags = ['--mock', `brain=${mock([{ reply: { text: 'technical' } }])}`, '--json'];
  const [one, other, plain] = [await project.prismatic('simulate', project.dir, ...flags), await project.prismatic('simulate', project.dir, ...flags), await project.prismatic('simulate', project.dir, '--json')];
  expect(one.stdout).toBe(other.stdout);
  expect(one.lines[0]!['journalHash']).not.toBe(plain.lines[0]!['journalHash']);
}, 60_000);

it('a bundle takes the same', async () => {
  const out = join(project.home, 'bundle');
  expect((await project.prismatic('export', project.dir, '--target', 'node', '--out', out)).code).toBe(0);
  const file = join(project.home, mock([{ reply: { text: 'technical' } }]));
  execFileSync(process.execPath, [join(out, 'main.mjs'), '--mock', `brain=${file}`, '--out', join(project.dir, '.prismatic/out'), '--data-dir', join(project.home, 'data')], { env: {}, stdio: 'pipe' });
  expect(new Set(answered().map(({ topic }) => topic))).toEqual(new Set(['technical']));
}, 60_000);

it('a run of the Studio takes mocks, tells them, and keeps them through an edit', async () => {
  const studio = await TestStudio.begin('support-desk');
  try {
    const window = studio.attach('window');
    const ask = studio.runs.handlers;
    const capabilities = await ask['run.capabilities']({ project: 'project-1' }, window);
    if (!capabilities.ok) throw new Error(capabilities.error.message);
    const confirmed = capabilities.value.hash;
    expect(await ask['run.start']({ project: 'project-1', confirmed, mocks: { brian: { kind: 'generated' } } }, window)).toMatchObject({ ok: false, error: { code: 'MOC001' } });
    const started = await ask['run.start']({ project: 'project-1', confirmed, mocks: { brain: { kind: 'scripted', rules: [{ reply: { text: 'technical' } }] } } }, window);
    expect(started).toMatchObject({ ok: true, value: { mocked: ['brain'], isEditedSince: false } });
    if (!started.ok) return;
    const { run } = started.value;
    await window.hears('run.state', ({ isDrained }) => isDrained);
    const telemetry = await window.hears('run.telemetry', ({ agents }) => agents.some(({ mocked }) => mocked === 'scripted'));
    expect(telemetry.agents.filter(({ mocked }) => mocked !== undefined).map(({ node }) => node)).toEqual(['brain']);
    studio.edit('design.json', (text) => text.replace('"maxRestarts": 5', '"maxRestarts": 6'));
    await window.hears('run.state', ({ isEditedSince }) => isEditedSince);
    expect(await ask['run.apply']({ run }, window)).toMatchObject({ ok: true });
    expect(await ask['run.current']({ project: 'project-1' }, window)).toMatchObject({ mocked: ['brain'], isEditedSince: false });
    const sent = await ask['run.send']({ run, node: 'desk', protocol: 'Triage', operation: 'handle', input: { id: 'x', from: 'a@b', text: 'an invoice' } }, window);
    expect(sent).toMatchObject({ ok: true, value: { output: { topic: 'technical' } } });
  } finally {
    await studio.close();
  }
}, 60_000);
