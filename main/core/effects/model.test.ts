import { afterEach, describe, expect, it } from 'vitest';
import { ok } from '../../../shared/errors/result';
import type { Grant } from '../../../shared/design/grants';
import type { EffectRequest } from '../../../shared/run/engine-protocol';
import { providerSettings } from '../../../shared/run/provider-settings';
import { realWorld } from '../core-world';
import { openModelServer, type Behave, type ModelServer } from '../testing/model-server';
import type { ModelPiece } from '../../../shared/run/model-request';
import { Models } from './model';
import { NOBODY_READS } from './perform-effect';

let server: ModelServer | undefined;
afterEach(() => server?.close());
const signal = new AbortController().signal;

async function open(grant: Partial<Grant> = {}, settings: object = {}): Promise<{ readonly models: Models; readonly server: ModelServer; readonly most: () => number }> {
  let most = 0;
  server = await openModelServer(() => {
    most = Math.max(most, server!.underWay());
    return { kind: 'text', text: 'yes', delayMs: 30 };
  });
  const main = providerSettings.parse({ kind: 'ollama', baseUrl: server.origin, models: { 'm-1': { inputUsd: 1, outputUsd: 1 } }, ...settings });
  const grants = [{ node: 'brain', kind: 'model', resource: { provider: 'main', model: 'm-1' }, ...grant }] as const;
  return { server, most: () => most, models: new Models({ world: realWorld, projectDir: '/nowhere', grants: () => grants, providers: () => Promise.resolve(ok({ main })), keys: { env: {} }, records: false, onTrouble: () => undefined }) };
}
const ask = (more: Partial<EffectRequest> = {}, timeoutMs = 30_000): EffectRequest => ({ key: '1/brain/1', node: 'brain', kind: 'model', request: { provider: 'main', model: 'm-1', operation: 'complete', messages: [{ role: 'user', content: 'Hi' }], timeoutMs }, ...more });

describe('questions to a provider', () => {
  it('are under way as many at once as it allows, and all are answered', async () => {
    const { models, server, most } = await open({}, { concurrency: 3 });
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => models.perform(ask(), signal, () => undefined)));
    expect([outcomes.filter((outcome) => outcome.ok).length, server.seen.length]).toEqual([20, 20]);
    expect(most()).toBe(3);
  });

  it('that wait longer than their callers are given up, and not asked', async () => {
    const { models, server } = await open({}, { concurrency: 1 });
    server.behave = () => ({ kind: 'silent' });
    const first = models.perform(ask({}, 1500), signal, () => undefined);
    await expect.poll(() => server.seen.length).toBe(1);
    expect(await models.perform(ask({}, 50), signal, () => undefined)).toMatchObject({ ok: false, error: { code: 'Unavailable', message: expect.stringContaining('did not come within 50 ms') as string } });
    expect(await first).toMatchObject({ ok: false, error: { code: 'Unavailable' } });
    expect(server.seen).toHaveLength(1);
    // The turn came back: the next one is asked.
    server.behave = () => ({ kind: 'text', text: 'yes' });
    expect(await models.perform(ask(), signal, () => undefined)).toMatchObject({ ok: true });
  });

  it('under a cap go one after the other', async () => {
    const { models, most } = await open({ resource: { provider: 'main', model: 'm-1', maxUsd: 1 } });
    await Promise.all(Array.from({ length: 5 }, () => models.perform(ask(), signal, () => undefined)));
    expect(most()).toBe(1);
  });

  it('of a dynamic child are granted to its template, and of nobody else', async () => {
    const { models, server } = await open({ node: 'worker' });
    expect(await models.perform(ask({ node: 'pool/7', template: 'worker' }), signal, () => undefined)).toMatchObject({ ok: true });
    expect(models.spend.sum()).toMatchObject({ nodes: [{ node: 'worker', calls: 1 }] });
    expect(await models.perform(ask({ node: 'pool/7' }), signal, () => undefined)).toMatchObject({ ok: false, error: { code: 'Unauthorized' } });
    expect(server.seen).toHaveLength(1);
  });
});

