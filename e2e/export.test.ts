/** An exported example in an empty place: the same result as `run`, twice the same bytes, nothing of the Studio needed. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Project } from './project';

let project: Project;
const places: string[] = [];
afterEach(() => {
  project.remove();
  for (const place of places.splice(0)) rmSync(place, { recursive: true, force: true });
});

const filesOf = (folder: string): ReadonlyMap<string, string> =>
  new Map(readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile()).toSorted().map((name) => [name, readFileSync(join(folder, name), 'base64')]));
const lastLine = (stdout: string): Record<string, unknown> => {
  const { wallMs: _, ...result } = JSON.parse(stdout.trim().split('\n').at(-1)!) as Record<string, unknown>;
  return result;
};

describe.each([['word-count', []], ['log-watch', ['--for', '12s']], ['support-desk', []], ['research-team', []]])('%s, exported', (example, flags) => {
  it('gives the same result as run, from an empty place, and the same bytes twice', async () => {
    project = new Project(example);
    // Few enough lines that all are done long before the time is over, also on a busy machine: both runs then see the same.
    if (example === 'log-watch') project.write('data/app.log', readFileSync(join(project.dir, 'data/app.log'), 'utf8').split('\n').slice(0, 80).join('\n'));
    const ran = await project.prismatic('run', project.dir, '--json', ...flags);
    const out = join(project.home, 'bundle');
    expect((await project.prismatic('export', project.dir, '--target', 'node', '--out', out)).code).toBe(0);
    const once = filesOf(out);
    expect((await project.prismatic('export', project.dir, '--target', 'node', '--out', out)).code).toBe(0);
    expect(filesOf(out)).toEqual(once);
    expect([...once.values()].reduce((sum, content) => sum + content.length * 0.75, 0)).toBeLessThan(5e6);
    const elsewhere = mkdtempSync(join(tmpdir(), 'elsewhere-'));
    places.push(elsewhere);
    renameSync(out, join(elsewhere, 'moved'));
    rmSync(project.dir, { recursive: true });
    const stdout = execFileSync(process.execPath, [join(elsewhere, 'moved/main.mjs'), '--json', '--data-dir', join(elsewhere, 'data'), ...flags], { cwd: elsewhere, env: {}, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const [there, here] = [lastLine(stdout), lastLine(ran.stdout)];
    // The malformed line is tried again: whether its second attempt meets the parser, or nobody while it is restarted, is a matter of time.
    if (example === 'log-watch') for (const result of [there, here]) result['restarts'] = Number(result['restarts']) >= 1;
    expect(there).toEqual(here);
  }, 120_000);
});

describe('an export', () => {
  it('does not run with a program that was changed', async () => {
    project = new Project('support-desk');
    const out = join(project.home, 'bundle');
    await project.prismatic('export', project.dir, '--target', 'node', '--out', out);
    writeFileSync(join(out, 'program.json'), readFileSync(join(out, 'program.json'), 'utf8').replace('billing', 'billinX'));
    expect(() => execFileSync(process.execPath, [join(out, 'main.mjs')], { env: {}, stdio: 'pipe' })).toThrow('EXP003');
  });

  it('is not written over something else', async () => {
    project = new Project('support-desk');
    const { code, stderr } = await project.prismatic('export', project.dir, '--target', 'node', '--out', project.dir);
    expect([code, stderr.slice(0, 6)]).toEqual([1, 'EXP001']);
  });
});
