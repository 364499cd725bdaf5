/** Runs whose agents ask a model: a fake endpoint on loopback that answers well, and badly in every way. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Json } from '../shared/json/json';
import { realWorld } from '../main/core/core-world';
import { Models } from '../main/core/effects/model';
import { PromptReader } from '../main/core/sources/prompt-reader';
import { readProviders } from '../main/core/providers/provider-file';
import { openModelServer, type Behave, type ModelServer } from '../main/core/testing/model-server';
import { journalOf, ModelProject, repliesIn, textsIn, type ModelProjectOptions } from './model-project';
import { inputFile, startRun } from './project';

/** Each test is several runs of the command line, on a machine that may have other things to do. */
vi.setConfig({ testTimeout: 180_000 });

const KEY = 'sk-canary-91c2e7d4f0ab';
process.env['PRISMATIC_TEST_KEY'] = KEY;

let project: ModelProject | undefined;
let server: ModelServer | undefined;
afterEach(async () => {
  await server?.close();
  project?.remove();
  [project, server] = [undefined, undefined];
});

const PRICE = { inputUsd: 2, outputUsd: 10 };
type Setup = ModelProjectOptions & { readonly behave?: ModelServer['behave']; readonly provider?: object };

async function setUp({ behave = () => ({ kind: 'text', text: 'Hello there' }), provider = {}, ...options }: Setup = {}): Promise<{ readonly project: ModelProject; readonly server: ModelServer }> {
  project = new ModelProject(options);
  server = await openModelServer(behave);
  project.providers({ kind: 'openai-compatible', baseUrl: `${server.origin}/v1`, keyFrom: { env: 'PRISMATIC_TEST_KEY' }, models: { 'm-1': PRICE }, ...provider });
  return { project, server };
}

const promptOf = ({ body }: { readonly body: Readonly<Record<string, unknown>> }): string => (body['messages'] as readonly { readonly content: string }[]).at(-1)!.content;

