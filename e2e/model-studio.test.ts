/** A run of the Studio whose agent asks a model: what a person is told and allows, in the app and in a browser; what it costs, live. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { RunState } from '../shared/api/run';
import type { Result } from '../shared/errors/result';
import { realWorld } from '../main/core/core-world';
import { SessionVault } from '../main/core/providers/find-key';
import type { ShellServices, StudioContext } from '../main/core/studio/context';
import { Handles } from '../main/core/studio/handles';
import { openRuns, type OpenedRuns } from '../main/core/studio/run-requests';
import { openModelServer, type ModelServer } from '../main/core/testing/model-server';
import { openWorkspace, workerChannel } from '../main/store/workspace-client';
import type { WorkspaceStore } from '../main/store/workspace-store';
import { ModelProject } from './model-project';
import { root } from './project';
import { EditedFolder, TestClient } from './studio';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const KEY = 'sk-canary-5510aa';
const project = 'project-1';
let files: ModelProject;
let server: ModelServer;
let folder: EditedFolder;
let workspace: Result<WorkspaceStore>;
let runs: OpenedRuns | undefined;
const client = new TestClient('window');

beforeEach(async () => {
  files = new ModelProject();
  server = await openModelServer(() => ({ kind: 'text', text: 'Hello there' }));
  files.providers({ kind: 'openai-compatible', baseUrl: `${server.origin}/v1`, keyFrom: { keychain: 'main' }, models: { 'm-1': { inputUsd: 2, outputUsd: 10 } } });
  folder = new EditedFolder(files.dir, 'asking');
  workspace = await openWorkspace({ dataDir: join(files.home, 'data'), unixMs: realWorld.unixMs() }, workerChannel(join(root, 'dist/core/workspace-worker.js')));
});
afterEach(async () => {
  await runs?.close();
  runs = undefined;
  if (workspace.ok) await workspace.value.close();
  await server.close();
  files.remove();
});

function open(shell: ShellServices): OpenedRuns['handlers'] {
  const context: StudioContext = {
    dataDir: join(files.home, 'data'),
    world: realWorld,
    shell,
    version: '0',
    handles: new Handles('salt'),
    workspace,
    findProject: (key) => (key === project ? folder : undefined),
    emitToProject: (_, event) => client.emit(event),
  };
  runs = openRuns(context, { engineEntry: join(root, 'dist/engine/engine.js'), storeWorker: join(root, 'dist/core/store-worker.js'), export: { bundle: join(root, 'dist/bundle'), licences: join(root, 'NOTICES.txt') } });
  return runs.handlers;
}
const get = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
};
async function start(ask: OpenedRuns['handlers'], record = false): Promise<RunState> {
  const { hash } = get(await ask['run.capabilities']({ project }, client));
  return get(await ask['run.start']({ project, confirmed: hash, record }, client));
}

it('in the app, what a person allows is granted: the list says where words go and at what price', async () => {
  const vault = new SessionVault();
  await vault.save('main', KEY);
  const ask = open({ kind: 'window', vault });
  const { list } = get(await ask['run.capabilities']({ project }, client));
  expect(list.find(({ node }) => node === 'brain')).toEqual({ node: 'brain', kind: 'model', says: `sends what it is asked to model m-1 of your provider main at ${server.origin}/v1, at $2 and $10 for a million tokens in and out`, needsGrant: true });
  const { run } = await start(ask, true);
  await client.hears('run.state', ({ status }) => status === 'running');
  const answer = get(await ask['run.send']({ run, node: 'desk', protocol: 'Ask', operation: 'ask', input: { text: 'Hi' } }, client));
  expect(answer).toMatchObject({ ok: true, output: { text: 'Hello there' }, world: { mode: 'live', mayBeMocked: [] } });
  expect(server.seen[0]!.headers.authorization).toBe(`Bearer ${KEY}`);
  const { spend } = await client.hears('run.telemetry', (telemetry) => telemetry.spend !== undefined);
  expect(spend).toMatchObject({ calls: 1, usd: 0.00007, nodes: [{ node: 'brain', inputTokens: 10 }] });
  get(await ask['run.stop']({ run }, client));
  const { ended } = await client.hears('run.state', (state) => state.run === run && state.ended !== undefined);
  expect(ended!.result).toMatchObject({ spend: { calls: 1, usd: 0.00007 } });
  expect(readdirSync(join(files.dir, 'cassettes'))).toHaveLength(1);
  expect(JSON.stringify(client.events)).not.toContain('canary');
  expect(files.everything().includes('canary')).toBe(false);
});

it('an export has what was allowed for this very program, and says what else whoever runs it is asked for', async () => {
  const ask = open({ kind: 'window', vault: new SessionVault() });
  const preview = async () => get(await ask['export.preview']({ project }, client));
  const need = 'a provider main in providers.json that has the model m-1';
  expect(await preview()).toMatchObject({ grants: [], missingGrants: 1, needs: expect.arrayContaining([`${need}, and a grant, for brain`]) as unknown });
  const { run } = await start(ask);
  get(await ask['run.stop']({ run }, client));
  expect(await preview()).toMatchObject({ grants: [{ node: 'brain', kind: 'model', resource: { provider: 'main', model: 'm-1' } }], missingGrants: 0, needs: expect.arrayContaining([`${need}, for brain`]) as unknown });
});

it('an answer says that it came from a cassette, or by way of a mock', async () => {
  const vault = new SessionVault();
  await vault.save('main', KEY);
  const ask = open({ kind: 'window', vault });
  const message = { node: 'desk', protocol: 'Ask', operation: 'ask', input: { text: 'Hi' } } as const;
  const first = await start(ask, true);
  await client.hears('run.state', ({ run, status }) => run === first.run && status === 'running');
  await ask['run.send']({ run: first.run, ...message }, client);
  get(await ask['run.stop']({ run: first.run }, client));
  await client.hears('run.state', ({ run, ended }) => run === first.run && ended !== undefined);

  files.providers({ kind: 'recorded' });
  const second = await start(ask);
  await client.hears('run.state', ({ run, status }) => run === second.run && status === 'running');
  // Two at once, of which one finds no cassette: each has its own.
  const [found, missed] = await Promise.all([ask['run.send']({ run: second.run, ...message }, client), ask['run.send']({ run: second.run, node: 'spare', protocol: 'Model', operation: 'complete', input: { prompt: 'x' } }, client)]);
  expect(get(found)).toMatchObject({ output: { text: 'Hello there' }, world: { mode: 'recorded', mayBeMocked: [] } });
  expect(get(missed)).toMatchObject({ output: { text: 'spare' }, world: { mode: 'live' } });
  get(await ask['run.stop']({ run: second.run }, client));
  await client.hears('run.state', ({ run, ended }) => run === second.run && ended !== undefined);

  const { hash } = get(await ask['run.capabilities']({ project }, client));
  const third = get(await ask['run.start']({ project, confirmed: hash, mocks: { brain: { kind: 'scripted', rules: [{ reply: { text: 'stood in' } }] } } }, client));
  await client.hears('run.state', ({ run, status }) => run === third.run && status === 'running');
  expect(get(await ask['run.send']({ run: third.run, ...message }, client))).toMatchObject({ output: { text: 'stood in' }, world: { mode: 'live', mayBeMocked: ['brain'] } });
  expect(get(await ask['run.send']({ run: third.run, node: 'brain', protocol: 'Model', operation: 'complete', input: { prompt: 'x' } }, client))).toMatchObject({ world: { mode: 'mocked', mayBeMocked: [] } });
});

it('where the provider moves to another address, the person is asked again', async () => {
  const ask = open({ kind: 'window' });
  const first = get(await ask['run.capabilities']({ project }, client));
  files.providers({ kind: 'openai-compatible', baseUrl: 'https://elsewhere.example/v1', models: {} });
  expect(await ask['run.start']({ project, confirmed: first.hash }, client)).toMatchObject({ ok: false, error: { code: 'RUN031' } });
  expect(server.seen).toEqual([]);
});

it('in a browser, a click grants nothing: serve has to be given it', async () => {
  files.providers({ kind: 'openai-compatible', baseUrl: `${server.origin}/v1`, models: {} });
  const { hash } = get(await open({ kind: 'browser' })['run.capabilities']({ project }, client));
  expect(await runs!.handlers['run.start']({ project, confirmed: hash }, client)).toMatchObject({ ok: false, error: { code: 'RUN033', message: expect.stringContaining('brain sends what it is asked to model m-1') as string } });
  await runs!.close();
  const ask = open({ kind: 'browser', grantFile: await files.grants() });
  const { run } = await start(ask);
  await client.hears('run.state', (state) => state.run === run && state.status === 'running');
  expect(get(await ask['run.send']({ run, node: 'desk', protocol: 'Ask', operation: 'ask', input: { text: 'Hi' } }, client))).toMatchObject({ ok: true, output: { text: 'Hello there' } });
});
