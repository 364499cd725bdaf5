/** What a run asks of people: shown to every window, answered once, checked, and still there when the engine is lost. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Approval } from '../shared/api/approvals';
import { TestStudio, type TestClient } from './studio';

let studio: TestStudio;
let window: TestClient;
beforeEach(async () => {
  studio = await TestStudio.begin('research-team');
  window = studio.attach('window');
});
afterEach(() => studio.close());

const project = 'project-1';
const ask = (): TestStudio['runs']['handlers'] => studio.runs.handlers;

async function start(): Promise<string> {
  const capabilities = await ask()['run.capabilities']({ project }, window);
  if (!capabilities.ok) throw new Error(capabilities.error.message);
  const started = await ask()['run.start']({ project, confirmed: capabilities.value.hash }, window);
  if (!started.ok) throw new Error(started.error.message);
  return started.value.run;
}
const waiting = async (question: string): Promise<Approval> => {
  const { approvals } = await window.hears('approvals.changed', (one) => one.approvals.some(({ input }) => (input as { readonly question: string }).question.includes(question)));
  return approvals[0]!;
};
const answer = (id: string, isApproved: unknown): unknown => ask()['approvals.answer']({ id, output: { isApproved } as never }, window);
const reports = (): readonly string[] => readFileSync(join(studio.files.dir, '.prismatic/out/reports.jsonl'), 'utf8').trim().split('\n').map((line) => (JSON.parse(line) as { readonly id: string }).id);

it('each report waits for a person, whose answer is checked and taken once', async () => {
  await start();
  const first = await waiting('Tacoma');
  expect(first).toMatchObject({ node: 'editor', question: 'May this report be published?', protocol: 'Approval', operation: 'approve', errors: [], output: { required: ['isApproved'] } });
  expect(first.deadlineAtUnixMs - first.askedAtUnixMs).toBe(600_000);
  expect(await ask()['approvals.list']({ project }, window)).toMatchObject({ ok: true, value: { approvals: [first] } });
  expect(answer(first.id, 'yes')).toMatchObject({ ok: false, error: { code: 'HUM007' } });
  expect(ask()['approvals.answer']({ id: first.id, error: { name: 'Rejected' } }, window)).toMatchObject({ ok: false, error: { code: 'HUM008' } });
  expect(answer(first.id, true)).toEqual({ ok: true, value: null });
  expect(answer(first.id, true)).toMatchObject({ ok: false, error: { code: 'HUM006' } });
  const second = await waiting('tides');
  answer(second.id, false);
  for (const question of ['bees', 'glass', 'tower']) answer((await waiting(question)).id, true);
  const { value } = await window.hears('run.output');
  expect(value).toMatchObject({ questions: 5, published: 4, refused: 1 });
  expect(reports()).toEqual(['q-1', 'q-3', 'q-4', 'q-5']);
}, 120_000);

it('a request outlives the engine, and its answer goes to the new one', async () => {
  await start();
  const first = await waiting('Tacoma');
  const children = execFileSync('pgrep', ['-P', String(process.pid), '-f', 'dist/engine/engine.js'], { encoding: 'utf8' }).trim().split('\n').map(Number);
  for (const pid of children) process.kill(pid, 'SIGKILL');
  await window.hears('run.state', ({ engineLosses, status }) => engineLosses === 1 && status === 'running');
  expect(await ask()['approvals.list']({ project }, window)).toMatchObject({ ok: true, value: { approvals: [{ id: first.id }] } });
  expect(answer(first.id, true)).toEqual({ ok: true, value: null });
  await waiting('tides');
  expect(reports()).toEqual(['q-1']);
}, 120_000);

it('what waits is taken back when the run is stopped', async () => {
  const run = await start();
  const first = await waiting('Tacoma');
  await ask()['run.stop']({ run }, window);
  await window.hears('run.state', ({ ended }) => ended !== undefined);
  expect(await ask()['approvals.list']({ project }, window)).toMatchObject({ ok: true, value: { approvals: [] } });
  expect(answer(first.id, true)).toMatchObject({ ok: false, error: { code: 'HUM006' } });
}, 120_000);
