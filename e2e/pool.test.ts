/** The example `pool`: a dynamic supervisor, called over a wire, whose children come and go with the load. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { JournalRecord } from '../shared/journal/record';
import { Project, startRun } from './project';

let project: Project;
afterEach(() => project.remove());

type Shown = { readonly workers: number; readonly waiting: number; readonly done: number };
const shownIn = (lines: readonly Record<string, unknown>[]): readonly Shown[] => lines.filter(({ type, node }) => type === 'output' && node === 'screen').map(({ value }) => value as Shown);
const jobs = (count: number): string => Array.from({ length: count }, (_, index) => JSON.stringify({ id: `job-${index}`, ms: 30 })).join('\n');

function expectWave(shown: readonly Shown[], done: number): void {
  const sizes = shown.map(({ workers }) => workers);
  const top = sizes.indexOf(Math.max(...sizes));
  expect(sizes[top]).toBeGreaterThanOrEqual(4);
  expect(sizes.slice(0, top + 1)).toEqual(sizes.slice(0, top + 1).toSorted((a, b) => a - b));
  expect(sizes.slice(top)).toEqual(sizes.slice(top).toSorted((a, b) => b - a));
  expect(shown.at(-1)).toEqual({ workers: 0, waiting: 0, done });
}

describe('pool', () => {
  it('grows while jobs wait, shrinks to nothing, and every copy is a process of its own name on the template’s host', async () => {
    project = new Project('pool');
    project.write('data/jobs.jsonl', jobs(120));
    const journal = join(project.home, 'journal.jsonl');
    const { code, lines } = await project.prismatic('run', project.dir, '--json', '--journal', journal);
    expect(code).toBe(0);
    expectWave(shownIn(lines), 120);
    expect(lines.at(-1)).toMatchObject({ type: 'result', ok: true, reason: 'drained', inputs: 120, handled: 120, restarts: 0, dropped: 0 });
    const records = readFileSync(journal, 'utf8').trim().split('\n').slice(1).map((line) => JSON.parse(line) as JournalRecord);
    const copies = records.flatMap((record) => (record.type === 'process.started' && record.node.startsWith('team/') ? [`${record.host} ${record.node}`] : []));
    expect(copies.length).toBeGreaterThanOrEqual(4);
    expect(copies).toEqual(copies.map((_, index) => `worker team/worker-${index + 1}`));
  }, 60_000);

  it('goes on with what each worker had in hand when the host of all is killed, and counts that once', async () => {
    project = new Project('pool');
    project.write('data/jobs.jsonl', jobs(150));
    const running = await startRun(project);
    for (let counts = await running.store.counts(); counts.handled < 100; counts = await running.store.counts()) await new Promise((resolve) => setImmediate(resolve));
    running.run.operate({ action: 'killHost', host: 'worker' });
    const result = await running.finish();
    expect(running.notes.some((note) => note.kind === 'hostLost' && note.host === 'worker')).toBe(true);
    expect(result).toMatchObject({ ok: true, inputs: 150, handled: 150, hostsLost: 1, restarts: 1, dropped: 0 });
  }, 60_000);

  it('is the same to the byte in two simulations, with two waves and a lost host', async () => {
    project = new Project('pool');
    const simulate = () => project.prismatic('simulate', project.dir, '--json');
    const [first, again] = [await simulate(), await simulate()];
    expect(again.stdout).toBe(first.stdout);
    expect(JSON.parse(first.stdout)).toMatchObject({ verdict: 'pass', inputs: 80, handled: 80, restarts: 1 });
  }, 60_000);

  it('works as an exported bundle', async () => {
    project = new Project('pool');
    const out = join(project.home, 'bundle');
    expect((await project.prismatic('export', project.dir, '--target', 'node', '--out', out)).code).toBe(0);
    const stdout = execFileSync(process.execPath, [join(out, 'main.mjs'), '--json', '--data-dir', join(project.home, 'data')], { env: {}, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    expectWave(shownIn(stdout.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)), 60);
  }, 60_000);
});