describe('a run whose agent asks a model', () => {
  it('has to be granted it: what is missing is printed in the form in which it is given', async () => {
    const { project, server } = await setUp();
    const refused = await project.prismatic('run', project.dir, '--input', project.inputs(['Hi']), '--json');
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    expect(JSON.parse(refused.stderr.slice(refused.stderr.indexOf('{')))).toMatchObject({ format: 'prismatic-grants/1', grants: [{ node: 'brain', kind: 'model', resource: { provider: 'main', model: 'm-1' } }] });
    expect(server.seen).toEqual([]);
    const grant = join(project.home, 'printed.json');
    writeFileSync(grant, refused.stderr.slice(refused.stderr.indexOf('{')));
    const run = await project.prismatic('run', project.dir, '--input', project.inputs(['Hi']), '--grant', grant, '--json');
    expect([run.code, repliesIn(run.lines)]).toMatchObject([0, [{ ok: true, output: { text: 'Hello there' } }]]);
  });

  it('is not granted it by a grant for another model, provider or node', async () => {
    const { project, server } = await setUp();
    for (const [field, value] of [['model', 'm-2'], ['provider', 'other']] as const) {
      const grant = await project.grants((grants) => (grants[0]!.resource[field] = value));
      expect((await project.prismatic('run', project.dir, '--grant', grant)).code).toBe(1);
    }
    expect(server.seen).toEqual([]);
  });

  it('says what it spent, per node and in all, in the result, to people, and in the journal', async () => {
    const { project } = await setUp();
    const journal = join(project.home, 'j.jsonl');
    const grant = await project.grants();
    const run = await project.prismatic('run', project.dir, '--input', project.inputs(['a', 'b', 'c']), '--grant', grant, '--journal', journal, '--json');
    const sums = { calls: 3, failed: 0, recorded: 0, inputTokens: 30, outputTokens: 15, usd: 0.00021, unpriced: 0, repeated: 0 };
    expect(run.lines.at(-1)).toMatchObject({ type: 'result', ok: true, inputs: 3, handled: 3, spend: { ...sums, nodes: [{ node: 'brain', ...sums }] } });
    const settled = journalOf(journal).filter(({ type }) => type === 'effect.settled');
    expect(settled).toHaveLength(3);
    expect(settled[0]).toMatchObject({ mode: 'live', ok: true, value: { usage: { inputTokens: 10, outputTokens: 5 }, costUsd: 0.00007 } });
    const shown = await project.prismatic('run', project.dir, '--input', project.inputs(['a']), '--grant', grant);
    expect(shown.stdout).toContain('models asked 1 times: 10 tokens in, 5 out, $0.0001');
  });

  it('stops spending at the cap of its grant, one call at most beyond it', async () => {
    const { project, server } = await setUp();
    // A call costs $0.00007; the third one begins below the cap.
    const grant = await project.grants((grants) => (grants[0]!.resource['maxUsd'] = 0.00015));
    const run = await project.prismatic('run', project.dir, '--input', project.inputs(['a', 'b', 'c', 'd', 'e', 'f']), '--grant', grant, '--json');
    expect(server.seen).toHaveLength(3);
    expect(textsIn(run.lines)).toEqual([...Array<string>(3).fill('Hello there'), ...Array<unknown>(3).fill(expect.stringMatching(/^Refused: .*\$0\.00015 that its grant allows/))]);
    expect(run.lines.at(-1)).toMatchObject({ spend: { calls: 6, failed: 3, usd: 0.00021 } });
  });

  it('is refused before it begins where the provider is not there, or a cap has no price', async () => {
    const { project } = await setUp({ provider: { models: { 'm-1': null } } });
    const capped = await project.grants((grants) => (grants[0]!.resource['maxUsd'] = 1));
    expect((await project.prismatic('run', project.dir, '--grant', capped)).stderr).toContain('MDL008');
    const grant = await project.grants();
    writeFileSync(join(project.home, 'data/providers.json'), '{"format":"prismatic-providers/1","providers":{"mian":{"kind":"recorded"}}}');
    expect((await project.prismatic('run', project.dir, '--grant', grant)).stderr).toMatch(/MDL006.*brain asks provider main.*Did you mean mian/s);
    writeFileSync(join(project.home, 'data/providers.json'), '{"format":"prismatic-providers/1","providers":{"main":{"kind":"openai-compatible","baseUrl":"http://example.com/v1","keyFrom":{"env":"X"}}}}');
    expect((await project.prismatic('run', project.dir, '--grant', grant)).stderr).toMatch(/MDL002.*a key goes over https/s);
  });
});

describe('an exported project whose agent asks a model', () => {
  it('asks by the providers and grants of whoever runs it', async () => {
    const { project, server } = await setUp();
    const out = join(project.home, 'out');
    expect(await project.prismatic('export', project.dir, '--target', 'node', '--out', out)).toMatchObject({ code: 0, stderr: expect.stringContaining('--grant <file> puts them in') as unknown });
    expect(readFileSync(join(out, 'README.md'), 'utf8')).toContain('prints what it wants for that beyond `grants.json`');
    const bundle = (...args: readonly string[]): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> =>
      new Promise((resolve) => {
        execFile(process.execPath, [join(out, 'main.mjs'), ...args, '--data-dir', join(project.home, 'data')], (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }));
      });
    const refused = await bundle();
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('"kind": "model"')]);
    const run = await bundle('--input', project.inputs(['Hi']), '--grant', await project.grants(), '--json');
    expect([run.code, run.stdout]).toEqual([0, expect.stringContaining('{"text":"Hello there"}')]);
    expect(server.seen).toHaveLength(1);

    // What the person confirmed goes along, and needs no flag; a grant of another program is none.
    const grants = await project.grants();
    expect((await project.prismatic('export', project.dir, '--target', 'node', '--out', out, '--grant', grants)).code).toBe(0);
    expect(JSON.parse(readFileSync(join(out, 'grants.json'), 'utf8'))).toEqual(JSON.parse(readFileSync(grants, 'utf8')));
    expect(readFileSync(join(out, 'README.md'), 'utf8')).toContain('What it may do there is in `grants.json`');
    expect(await bundle('--input', project.inputs(['Hi']), '--json')).toMatchObject({ code: 0, stdout: expect.stringContaining('{"text":"Hello there"}') as unknown });
    rmSync(join(out, 'grants.json'));
    expect((await bundle()).code).toBe(1);
    writeFileSync(grants, JSON.stringify({ ...(JSON.parse(readFileSync(grants, 'utf8')) as object), program: `sha256:${'0'.repeat(64)}` }));
    expect(await project.prismatic('export', project.dir, '--target', 'node', '--out', out, '--grant', grants)).toMatchObject({ code: 1, stderr: expect.stringContaining('GRA003') as unknown });
  });
});

