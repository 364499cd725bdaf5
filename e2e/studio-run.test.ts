import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunState } from '../shared/api/run';
import { formatJson } from '../shared/design/document';
import type { Result } from '../shared/errors/result';
import { TestStudio, type TestClient } from './studio';

let studio: TestStudio;
let window: TestClient;
beforeEach(async () => {
  studio = await TestStudio.begin('support-desk');
  window = studio.attach('window');
});
afterEach(() => studio.close());

const project = 'project-1';
function get<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}
const ask = (): TestStudio['runs']['handlers'] => studio.runs.handlers;
const TICKET = { id: 'x-1', from: 'ada@example.org', text: 'I was charged twice for the invoice' };

async function start(): Promise<RunState> {
  const { hash } = get(await ask()['run.capabilities']({ project }, window));
  const state = get(await ask()['run.start']({ project, confirmed: hash }, window));
  await window.hears('run.state', ({ status }) => status === 'running');
  return state;
}
const send = async (run: string, input: unknown, operation = 'handle'): Promise<Awaited<ReturnType<ReturnType<typeof ask>['run.send']>>> =>
  ask()['run.send']({ run, node: 'desk', protocol: 'Triage', operation, input: input as never }, window);

describe('what a run may do', () => {
  it('is asked for once, and never begun without an answer', async () => {
    const first = get(await ask()['run.capabilities']({ project }, window));
    expect(first).toMatchObject({ isConfirmed: false, isNewHere: true });
    expect(first.list.map(({ node, kind }) => `${node} ${kind}`)).toEqual(['answers file.append', 'screen console', 'billing handler', 'technical handler', 'general handler', 'desk handler', 'tickets file.read']);
    expect(await ask()['run.start']({ project, confirmed: 'sha256:other' }, window)).toMatchObject({ ok: false, error: { code: 'RUN031' } });
    expect(await ask()['run.current']({ project }, window)).toBeNull();
    const { run } = await start();
    get(await ask()['run.stop']({ run }, window));
    await window.hears('run.state', ({ status }) => status === 'stopped');
    studio.open();
    expect(get(await ask()['run.capabilities']({ project }, window))).toMatchObject({ isConfirmed: true, isNewHere: false, hash: first.hash });
    studio.edit('design.json', (text) => text.replace('answers.jsonl', 'others.jsonl'));
    expect(get(await ask()['run.capabilities']({ project }, window))).toMatchObject({ isConfirmed: false, isNewHere: false });
  });
});

