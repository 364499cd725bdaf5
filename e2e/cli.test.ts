import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync, type Zippable } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Project } from './project';

let project: Project;
beforeEach(() => {
  project = new Project('support-desk');
});
afterEach(() => project.remove());

describe('exit codes', () => {
  it.each([
    [['check', 'support-desk'], 0],
    [['check', 'no-such-folder'], 1],
    [['check'], 2],
    [['chekc', 'support-desk'], 2],
    [['run', 'support-desk', '--for', 'soon'], 2],
    [['simulate', 'support-desk', '--seed', 'x'], 2],
    [['simulate', 'support-desk', '--scenario', 'none'], 1],
    [['run', 'support-desk', '--grant', 'none.json'], 1],
  ])('%j ends with %i', async (args, code) => {
    const answer = await project.prismatic(...args);
    expect(answer.code).toBe(code);
    expect(answer.stderr + answer.stdout).not.toMatch(/\n\s+at .*\(/);
  });
});

describe('input from outside', () => {
  it('is answered line by line, also where a line is wrong', async () => {
    const input = join(project.home, 'in.jsonl');
    writeFileSync(input, [
      '{"to":"desk","protocol":"Triage","operation":"handle","input":{"id":"a","from":"x@y","text":"An invoice please"}}',
      '{"to":"dekc","protocol":"Triage","operation":"handle","input":{}}',
      'no json',
      '{"to":"desk","protocol":"Triage","operation":"handle","input":{"id":7}}',
    ].join('\n'));
    project.write('data/tickets.jsonl', '');
    const { code, lines } = await project.prismatic('run', project.dir, '--input', input, '--json');
    expect(code).toBe(0);
    const replies = lines.filter(({ type }) => type === 'reply').toSorted((a, b) => Number(a['input']) - Number(b['input']));
    expect(replies).toMatchObject([
      { input: 1, ok: true, output: { topic: 'billing' } },
      { input: 2, ok: false, error: { code: 'invalid' } },
      { input: 3, ok: false, error: { code: 'invalid' } },
      { input: 4, ok: false, error: { code: 'invalid' } },
    ]);
    expect(lines.at(-1)).toMatchObject({ inputs: 4, handled: 1, failed: 3, dropped: 0 });
  });
});

describe('new', () => {
  it.each([[[]], [['--example', 'word-count']]])('with %j begins a project that checks and runs', async (flags) => {
    expect((await project.prismatic('new', 'mine', ...flags)).code).toBe(0);
    expect(JSON.parse(readFileSync(join(project.home, 'mine/design.json'), 'utf8'))).toMatchObject({ name: 'mine' });
    expect((await project.prismatic('check', 'mine')).code).toBe(0);
    expect((await project.prismatic('run', 'mine', '--json')).lines.at(-1)).toMatchObject({ ok: true, reason: 'drained' });
  });

  it('writes nothing where something is', async () => {
    mkdirSync(join(project.home, 'mine'));
    writeFileSync(join(project.home, 'mine/a'), 'a');
    expect((await project.prismatic('new', 'mine')).code).toBe(1);
    expect(readdirSync(join(project.home, 'mine'))).toEqual(['a']);
  });

  const link = { os: 3, attrs: (0o120777 << 16) >>> 0 };
  it.each<[string, Zippable]>([
    ['a path out of the folder', { '../evil': strToU8('x') }],
    ['an absolute path', { '/etc/evil': strToU8('x') }],
    ['a device', { 'data/CON.txt': strToU8('x') }],
    ['names that differ in case alone', { 'a.json': strToU8('x'), 'A.json': strToU8('x') }],
    ['a git folder', { '.git/hooks/post-checkout': strToU8('x') }],
    ['output of runs', { '.prismatic/x': strToU8('x') }],
    ['a bomb', { 'data/zeros': new Uint8Array(40e6) }],
    ['a link', { 'data/link': [strToU8('/etc/passwd'), link] }],
    ['a backslash', { 'data\\..\\evil': strToU8('x') }],
  ])('refuses a shared file with %s, and writes nothing', async (_, files) => {
    writeFileSync(join(project.home, 'x.prismatic'), zipSync({ 'design.json': strToU8('{}'), ...files }));
    const { code, stderr } = await project.prismatic('new', 'opened', '--from', 'x.prismatic');
    expect([code, stderr.slice(0, 6)]).toEqual([1, 'NEW003']);
    expect(existsSync(join(project.home, 'opened'))).toBe(false);
    expect(existsSync(join(project.home, 'evil'))).toBe(false);
  });

  it('opens an honest shared file', async () => {
    writeFileSync(join(project.home, 'x.prismatic'), zipSync({ 'design.json': strToU8('{"format":"prismatic/1","name":"x","root":"root","nodes":{"root":{"kind":"supervisor"}}}') }));
    expect((await project.prismatic('new', 'opened', '--from', 'x.prismatic')).code).toBe(0);
    expect((await project.prismatic('check', 'opened')).code).toBe(0);
  });
});
