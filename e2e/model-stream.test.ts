/** Runs whose handlers read a model's answer while it comes: a fake endpoint on loopback that streams well, and breaks off in every way. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Json } from '../shared/json/json';
import { realWorld } from '../main/core/core-world';
import { Models } from '../main/core/effects/model';
import { readProviders } from '../main/core/providers/provider-file';
import { openModelServer, type Behave, type ModelServer } from '../main/core/testing/model-server';
import { journalOf, ModelProject, repliesIn, textsIn, type ModelProjectOptions } from './model-project';
import { inputFile, startRun } from './project';

vi.setConfig({ testTimeout: 180_000 });

const KEY = 'sk-canary-5b0e93ad77c1';
process.env['PRISMATIC_TEST_KEY'] = KEY;

/** Says what it read, item by item, and how it ended; stops after so many characters where it is told to. */
const READER = `
type Item = { text: string; finish?: string }
type Llm = { stream(input: { prompt: string }): AsyncIterable<Item> }
type Self = { use: { llm: Llm } }

export const Ask = {
  async ask(input: { text: string }, self: Self): Promise<{ text: string }> {
    const most = Number(/^stop after (\\d+)/.exec(input.text)?.[1] ?? Infinity)
    let text = ''
    try {
      for await (const item of self.use.llm.stream({ prompt: input.text })) {
        text += item.text
        if (item.finish !== undefined) text += \`|\${item.finish}\`
        if (text.length >= most) break
      }
      return { text }
    } catch (error) {
      return { text: \`\${text}|\${(error as { code: string }).code}\` }
    }
  },
}
`;

let project: ModelProject | undefined;
let server: ModelServer | undefined;
afterEach(async () => {
  await server?.close();
  project?.remove();
  [project, server] = [undefined, undefined];
});

type Setup = ModelProjectOptions & { readonly behave?: ModelServer['behave']; readonly provider?: object };
async function setUp({ behave = () => ({ kind: 'slow', text: 'Hello there my friend', everyMs: 70 }), provider = {}, ...options }: Setup = {}): Promise<{ readonly project: ModelProject; readonly server: ModelServer }> {
  project = new ModelProject({ handler: READER, ...options });
  server = await openModelServer(behave);
  project.providers({ kind: 'openai-compatible', baseUrl: `${server.origin}/v1`, keyFrom: { env: 'PRISMATIC_TEST_KEY' }, models: { 'm-1': { inputUsd: 2, outputUsd: 10 } }, ...provider });
  return { project, server };
}

const PATIENT: Json = { kind: 'timeout', ms: 30_000 };
const FAILURES: Json = ['RateLimited', 'Unavailable', 'timeout'];
const FALLBACK: Json = { kind: 'fallback', to: 'spare', on: ['RateLimited', 'Unavailable', 'timeout', 'overloaded'] };