describe('a run of the Studio', () => {
  it('stays up when all is done, answers what is sent, and is told to whoever comes later', async () => {
    const { run } = await start();
    await window.hears('run.state', ({ isDrained }) => isDrained);
    expect((await window.hears('run.output')).value).toMatchObject({ tickets: 40 });
    expect(get(await send(run, TICKET))).toMatchObject({ ok: true, output: { topic: 'billing' } });
    expect(await send(run, { id: 7 })).toMatchObject({ ok: false, error: { code: 'RUN039' } });
    const seen = await window.hears('run.telemetry', ({ agents }) => agents.some(({ node, handled }) => node === 'desk' && handled >= 42));
    expect(seen.agents.find(({ node }) => node === 'desk')).toMatchObject({ kind: 'agent', host: 'main', mailbox: 0, bound: 1000, restarts: 0, incarnation: 1 });
    expect(seen.agents.find(({ node }) => node === 'root')).toMatchObject({ kind: 'supervisor', status: 'running', window: { max: 3, seconds: 10 } });
    expect(seen.wires.find(({ from, to }) => from === 'desk' && to === 'general')?.failed).toBeGreaterThan(0);
    expect(seen.hosts.map(({ host, isUp }) => `${host} ${String(isUp)}`).toSorted()).toEqual(['control true', 'main true']);
    const late = studio.attach('late');
    expect(await ask()['run.current']({ project }, late)).toMatchObject({ run, status: 'running', isDrained: true });
    expect(await ask()['run.start']({ project, confirmed: get(await ask()['run.capabilities']({ project }, late)).hash }, late)).toMatchObject({ ok: false, error: { code: 'RUN032' } });
    get(await ask()['run.operate']({ run, command: { action: 'crash', node: 'desk' } }, late));
    const restarted = await late.hears('run.records', ({ records }) => records.some((record) => record.type === 'supervisor.restarting' && record.child === 'desk'));
    expect(await late.hears('run.telemetry', ({ agents }) => agents.some(({ node, restarts, status }) => node === 'desk' && restarts === 1 && status === 'idle'))).toBeTruthy();
    const { total, records } = get(await ask()['run.journal']({ run, from: 0, count: 10_000 }, late));
    expect(records.map(({ seq }) => seq)).toEqual(Array.from({ length: total }, (_, index) => index + 1));
    for (const record of restarted.records) expect(records[record.seq - 1]).toEqual(record);
    expect(get(await ask()['run.journal']({ run, from: 7, count: 5 }, late)).records).toEqual(records.slice(6, 11));
    get(await ask()['run.operate']({ run, command: { action: 'killHost', host: 'main' } }, late));
    await late.hears('run.records', (tail) => tail.records.some(({ type, host }) => type === 'host.lost' && host === 'core'));
    get(await ask()['run.stop']({ run }, late));
    const { ended } = await late.hears('run.state', ({ status }) => status === 'stopped');
    expect(ended).toMatchObject({ reason: 'signal', result: { ok: true, dropped: 0, hostsLost: 1 } });
    expect(get(await ask()['run.journal']({ run, from: 1, count: 10_000 }, late)).records.at(-1)).toMatchObject({ type: 'run.ended', reason: 'signal' });
    expect(await send(run, TICKET)).toMatchObject({ ok: false, error: { code: 'RUN034' } });
  });

  it('has a new engine when the old one is killed, and says so', async () => {
    const { run } = await start();
    await window.hears('run.state', ({ isDrained }) => isDrained);
    const { execFileSync } = await import('node:child_process');
    const children = execFileSync('pgrep', ['-P', String(process.pid), '-f', 'dist/engine/engine.js'], { encoding: 'utf8' }).trim().split('\n').map(Number);
    for (const pid of children) process.kill(pid, 'SIGKILL');
    await window.hears('run.state', ({ engineLosses, status }) => engineLosses === 1 && status === 'starting');
    await window.hears('run.state', ({ engineLosses, status }) => engineLosses === 1 && status === 'running');
    expect(get(await send(run, TICKET))).toMatchObject({ ok: true });
  });

  it('takes a stop and a crash before its engine is there', async () => {
    const { hash } = get(await ask()['run.capabilities']({ project }, window));
    const { run } = get(await ask()['run.start']({ project, confirmed: hash }, window));
    get(await ask()['run.operate']({ run, command: { action: 'crash', node: 'desk' } }, window));
    get(await ask()['run.stop']({ run }, window));
    const { ended, engineLosses } = await window.hears('run.state', (state) => state.ended !== undefined);
    expect([ended?.reason, engineLosses]).toEqual(['signal', 0]);
  });

  it('is killed by a second stop', async () => {
    studio.edit('handlers/desk.ts', (text) => `${text}\nexport async function terminate(_reason: string, self: Self): Promise<void> {\n  await self.use.screen.show({ tickets: 0, ...self.state })\n  for (;;) await self.use.llm.complete({ prompt: 'x' })\n}\n`);
    const { run } = await start();
    get(await ask()['run.stop']({ run }, window));
    await window.hears('run.state', ({ status }) => status === 'stopping');
    get(await ask()['run.stop']({ run }, window));
    expect((await window.hears('run.state', ({ ended }) => ended !== undefined)).status).toBe('stopped');
  });
});

describe('an edit of a design that runs', () => {
  const incarnations = async (run: string): Promise<Record<string, number>> => {
    const before = window.all('run.telemetry').length;
    await window.hears('run.telemetry', (telemetry) => telemetry.run === run && window.all('run.telemetry').indexOf(telemetry) > before);
    return Object.fromEntries(window.all('run.telemetry').at(-1)!.agents.map(({ node, incarnation }) => [node, incarnation]));
  };

  it('is applied to what it changes; all else keeps its life', async () => {
    const { run, program } = await start();
    await window.hears('run.state', ({ isDrained }) => isDrained);
    studio.edit('handlers/desk.ts', (text) => text.replace('return { topic }', "return { topic: 'edited' }"));
    await window.hears('run.state', ({ isEditedSince }) => isEditedSince);
    expect(get(await send(run, TICKET))).toMatchObject({ output: { topic: 'billing' } });
    expect(get(await ask()['run.apply']({ run }, window))).toEqual({ run, restarted: ['desk'] });
    expect(get(await send(run, TICKET))).toMatchObject({ output: { topic: 'edited' } });
    const state = await ask()['run.current']({ project }, window);
    expect(state).toMatchObject({ run, status: 'running', isEditedSince: false });
    expect(state?.program).not.toBe(program);
    expect(await incarnations(run)).toMatchObject({ root: 1, answers: 1, brain: 1, specialists: 1, desk: 2, tickets: 1 });
    const { records } = get(await ask()['run.journal']({ run, from: 0, count: 10_000 }, window));
    const operated = records.flatMap((record) => (record.type === 'operator' ? [`${record.host}: ${record.action.replace(state!.program, 'P')} ${record.target}`] : []));
    expect(operated.toSorted()).toEqual(['control: program P control', 'control: replace desk', 'core: apply P desk', 'main: program P main']);
    expect(records.some((record) => record.type === 'supervisor.restarting' && record.node === 'root')).toBe(false);
    // The new program is also the one that a new life of a host begins with.
    get(await ask()['run.operate']({ run, command: { action: 'killHost', host: 'main' } }, window));
    await window.hears('run.records', (tail) => tail.records.some(({ type, host }) => type === 'host.lost' && host === 'core'));
    await window.hears('run.telemetry', ({ hosts, agents }) => hosts.every(({ isUp }) => isUp) && agents.every(({ node, incarnation, status }) => node !== 'tickets' || (incarnation === 2 && status !== 'restarting')));
    expect(get(await send(run, TICKET))).toMatchObject({ output: { topic: 'edited' } });
  });

  it('brings in an agent that was not there, with a sandbox of its own', async () => {
    const { run } = await start();
    studio.edit('design.json', (text) => {
      const design = JSON.parse(text) as { readonly nodes: Record<string, { children?: string[] }> };
      design.nodes['specialists']!.children!.push('spare');
      design.nodes['spare'] = design.nodes['general']!;
      return formatJson(design);
    });
    expect(await ask()['run.apply']({ run }, window)).toMatchObject({ ok: false, error: { code: 'RUN031' } });
    const { hash } = get(await ask()['run.capabilities']({ project }, window));
    expect(get(await ask()['run.apply']({ run, confirmed: hash }, window))).toEqual({ run, restarted: ['specialists'] });
    const sent = await ask()['run.send']({ run, node: 'spare', protocol: 'Specialist', operation: 'answer', input: TICKET }, window);
    expect(get(sent)).toMatchObject({ ok: true });
  });

  it('that reaches the root makes a new run, and says why', async () => {
    const { run } = await start();
    studio.edit('design.json', (text) => text.replace('"maxRestarts": 3', '"maxRestarts": 4'));
    const applied = get(await ask()['run.apply']({ run }, window));
    expect(applied).toMatchObject({ restarted: ['root'], why: expect.stringContaining('root') as string });
    expect(applied.run).not.toBe(run);
    await window.hears('run.state', (state) => state.run === applied.run && state.status === 'running');
    expect(window.all('run.state').find((state) => state.run === run && state.ended !== undefined)?.status).toBe('stopped');
  });

  it('that does not start is said, and its supervisor acts', async () => {
    const { run } = await start();
    await window.hears('run.state', ({ isDrained }) => isDrained);
    studio.edit('handlers/desk.ts', (text) => text.replace('self.state = {', "throw new Error('no'); self.state = {"));
    expect(await ask()['run.apply']({ run }, window)).toMatchObject({ ok: false, error: { code: 'RUN041' } });
    const { ended } = await window.hears('run.state', (state) => state.ended !== undefined);
    expect(ended).toMatchObject({ reason: 'root_exit' });
  });
});