describe('the key of a provider', () => {
  const rows: readonly Behave[] = [{ kind: 'text', text: 'fine' }, { kind: 'status', status: 401, body: JSON.stringify({ error: { message: `Incorrect API key provided: ${KEY}` } }) }, { kind: 'cutOff', text: 'fi', politely: false }, { kind: 'errorInStream', error: { message: `bad key ${KEY}` } }];
  it.each(rows)('reaches the endpoint and nothing else, when it does $kind', async (behave) => {
    const { project, server } = await setUp({ behave: () => behave });
    const run = await project.prismatic('run', project.dir, '--input', project.inputs(['Hi']), '--grant', await project.grants(), '--journal', join(project.home, 'j.jsonl'), '--record', '--trace', '--json');
    expect(server.seen[0]!.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(repliesIn(run.lines)).toHaveLength(1);
    for (const form of [KEY, Buffer.from(KEY).toString('base64'), Buffer.from(KEY).toString('hex')]) {
      expect(run.stdout + run.stderr).not.toContain(form);
      expect(project.everything().includes(form)).toBe(false);
    }
  });

  it('that is missing is told by the name of its variable', async () => {
    const { project } = await setUp({ provider: { keyFrom: { env: 'PRISMATIC_NO_SUCH_KEY' } } });
    const run = await project.prismatic('run', project.dir, '--input', project.inputs(['Hi']), '--grant', await project.grants(), '--json');
    expect(JSON.stringify(repliesIn(run.lines))).toMatch(/MDL004.*PRISMATIC_NO_SUCH_KEY/);
  });

  it('in the keychain of the app is out of reach of the command line, which says so', async () => {
    const { project } = await setUp({ provider: { keyFrom: { keychain: 'main' } } });
    const run = await project.prismatic('run', project.dir, '--input', project.inputs(['Hi']), '--grant', await project.grants(), '--json');
    expect(JSON.stringify(repliesIn(run.lines))).toMatch(/MDL005.*only the app can open/);
  });
});

describe('cassettes', () => {
  const cassettesIn = (dir: string): readonly string[] => readdirSync(join(dir, 'cassettes')).toSorted();

  it('are recorded, answer the same again without the endpoint, and miss what was not recorded', async () => {
    const { project, server } = await setUp({ behave: (request) => ({ kind: 'text', text: `You said ${promptOf(request)}` }) });
    const grant = await project.grants();
    await project.prismatic('run', project.dir, '--input', project.inputs(['one', 'two', 'one']), '--grant', grant, '--record');
    expect(server.seen).toHaveLength(3);
    expect(cassettesIn(project.dir)).toHaveLength(2);
    for (const name of cassettesIn(project.dir)) expect(readFileSync(join(project.dir, 'cassettes', name), 'utf8')).toMatch(/^\{\n {2}"format": "prismatic-cassette\/1"[\s\S]*\}\n$/);
    project.providers({ kind: 'recorded' });
    const replay = await project.prismatic('run', project.dir, '--input', project.inputs(['one', 'three', 'two']), '--grant', grant, '--journal', join(project.home, 'j.jsonl'), '--json');
    expect(server.seen).toHaveLength(3);
    expect(textsIn(replay.lines)).toEqual(['You said one', 'Unavailable: no cassette answers this request of brain: complete of m-1: "three"', 'You said two']);
    expect(replay.lines.at(-1)).toMatchObject({ spend: { calls: 3, recorded: 2, failed: 1, usd: 0, inputTokens: 0 } });
    expect(journalOf(join(project.home, 'j.jsonl')).filter(({ type, ok }) => type === 'effect.settled' && ok === true).map(({ mode }) => mode)).toEqual(['recorded', 'recorded']);
  });

  it('have the same bytes when they are recorded again', async () => {
    const { project } = await setUp({ behave: () => ({ kind: 'text', text: 'same' }) });
    const grant = await project.grants();
    const record = (): Promise<unknown> => project.prismatic('run', project.dir, '--input', project.inputs(['one']), '--grant', grant, '--record');
    const read = (): string => readFileSync(join(project.dir, 'cassettes', cassettesIn(project.dir)[0]!), 'utf8').replace(/"tookMs": \d+/, '');
    await record();
    const first = read();
    await record();
    expect([cassettesIn(project.dir).length, read()]).toEqual([1, first]);
  });

  it('that were changed by hand are refused', async () => {
    const { project } = await setUp();
    const grant = await project.grants();
    await project.prismatic('run', project.dir, '--input', project.inputs(['one']), '--grant', grant, '--record');
    const [name] = cassettesIn(project.dir);
    project.write(`cassettes/${name!}`, project.read(`cassettes/${name!}`).replace('"one"', '"two"'));
    project.providers({ kind: 'recorded' });
    const run = await project.prismatic('run', project.dir, '--input', project.inputs(['one']), '--grant', grant, '--json');
    expect(JSON.stringify(repliesIn(run.lines))).toMatch(/MDL007.*its request was changed/);
  });

  it('are not written without being asked for', async () => {
    const { project } = await setUp();
    await project.prismatic('run', project.dir, '--input', project.inputs(['one']), '--grant', await project.grants());
    expect(existsSync(join(project.dir, 'cassettes'))).toBe(false);
  });
});

describe('a simulated run whose agent asks a model', () => {
  const LOAD: Json = { format: 'prismatic-scenario/1', load: [{ to: 'desk', protocol: 'Ask', operation: 'ask', input: { text: 'one' }, atMs: 10 }], expectations: [{ name: 'all', kind: 'nothingLost' }] };

  it('is answered by the cassettes, as late as they were, and the same each time; without one it has no verdict, and shows what was asked', async () => {
    const { project, server } = await setUp({ behave: () => ({ kind: 'text', text: 'recorded word', delayMs: 200 }) });
    mkdirSync(join(project.dir, 'scenarios'));
    project.write('scenarios/default.json', JSON.stringify(LOAD));
    const before = await project.prismatic('simulate', project.dir, '--json');
    expect([before.code, JSON.parse(before.stdout)]).toMatchObject([3, { verdict: 'unknown', expectations: [{ name: 'all', verdict: 'unknown' }], unanswered: [{ node: 'brain', kind: 'model', request: { model: 'm-1', messages: [{ role: 'user', content: 'one' }] } }] }]);
    expect((await project.prismatic('simulate', project.dir)).stdout).toContain('unanswered: brain asked (model) {');
    await project.prismatic('run', project.dir, '--input', project.inputs(['one']), '--grant', await project.grants(), '--record');
    expect(server.seen).toHaveLength(1);
    const journal = join(project.home, 's.jsonl');
    const after = await project.prismatic('simulate', project.dir, '--journal', journal, '--json');
    const result = JSON.parse(after.stdout) as { readonly virtualMs: number };
    expect([after.code, result]).toMatchObject([0, { verdict: 'pass', inputs: 1, handled: 1, expectations: [{ verdict: 'pass' }] }]);
    expect(result).not.toHaveProperty('unanswered');
    expect(result.virtualMs).toBeGreaterThanOrEqual(200);
    expect(journalOf(journal)).toContainEqual(expect.objectContaining({ type: 'effect.settled', mode: 'recorded', value: expect.objectContaining({ text: 'recorded word' }) as unknown }));
    expect((await project.prismatic('simulate', project.dir, '--json')).stdout).toBe(after.stdout);
    expect(server.seen).toHaveLength(1);
  });
});

describe('guards around a model that fails', () => {
  const FAILURES: Json = ['RateLimited', 'Unavailable', 'timeout'];
  const FALLBACK: Json = { kind: 'fallback', to: 'spare', on: ['RateLimited', 'Unavailable', 'timeout', 'overloaded'] };
  const questions = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `question ${index + 1}`);

  const faults: readonly (readonly [string, Behave, number])[] = [
    ['answers 429', { kind: 'status', status: 429, headers: { 'retry-after': '1' } }, 2000],
    ['answers 503', { kind: 'status', status: 503 }, 2000],
    ['stalls', { kind: 'stall', text: 'Well now' }, 2000],
    ['cuts off', { kind: 'cutOff', text: 'Well now', politely: false }, 2000],
    ['says garbage', { kind: 'garbage' }, 2000],
    ['is silent', { kind: 'silent' }, 600],
  ];
  it.each(faults)('open the breaker, and the fallback answers every input once, where it %s', async (_, fault, ms) => {
    const guards: readonly Json[] = [FALLBACK, { kind: 'breaker', failures: 3, openMs: 60_000, on: FAILURES }, { kind: 'timeout', ms }];
    const { project, server } = await setUp({ guards, behave: () => fault, provider: { idleMs: 300 } });
    const journal = join(project.home, 'j.jsonl');
    const run = await project.prismatic('run', project.dir, '--input', project.inputs(questions(12)), '--grant', await project.grants(), '--journal', journal, '--json');
    expect(run.code).toBe(0);
    expect(repliesIn(run.lines).map(({ input }) => input)).toEqual(questions(12).map((_, index) => index + 1));
    expect(textsIn(run.lines)).toEqual(questions(12).map(() => 'spare'));
    expect(run.lines.at(-1)).toMatchObject({ inputs: 12, handled: 12, failed: 0, dropped: 0, restarts: 0, spend: { calls: server.seen.length, failed: server.seen.length, usd: 0 } });
    const changed = journalOf(journal).filter(({ type }) => type === 'guard.changed');
    expect(changed[0]).toMatchObject({ guard: expect.stringContaining('breaker') as string, from: 'closed', to: 'open' });
    // Handlers take one message at a time: after three failures nothing more is asked.
    expect(server.seen).toHaveLength(3);
  });

  it('retry within their budget, counted at the endpoint', async () => {
    const guards: readonly Json[] = [FALLBACK, { kind: 'retry', attempts: 5, backoffMs: 1, maxBackoffMs: 2, budget: 0.2, on: FAILURES }];
    const { project, server } = await setUp({ guards, behave: () => ({ kind: 'status', status: 503 }) });
    const run = await project.prismatic('run', project.dir, '--input', project.inputs(questions(40)), '--grant', await project.grants(), '--json');
    expect(textsIn(run.lines)).toEqual(questions(40).map(() => 'spare'));
    // A fifth of the calls, beyond a floor of 10: without a budget it would be 200.
    expect(server.seen.length).toBeGreaterThan(40);
    expect(server.seen.length).toBeLessThanOrEqual(40 + 10 + 8);
    expect(run.lines.at(-1)).toMatchObject({ inputs: 40, handled: 40, spend: { calls: server.seen.length } });
  });

  it('close the breaker again when the endpoint is well, and each input is answered once whatever it does', async () => {
    const guards: readonly Json[] = [FALLBACK, { kind: 'breaker', failures: 3, openMs: 400, on: FAILURES }, { kind: 'timeout', ms: 5000 }];
    const { project, server } = await setUp({ guards, behave: (_, count) => (count <= 4 ? { kind: 'status', status: 500 } : { kind: 'text', text: 'well again' }) });
    const prompt = new PromptReader();
    const running = await startRun(project, { performers: { model: modelsOf(project) }, input: prompt, staysUp: true });
    const ask = async (): Promise<unknown> => {
      const id = prompt.send({ to: 'desk', protocol: 'Ask', operation: 'ask', input: { text: 'Hi' } });
      const answer = (): unknown => running.replies.find(({ input }) => input === id);
      await expect.poll(answer, { timeout: 30_000, interval: 5 }).toBeDefined();
      return (answer() as { readonly output: { readonly text: string } }).output.text;
    };
    await expect.poll(ask, { timeout: 30_000, interval: 20 }).toBe('well again');
    for (let count = 0; count < 5; count += 1) expect(await ask()).toBe('well again');
    running.run.stop('signal');
    const result = await running.finish();
    const texts = running.replies.map((reply) => (reply.ok ? (reply.output as { readonly text: string }).text : 'failed'));
    const states: string[] = [];
    for await (const record of running.store.readJournal()) if ('type' in record && record.type === 'guard.changed') states.push(record.to);
    await running.store.close();
    // Three failures open it; the fourth is a probe, which opens it again; the next one closes it.
    expect([states[0], states.at(-1), states.filter((state) => state === 'open').length]).toEqual(['open', 'closed', 2]);
    expect(server.seen.length).toBe(4 + texts.filter((text) => text === 'well again').length);
    expect([result.inputs, result.handled, new Set(running.replies.map(({ input }) => input)).size]).toEqual([texts.length, texts.length, texts.length]);
  });

  it('lose nothing where it fails in another way each time', async () => {
    const faults: readonly Behave[] = [{ kind: 'status', status: 429 }, { kind: 'text', text: 'well' }, { kind: 'stall', text: 'We' }, { kind: 'text', text: 'well' }, { kind: 'cutOff', text: 'We', politely: true }, { kind: 'garbage' }, { kind: 'text', text: 'well' }, { kind: 'wrongJson' }, { kind: 'errorInStream', error: { type: 'server_error', message: 'oh' } }];
    const guards: readonly Json[] = [FALLBACK, { kind: 'retry', attempts: 2, backoffMs: 1, on: FAILURES }, { kind: 'timeout', ms: 3000 }];
    const { project, server } = await setUp({ guards, behave: (_, count) => faults[count % faults.length]!, provider: { idleMs: 150 } });
    const run = await project.prismatic('run', project.dir, '--input', project.inputs(questions(27), 50), '--grant', await project.grants(), '--json');
    const texts = textsIn(run.lines);
    expect([texts.length, new Set(texts)]).toEqual([27, new Set(['spare', 'well'])]);
    const result = run.lines.at(-1) as { readonly spend: { readonly calls: number; readonly failed: number } };
    expect(result).toMatchObject({ inputs: 27, handled: 27, failed: 0, dropped: 0, spend: { calls: server.seen.length } });
    expect(result.spend.calls - result.spend.failed).toBe(texts.filter((text) => text === 'well').length);
  });
});

