import { afterEach, describe, expect, it } from 'vitest';
import { ok } from '../../../shared/errors/result';
import type { Grant } from '../../../shared/design/grants';
import type { EffectRequest } from '../../../shared/run/engine-protocol';
import { providerSettings } from '../../../shared/run/provider-settings';
import { realWorld } from '../core-world';
import { openModelServer, type ModelServer } from '../testing/model-server';
import { Models } from './model';

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
