import { afterEach, describe, expect, it } from 'vitest';
import type { ModelRequest } from '../../../shared/run/model-request';
import { providerSettings, type EndpointSettings } from '../../../shared/run/provider-settings';
import { realWorld } from '../core-world';
import { openModelServer, type Behave, type ModelServer } from '../testing/model-server';
import { askEndpoint, type Asked } from './ask-endpoint';

/** Long enough for a slow machine; what has to be quick is told by its own figure. */
const PATIENCE_MS = 30_000;
const KEY = 'sk-canary-4f1d0a7c2b';

let server: ModelServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

type Kind = EndpointSettings['kind'];
const settingsOf = (kind: Kind, origin: string, more: object = {}): EndpointSettings =>
  providerSettings.parse({ kind, baseUrl: kind === 'ollama' ? origin : `${origin}/v1`, models: { 'm-1': { inputUsd: 2, outputUsd: 10 } }, ...more }) as EndpointSettings;

type How = { readonly kind?: Kind; readonly request?: Partial<ModelRequest>; readonly settings?: object; readonly onText?: (text: string) => void };
async function ask(behave: Behave | ModelServer['behave'], { kind = 'openai-compatible', request = {}, settings = {}, onText }: How = {}): Promise<Asked> {
  server = await openModelServer(typeof behave === 'function' ? behave : () => behave);
  return askEndpoint({
    request: { provider: 'main', model: 'm-1', operation: 'complete', messages: [{ role: 'user', content: 'Hello' }], timeoutMs: PATIENCE_MS, ...request },
    settings: settingsOf(kind, server.origin, settings),
    key: KEY,
    world: realWorld,
    signal: new AbortController().signal,
    onText,
  });
}

const KINDS: readonly Kind[] = ['openai-compatible', 'ollama', 'anthropic'];