describe('a model call under way', () => {
  it('is not made twice when the engine is killed: the input is delivered again, and gets that answer', async () => {
    const { project, server } = await setUp({ behave: () => ({ kind: 'text', text: 'late', delayMs: 4000 }), brain: { maxSteps: 1 }, guards: [{ kind: 'timeout', ms: 60_000 }] });
    const models = modelsOf(project);
    const running = await startRun(project, { performers: { model: models }, input: inputFile(project.inputs(['Hi'])) });
    await expect.poll(() => server.seen.length, { timeout: 30_000 }).toBe(1);
    running.engine().kill('a test');
    const result = await running.finish();
    expect(running.notes).toContainEqual(expect.objectContaining({ kind: 'engineLost' }));
    expect(running.replies).toMatchObject([{ input: 1, ok: true, output: { text: 'late' } }]);
    expect([server.seen.length, result.inputs, result.handled, result.effects]).toEqual([1, 1, 1, { requested: 1, settled: 1, unknown: 0 }]);
    expect(models.spend.sum()).toMatchObject({ calls: 1, repeated: 0, usd: 0.00007 });
    await running.store.close();
  });

  it('is given up when the run is stopped, and that is on record', async () => {
    const { project, server } = await setUp({ behave: () => ({ kind: 'silent' }), guards: [{ kind: 'timeout', ms: 60_000 }] });
    const running = await startRun(project, { performers: { model: modelsOf(project) }, input: inputFile(project.inputs(['Hi'])) });
    await expect.poll(() => server.seen.length, { timeout: 30_000 }).toBe(1);
    running.run.stop('signal');
    expect(await running.finish()).toMatchObject({ reason: 'signal', effects: { requested: 1, settled: 1, unknown: 0 } });
    await expect.poll(() => server.open(), { timeout: 30_000 }).toBe(0);
    await running.store.close();
  });
});

function modelsOf({ dir, home }: ModelProject): Models {
  const grants = [{ node: 'brain', kind: 'model', resource: { provider: 'main', model: 'm-1' } }] as const;
  return new Models({ world: realWorld, projectDir: dir, grants: () => grants, providers: () => readProviders(join(home, 'data')), keys: { env: process.env }, records: false, onTrouble: () => undefined });
}