describe('a simulation', () => {
  it('gives its plan, verdict and journal, page by page, until it is closed', async () => {
    const answer = await ask()['simulation.start']({ project, scenario: 'outage', seed: 7 }, window);
    if (!answer.ok) throw new Error(answer.error.message);
    const { simulation, header, plan, result, records: total } = answer.value;
    expect(header).toMatchObject({ world: 'simulated', scenario: 'outage', seed: 7 });
    expect(plan.faults).toHaveLength(2);
    expect(result.verdict).toBe('pass');
    const page = (from: number, count: number): readonly { readonly seq: number }[] => {
      const read = ask()['simulation.journal']({ simulation, from, count }, window);
      return get(read as Awaited<typeof read>).records;
    };
    expect(page(0, 10_000).map(({ seq }) => seq)).toEqual(Array.from({ length: total }, (_, index) => index + 1));
    expect(page(255, 4).map(({ seq }) => seq)).toEqual([255, 256, 257, 258]);
    expect(page(total, 9).map(({ seq }) => seq)).toEqual([total]);
    void ask()['simulation.close']({ simulation }, window);
    expect(ask()['simulation.journal']({ simulation, from: 0, count: 1 }, window)).toMatchObject({ ok: false, error: { code: 'RUN037' } });
  });

  it('says what is wrong with a scenario', async () => {
    studio.files.write('scenarios/broken.json', '{"format":"prismatic-scenario/1","faults":[{"atMs":1,"kind":"crash","node":"nobody"}]}');
    const answer = await ask()['simulation.start']({ project, scenario: 'broken', seed: 1 }, window);
    expect(answer).toMatchObject({ ok: false, error: { code: 'RUN036' } });
    expect(!answer.ok && 'diagnostics' in answer && answer.diagnostics?.length).toBeGreaterThan(0);
  });
});

describe('an export', () => {
  it('is what the preview says, and spares what is not ours', async () => {
    const preview = get(await ask()['export.preview']({ project }, window));
    expect(preview.handlers).toEqual(['handlers/desk.ts', 'handlers/specialist.ts']);
    expect(preview.needs).toContain('Node 24 or newer');
    const out = join(studio.files.home, 'out');
    const to = studio.context.handles.give(out);
    expect(get(await ask()['export.write']({ project, to }, window)).report).toEqual(preview);
    for (const { path } of preview.files) expect(existsSync(join(out, path)), path).toBe(true);
    const other = join(studio.files.home, 'other');
    mkdirSync(other);
    writeFileSync(join(other, 'mine.txt'), 'mine');
    expect(await ask()['export.write']({ project, to: studio.context.handles.give(other) }, window)).toMatchObject({ ok: false, error: { code: 'EXP001' } });
    expect(await ask()['export.write']({ project, to: 'unknown' }, window)).toMatchObject({ ok: false, error: { code: 'EXP005' } });
  });
});