describe('a handler that reads a model while it answers', () => {
  it('gets it in pieces, which are inputs of its host; spend is counted once', async () => {
    const { project, server } = await setUp({ guards: [PATIENT] });
    const journal = join(project.home, 'j.jsonl');
    const run = await project.prismatic('run', project.dir, '--input', project.inputs(['Hi', 'Ho']), '--grant', await project.grants(), '--journal', journal, '--json');
    expect([run.code, textsIn(run.lines)]).toEqual([0, ['Hello there my friend|stop', 'Hello there my friend|stop']]);
    expect(run.lines.at(-1)).toMatchObject({ inputs: 2, handled: 2, spend: { calls: 2, failed: 0, estimated: 0, inputTokens: 20, outputTokens: 10 }, effects: { requested: 2, settled: 2, unknown: 0 } });
    expect(server.seen).toHaveLength(2);
    const records = journalOf(journal);
    const pieces = records.filter(({ type, key }) => type === 'effect.item' && key === '1/brain/1').map(({ value }) => (value as { readonly text: string }).text);
    expect([pieces.length > 1, pieces.join('')]).toEqual([true, 'Hello there my friend']);
    expect(records.filter(({ type }) => type === 'effect.settled')).toHaveLength(2);
  });

  it('breaks off: the endpoint is left, what had come is guessed, and the next question is answered', async () => {
    const { project, server } = await setUp({ guards: [PATIENT], behave: (_, count) => (count === 1 ? { kind: 'slow', text: 'word '.repeat(5), everyMs: 20, endless: true } : { kind: 'text', text: 'well' }) });
    const journal = join(project.home, 'j.jsonl');
    const run = await project.prismatic('run', project.dir, '--input', project.inputs(['stop after 20', 'Hi']), '--grant', await project.grants(), '--journal', journal, '--json');
    const [first, second] = textsIn(run.lines) as readonly string[];
    expect([run.code, first!.startsWith('word word word word '), second]).toEqual([0, true, 'well|stop']);
    await expect.poll(() => server.underWay(), { timeout: 30_000 }).toBe(0);
    expect(run.lines.at(-1)).toMatchObject({ inputs: 2, handled: 2, restarts: 0, effects: { requested: 2, settled: 2, unknown: 0 }, spend: { calls: 2, failed: 0, estimated: 1, unpriced: 0 } });
    expect(journalOf(journal).filter(({ type }) => type === 'effect.abandoned')).toMatchObject([{ key: '1/brain/1' }]);
  });

  it('is answered by a scripted model as well, offline, in both worlds', async () => {
    const { project, server } = await setUp({ brain: { type: 'scripted', rules: [{ reply: { text: 'word by word', finish: 'stop' } }], provider: undefined, model: undefined, inFlight: undefined } as never });
    const run = await project.prismatic('run', project.dir, '--input', project.inputs(['Hi']), '--json');
    expect(textsIn(run.lines)).toEqual(['word by word|stop']);
    mkdirSync(join(project.dir, 'scenarios'));
    project.write('scenarios/default.json', JSON.stringify({ format: 'prismatic-scenario/1', load: [{ to: 'desk', protocol: 'Ask', operation: 'ask', input: { text: 'Hi' }, atMs: 10 }], expectations: [{ name: 'all', kind: 'nothingLost' }] }));
    const simulated = await project.prismatic('simulate', project.dir, '--json');
    expect([simulated.code, JSON.parse(simulated.stdout)]).toMatchObject([0, { verdict: 'pass', inputs: 1, handled: 1, failed: 0 }]);
    expect(server.seen).toEqual([]);
  });
});