describe.each(KINDS)('a provider of kind %s', (kind) => {
  it('answers with text, usage, price and the name of the model', async () => {
    const asked = await ask({ kind: 'text', text: 'Good day to you', usage: { input: 10, output: 4 } }, { kind, request: { system: 'Be kind.', maxTokens: 100, temperature: 0.5 } });
    expect(asked).toEqual({ ok: true, answer: { text: 'Good day to you', toolCalls: [], finish: 'stop', usage: { inputTokens: 10, outputTokens: 4 }, costUsd: (10 * 2 + 4 * 10) / 1_000_000, model: 'm-1-served' } });
    const [seen] = server!.seen;
    expect(seen!.path).toBe(kind === 'anthropic' ? '/v1/messages' : '/v1/chat/completions');
    expect(JSON.stringify(seen!.body)).toContain('Be kind.');
    expect(seen!.body).toMatchObject({ model: 'm-1', max_tokens: 100, temperature: 0.5, stream: true });
    expect(kind === 'anthropic' ? seen!.headers['x-api-key'] : seen!.headers.authorization).toContain(KEY);
  });

  it('tells its text while it comes, and the whole at the end', async () => {
    const told: string[] = [];
    const asked = await ask({ kind: 'slow', text: 'one two three', everyMs: 30 }, { kind, request: { operation: 'stream' }, onText: (text) => void told.push(text) });
    expect(told).toEqual(['one ', 'two ', 'three']);
    expect(asked).toMatchObject({ ok: true, answer: { text: 'one two three', finish: 'stop' } });
  });

  it('asks for a tool, and takes its answer', async () => {
    const messages = [
      { role: 'user', content: 'And the weather?' },
      { role: 'assistant', content: '', toolCalls: [{ id: 'call-0', name: 'weather_at', input: { place: 'Bonn' } }] },
      { role: 'tool', content: '{"sky":"grey"}', toolCallId: 'call-0' },
    ] as const;
    const tools = [{ name: 'weather_at', description: 'Says it.', input: { type: 'object', properties: { place: { type: 'string' } } } }] as const;
    const asked = await ask({ kind: 'toolCall', name: 'weather_at', input: '{"place":"Kiel"}' }, { kind, request: { messages, tools } });
    expect(asked).toMatchObject({ ok: true, answer: { finish: 'toolCalls', toolCalls: [{ name: 'weather_at', input: { place: 'Kiel' } }] } });
    const sent = JSON.stringify(server!.seen[0]!.body);
    for (const word of ['weather_at', 'Says it.', 'call-0', 'Bonn', 'grey']) expect(sent).toContain(word);
  });

  it('that gives the key back in its answer does not hand it on', async () => {
    const forms = [KEY, `Bearer ${KEY}`, Buffer.from(KEY).toString('base64'), Buffer.from(KEY).toString('hex')];
    const text = await ask({ kind: 'text', text: JSON.stringify({ key: forms }) }, { kind, request: { output: { type: 'object' } } });
    expect(text).toMatchObject({ ok: true, answer: { text: expect.stringContaining('[key]') as string, output: { key: [expect.stringContaining('[key]') as string, 'Bearer [key]', expect.stringContaining('[key]') as string, '[key]'] } } });
    await server?.close();
    const tool = await ask({ kind: 'toolCall', name: 'weather_at', input: JSON.stringify({ [KEY]: forms }) }, { kind });
    expect(tool).toMatchObject({ ok: true, answer: { toolCalls: [{ input: { '[key]': expect.any(Array) as unknown } }] } });
    await server?.close();
    const parts: string[] = [];
    const streamed = await ask({ kind: 'text', text: `it is ${KEY}, you see` }, { kind, request: { operation: 'stream' }, onText: (part) => parts.push(part) });
    expect([streamed.ok, parts.join('')]).toEqual([true, 'it is [key], you see']);
    for (const form of forms) expect(JSON.stringify([text, tool, streamed])).not.toContain(form);
  });

  const rows: readonly (readonly [Behave, object])[] = [
    [{ kind: 'status', status: 429, headers: { 'retry-after': '3' } }, { code: 'RateLimited', data: { retryAfterMs: 3000 } }],
    [{ kind: 'status', status: 429, headers: { 'retry-after-ms': '250', 'retry-after': '9' } }, { code: 'RateLimited', data: { retryAfterMs: 250 } }],
    [{ kind: 'status', status: 429 }, { code: 'RateLimited' }],
    [{ kind: 'status', status: 429, body: '{"error":{"message":"You exceeded your current quota","code":"insufficient_quota"}}' }, { code: 'Unauthorized' }],
    [{ kind: 'status', status: 500 }, { code: 'Unavailable' }],
    [{ kind: 'status', status: 503, headers: { 'retry-after': '1' } }, { code: 'Unavailable', data: { retryAfterMs: 1000 } }],
    [{ kind: 'status', status: 529 }, { code: 'Unavailable' }],
    [{ kind: 'status', status: 502, body: '<html>bad gateway</html>' }, { code: 'Unavailable' }],
    [{ kind: 'status', status: 401 }, { code: 'Unauthorized' }],
    [{ kind: 'status', status: 403 }, { code: 'Unauthorized' }],
    [{ kind: 'status', status: 404 }, { code: 'BadRequest' }],
    [{ kind: 'status', status: 307, headers: { location: 'http://127.0.0.1:9/v1/elsewhere' } }, { code: 'BadRequest' }],
    [{ kind: 'status', status: 400, body: '{"error":{"message":"This model\'s maximum context length is 8192 tokens","code":"context_length_exceeded"}}' }, { code: 'ContextTooLong' }],
    [{ kind: 'status', status: 400, body: '{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 300000 tokens"}}' }, { code: 'ContextTooLong' }],
    [{ kind: 'text', text: 'No', finish: 'content_filter' }, { code: 'Refused' }],
    [{ kind: 'cutOff', text: 'Good day', politely: true }, { code: 'Unavailable' }],
    [{ kind: 'cutOff', text: 'Good day', politely: false }, { code: 'Unavailable' }],
    [{ kind: 'garbage' }, { code: 'Unavailable' }],
    [{ kind: 'wrongJson' }, { code: 'Unavailable' }],
    [{ kind: 'toolCall', name: 'weather_at', input: '{"place":' }, { code: 'Unavailable' }],
    [{ kind: 'huge', bytes: 20 * 1024 * 1024 }, { code: 'BadRequest' }],
  ];
  it.each(rows)('that does %o fails with %o', async (behave, failure) => {
    const tools = behave.kind === 'toolCall' ? { tools: [{ name: 'weather_at', input: { type: 'object' } }] as const } : {};
    const asked = await ask(behave, { kind, request: tools });
    expect(asked).toMatchObject({ ok: false, failure });
    // A retry is a guard's business.
    expect(server!.seen).toHaveLength(1);
  });

  it('that stalls between two words is given up after its idle time, and not before', async () => {
    const beganMs = performance.now();
    const asked = await ask({ kind: 'stall', text: 'Good day' }, { kind, settings: { idleMs: 200 } });
    expect(asked).toMatchObject({ ok: false, failure: { code: 'Unavailable', message: expect.stringContaining('nothing came for 200 ms') as string } });
    expect(performance.now() - beganMs).toBeGreaterThan(190);
    await expect.poll(() => server!.open(), { timeout: PATIENCE_MS }).toBe(0);
  });

  it('that never answers is given up when the time of the call is over', async () => {
    const asked = await ask({ kind: 'silent' }, { kind, request: { timeoutMs: 150 } });
    expect(asked).toMatchObject({ ok: false, failure: { code: 'Unavailable', message: 'no answer within 150 ms' } });
    await expect.poll(() => server!.open(), { timeout: PATIENCE_MS }).toBe(0);
  });

  it('that gives the key back in its words does not get it on', async () => {
    const forms = [KEY, Buffer.from(KEY).toString('base64'), encodeURIComponent(KEY)];
    const asked = await ask({ kind: 'status', status: 401, body: JSON.stringify({ type: 'error', error: { type: 'x', message: `Incorrect API key: ${forms.join(' ')}` } }) }, { kind });
    expect(asked).toMatchObject({ ok: false, failure: { code: 'Unauthorized', message: expect.stringContaining('Incorrect API key: [key]') as string } });
    expect(JSON.stringify(asked)).not.toContain('canary');
  });

  it('gives an answer of a schema as a value, and the text alone where it does not fit', async () => {
    const output = { type: 'object', properties: { topic: { enum: ['billing', 'other'] } }, required: ['topic'] } as const;
    expect(await ask({ kind: 'text', text: '{"topic": "billing"}' }, { kind, request: { output } })).toMatchObject({ ok: true, answer: { output: { topic: 'billing' } } });
    await server!.close();
    const wrong = await ask({ kind: 'text', text: '{"topic": "weather"}' }, { kind, request: { output } });
    expect(wrong).toMatchObject({ ok: true, answer: { text: '{"topic": "weather"}' } });
    expect(wrong.ok && 'output' in wrong.answer).toBe(false);
    expect(JSON.stringify(server!.seen[0]!.body)).toContain('billing');
  });
});