describe('a stream', () => {
  const stream = (more: object = {}): EffectRequest => ask({ request: { provider: 'main', model: 'm-1', operation: 'stream', messages: [{ role: 'user', content: 'Hello you' }], timeoutMs: 30_000, ...more } });

  it('is told in pieces before its answer, which has all of it', async () => {
    const { models, server } = await open();
    server.behave = () => ({ kind: 'slow', text: 'one two three four', everyMs: 80 });
    const pieces: ModelPiece[] = [];
    const outcome = await models.perform(stream(), signal, (piece) => void pieces.push(piece));
    expect(outcome).toMatchObject({ ok: true, mode: 'live', value: { text: 'one two three four', finish: 'stop', usage: { inputTokens: 10, outputTokens: 5 } } });
    expect([pieces.length > 1, pieces.map(({ text }) => text).join('')]).toEqual([true, 'one two three four']);
    expect(models.spend.sum()).toMatchObject({ calls: 1, failed: 0, estimated: 0, inputTokens: 10, outputTokens: 5 });
    expect(server.seen[0]!.body).toMatchObject({ stream: true });
  });

  it('that its reader leaves is broken off at the endpoint, and what had come is counted by guess, under the cap too', async () => {
    const { models, server } = await open({ resource: { provider: 'main', model: 'm-1', maxUsd: 0.000001 } });
    server.behave = () => ({ kind: 'slow', text: 'word '.repeat(8), everyMs: 5, endless: true });
    const leave = new AbortController();
    let said = '';
    const outcome = await models.perform(stream(), leave.signal, ({ text }) => {
      said += text;
      if (said.length > 20) leave.abort(NOBODY_READS);
    });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'Unavailable', message: expect.stringMatching(/^nobody reads it any more: it was given up after \d+ characters$/) as string } });
    await expect.poll(() => server.underWay(), { timeout: 30_000 }).toBe(0);
    const { inputTokens, outputTokens, usd } = models.spend.sum()!;
    expect(models.spend.sum()).toMatchObject({ calls: 1, failed: 0, estimated: 1, inputTokens: 3 });
    expect(outputTokens).toBeGreaterThan(5);
    expect(usd).toBeCloseTo((inputTokens + outputTokens) / 1_000_000, 9);
    expect(await models.perform(stream(), signal, () => undefined)).toMatchObject({ ok: false, error: { code: 'Refused' } });
  });

  const rows: readonly (readonly [Behave, string, object])[] = [
    [{ kind: 'stall', text: 'Well now' }, 'Well now', { failed: 1, estimated: 1, inputTokens: 3, outputTokens: 2 }],
    [{ kind: 'cutOff', text: 'Well now', politely: true }, 'Well now', { failed: 1, estimated: 1, outputTokens: 2 }],
    [{ kind: 'cutOff', text: 'Well now', politely: false }, 'Well now', { failed: 1, estimated: 1, outputTokens: 2 }],
    [{ kind: 'garbage' }, '', { failed: 1, estimated: 0, outputTokens: 0 }],
    [{ kind: 'status', status: 429 }, '', { failed: 1, estimated: 0, outputTokens: 0 }],
    [{ kind: 'errorInStream', error: { type: 'rate_limit_error', message: 'slow down' } }, '', { failed: 1, estimated: 0 }],
  ];
  it.each(rows)('that does not come to its end ($kind) gives what came, and then fails', async (behave, expected, sums) => {
    const { models, server } = await open({}, { idleMs: 200 });
    server.behave = () => behave;
    let said = '';
    const outcome = await models.perform(stream(), signal, ({ text }) => void (said += text));
    expect([outcome.ok, said]).toEqual([false, expected]);
    expect(models.spend.sum()).toMatchObject({ calls: 1, ...sums });
  });

  it('is told from its beginning to who asks for it while it comes', async () => {
    const { models, server } = await open();
    server.behave = () => ({ kind: 'slow', text: 'one two three four five six', everyMs: 60 });
    const pieces: ModelPiece[] = [];
    const outcome = models.perform({ ...stream(), key: '1/brain/1~2' }, signal, (piece) => void pieces.push(piece));
    await expect.poll(() => pieces.length, { timeout: 30_000 }).toBeGreaterThan(1);
    const before = pieces.length;
    models.askedAgain({ ...stream(), key: '1/brain/1' });
    models.askedAgain({ ...stream(), key: '1/brain/11' });
    expect(pieces.slice(before)).toEqual([{ at: 0, text: pieces.slice(0, before).map(({ text }) => text).join('') }]);
    expect(await outcome).toMatchObject({ ok: true });
    models.askedAgain({ ...stream(), key: '1/brain/1' });
    expect(pieces.filter(({ at }) => at === 0)).toHaveLength(2);
  });
});