describe('a stream that breaks off', () => {
  const rows: readonly (readonly [string, Behave, string])[] = [
    ['stalls', { kind: 'stall', text: 'Well now' }, 'Well now|Unavailable'],
    ['cuts off', { kind: 'cutOff', text: 'Well now', politely: false }, 'Well now|Unavailable'],
    ['ends without its end', { kind: 'cutOff', text: 'Well now', politely: true }, 'Well now|Unavailable'],
    ['says garbage', { kind: 'garbage' }, '|Unavailable'],
    ['answers 429', { kind: 'status', status: 429 }, '|RateLimited'],
    ['has an error in it', { kind: 'errorInStream', error: { type: 'server_error', message: `oh ${KEY}` } }, '|Unavailable'],
  ];
  it.each(rows)('where the model %s: what came is read, then the declared error, and the key is nowhere', async (_, behave, expected) => {
    const { project } = await setUp({ guards: [PATIENT], behave: () => behave, provider: { idleMs: 300 } });
    const run = await project.prismatic('run', project.dir, '--input', project.inputs(['Hi']), '--grant', await project.grants(), '--journal', join(project.home, 'j.jsonl'), '--record', '--trace', '--json');
    expect([run.code, textsIn(run.lines)]).toEqual([0, [expected]]);
    expect(run.lines.at(-1)).toMatchObject({ spend: { calls: 1, failed: 1, estimated: expected.startsWith('|') ? 0 : 1 } });
    for (const form of [KEY, Buffer.from(KEY).toString('base64'), Buffer.from(KEY).toString('hex')]) expect([(run.stdout + run.stderr).includes(form), project.everything().includes(form)]).toEqual([false, false]);
  });

  it('is asked for again only where nothing had come', async () => {
    const faults: readonly Behave[] = [{ kind: 'status', status: 503 }, { kind: 'text', text: 'second try' }, { kind: 'cutOff', text: 'Half a', politely: false }, { kind: 'text', text: 'not asked' }];
    const { project, server } = await setUp({ guards: [{ kind: 'retry', attempts: 3, backoffMs: 1, on: FAILURES }, PATIENT], behave: (_, count) => faults[count - 1]! });
    const run = await project.prismatic('run', project.dir, '--input', project.inputs(['one', 'two']), '--grant', await project.grants(), '--json');
    expect(textsIn(run.lines)).toEqual(['second try|stop', 'Half a|Unavailable']);
    expect(server.seen).toHaveLength(3);
  });

  it('is taken over by the fallback only where nothing had come', async () => {
    const { project } = await setUp({ guards: [FALLBACK, PATIENT], behave: (_, count) => (count === 1 ? { kind: 'status', status: 503 } : { kind: 'cutOff', text: 'Half a', politely: false }) });
    const run = await project.prismatic('run', project.dir, '--input', project.inputs(['one', 'two']), '--grant', await project.grants(), '--json');
    expect(textsIn(run.lines)).toEqual(['spare', 'Half a|Unavailable']);
  });

  it('counts for the breaker as any call, which then asks no more', async () => {
    const { project, server } = await setUp({ guards: [{ kind: 'breaker', failures: 3, openMs: 60_000, on: FAILURES }, PATIENT], behave: () => ({ kind: 'cutOff', text: 'Half a', politely: false }) });
    const journal = join(project.home, 'j.jsonl');
    const run = await project.prismatic('run', project.dir, '--input', project.inputs(['1', '2', '3', '4', '5', '6']), '--grant', await project.grants(), '--journal', journal, '--json');
    expect(textsIn(run.lines)).toEqual([...Array<string>(3).fill('Half a|Unavailable'), ...Array<string>(3).fill('|overloaded')]);
    expect(server.seen).toHaveLength(3);
    expect(journalOf(journal).find(({ type }) => type === 'guard.changed')).toMatchObject({ from: 'closed', to: 'open' });
  });
});

describe('cassettes of streams', () => {
  it('give the same pieces again, for nothing, and in the simulated world at their times', async () => {
    const { project, server } = await setUp({ guards: [PATIENT] });
    const grant = await project.grants();
    await project.prismatic('run', project.dir, '--input', project.inputs(['Hi']), '--grant', grant, '--record');
    const [name] = readdirSync(join(project.dir, 'cassettes'));
    const cassette = JSON.parse(readFileSync(join(project.dir, 'cassettes', name!), 'utf8')) as { readonly request: object; readonly tookMs: number; readonly pieces: readonly { readonly text: string; readonly afterMs: number }[] };
    expect(cassette).toMatchObject({ request: { operation: 'stream' }, answer: { text: 'Hello there my friend' } });
    expect([cassette.pieces.length > 1, cassette.pieces.map(({ text }) => text).join('')]).toEqual([true, 'Hello there my friend']);
    project.providers({ kind: 'recorded' });
    const journal = join(project.home, 'j.jsonl');
    const replay = await project.prismatic('run', project.dir, '--input', project.inputs(['Hi']), '--grant', grant, '--journal', journal, '--json');
    expect(textsIn(replay.lines)).toEqual(['Hello there my friend|stop']);
    const itemsIn = (file: string): readonly unknown[] => journalOf(file).flatMap(({ type, value }) => (type === 'effect.item' ? [(value as { readonly text: string }).text] : []));
    expect(itemsIn(journal)).toEqual(cassette.pieces.map(({ text }) => text));
    expect(replay.lines.at(-1)).toMatchObject({ spend: { calls: 1, recorded: 1, usd: 0, inputTokens: 0 } });
    mkdirSync(join(project.dir, 'scenarios'));
    project.write('scenarios/default.json', JSON.stringify({ format: 'prismatic-scenario/1', load: [{ to: 'desk', protocol: 'Ask', operation: 'ask', input: { text: 'Hi' }, atMs: 10 }], expectations: [{ name: 'all', kind: 'nothingLost' }] }));
    const simulated = join(project.home, 's.jsonl');
    const first = await project.prismatic('simulate', project.dir, '--journal', simulated, '--json');
    expect([first.code, JSON.parse(first.stdout)]).toMatchObject([0, { verdict: 'pass', handled: 1 }]);
    expect(itemsIn(simulated)).toEqual(cassette.pieces.map(({ text }) => text));
    const times = journalOf(simulated).flatMap(({ type, atMs }) => (type === 'effect.item' ? [Number(atMs)] : []));
    expect(times.map((atMs) => atMs - times[0]!)).toEqual(cassette.pieces.map(({ afterMs }) => afterMs - cassette.pieces[0]!.afterMs));
    expect((await project.prismatic('simulate', project.dir, '--json')).stdout).toBe(first.stdout);
    expect(server.seen).toHaveLength(1);
  });
});