describe('an endpoint', () => {
  it('that nobody listens at is unavailable', async () => {
    const closed = await openModelServer(() => ({ kind: 'silent' }));
    await closed.close();
    const asked = await askEndpoint({ request: { provider: 'main', model: 'm-1', operation: 'complete', messages: [{ role: 'user', content: 'x' }], timeoutMs: PATIENCE_MS }, settings: settingsOf('ollama', closed.origin), key: undefined, world: realWorld, signal: new AbortController().signal });
    expect(asked).toMatchObject({ ok: false, failure: { code: 'Unavailable', message: expect.stringContaining('ECONNREFUSED') as string } });
  });

  it('makes vectors of texts, in their order', async () => {
    const asked = await ask({ kind: 'text', text: '' }, { request: { operation: 'embed', messages: [{ role: 'user', content: 'cat' }, { role: 'user', content: 'horse' }] } });
    expect(asked).toMatchObject({ ok: true, answer: { embeddings: [[3, 0], [5, 1]], usage: { inputTokens: 7, outputTokens: 0 }, costUsd: 14 / 1_000_000 } });
  });

  it('is left when the run ends', async () => {
    server = await openModelServer(() => ({ kind: 'silent' }));
    const end = new AbortController();
    const asked = askEndpoint({ request: { provider: 'main', model: 'm-1', operation: 'complete', messages: [{ role: 'user', content: 'x' }], timeoutMs: PATIENCE_MS }, settings: settingsOf('ollama', server.origin), key: undefined, world: realWorld, signal: end.signal });
    await expect.poll(() => server!.seen.length, { timeout: PATIENCE_MS }).toBe(1);
    end.abort();
    expect(await asked).toMatchObject({ ok: false, failure: { code: 'Unavailable', message: expect.stringContaining('the run ended') as string } });
  });

  it('has no price where the person gives none', async () => {
    expect(await ask({ kind: 'text', text: 'x' }, { settings: { models: { 'm-1': null } } })).toMatchObject({ ok: true, answer: { costUsd: null } });
  });

  it('that sends an error in the middle of its stream has failed with it', async () => {
    expect(await ask({ kind: 'errorInStream', error: { type: 'rate_limit_error', message: 'slow down' } })).toMatchObject({ ok: false, failure: { code: 'RateLimited', message: 'slow down' } });
  });
});