describe('a stream under way', () => {
  it('is not asked for twice when the engine is killed: its new reader gets all of it, once', async () => {
    const { project, server } = await setUp({ behave: () => ({ kind: 'slow', text: 'one two three four five six seven eight nine ten', everyMs: 400 }), guards: [{ kind: 'timeout', ms: 60_000 }] });
    const models = modelsOf(project);
    const running = await startRun(project, { performers: { model: models }, input: inputFile(project.inputs(['Hi'])) });
    await expect.poll(() => server.seen.length, { timeout: 30_000 }).toBe(1);
    running.engine().kill('a test');
    const result = await running.finish();
    expect(running.notes).toContainEqual(expect.objectContaining({ kind: 'engineLost' }));
    expect(running.replies).toMatchObject([{ input: 1, ok: true, output: { text: 'one two three four five six seven eight nine ten|stop' } }]);
    expect([server.seen.length, result.inputs, result.handled, result.effects]).toEqual([1, 1, 1, { requested: 1, settled: 1, unknown: 0 }]);
    expect(models.spend.sum()).toMatchObject({ calls: 1, repeated: 0, estimated: 0 });
    await running.store.close();
  });

  it('is given up when the run is stopped, and that is on record', async () => {
    const { project, server } = await setUp({ behave: () => ({ kind: 'slow', text: 'word ', everyMs: 20, endless: true }), guards: [{ kind: 'timeout', ms: 60_000 }] });
    const models = modelsOf(project);
    const running = await startRun(project, { performers: { model: models }, input: inputFile(project.inputs(['Hi'])) });
    await expect.poll(() => server.seen.length, { timeout: 30_000 }).toBe(1);
    running.run.stop('signal');
    expect(await running.finish()).toMatchObject({ reason: 'signal', effects: { requested: 1, settled: 1, unknown: 0 } });
    await expect.poll(() => server.underWay(), { timeout: 30_000 }).toBe(0);
    await running.store.close();
  });

  it('ends with the time of its call, at the endpoint too', async () => {
    const { project, server } = await setUp({ behave: () => ({ kind: 'slow', text: 'word ', everyMs: 20, endless: true }), guards: [{ kind: 'timeout', ms: 700 }] });
    const run = await project.prismatic('run', project.dir, '--input', project.inputs(['Hi']), '--grant', await project.grants(), '--json');
    expect(repliesIn(run.lines)).toMatchObject([{ ok: true, output: { text: expect.stringMatching(/\|(timeout|Unavailable)$/) as string } }]);
    await expect.poll(() => server.underWay(), { timeout: 30_000 }).toBe(0);
    expect(run.lines.at(-1)).toMatchObject({ effects: { requested: 1, settled: 1, unknown: 0 } });
  });
});

function modelsOf({ dir, home }: ModelProject): Models {
  const grants = [{ node: 'brain', kind: 'model', resource: { provider: 'main', model: 'm-1' } }] as const;
  return new Models({ world: realWorld, projectDir: dir, grants: () => grants, providers: () => readProviders(join(home, 'data')), keys: { env: process.env }, records: false, onTrouble: () => undefined });
}
