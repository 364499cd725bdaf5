/** The person's providers over the Studio's API, and every code of theirs, provoked with what really goes wrong. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RequestAnswer, RequestInput, RequestName } from '../shared/api/contract';
import { parseRequest } from '../shared/api/parse-request';
import { realWorld } from '../main/core/core-world';
import { findKey, SessionVault, type KeyVault } from '../main/core/providers/find-key';
import { readProviders, writeProviders } from '../main/core/providers/provider-file';
import { scrubKey } from '../main/core/providers/scrub-key';
import { readCassettes, writeCassette } from '../main/core/models/cassettes';
import { providerHandlers } from '../main/core/studio/provider-requests';
import { openModelServer, type Behave, type ModelServer } from '../main/core/testing/model-server';
import { TestClient } from './studio';

const KEY = 'sk-canary-77aa01f3';
let home: string;
let server: ModelServer | undefined;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'prismatic-providers-'));
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  rmSync(home, { recursive: true, force: true });
});

type Names = Extract<RequestName, `providers.${string}`>;
type Ask = <N extends Names>(name: N, input: RequestInput<N>) => Promise<RequestAnswer<N>>;

function studio({ vault, env = {} }: { readonly vault?: KeyVault; readonly env?: Readonly<Record<string, string>> } = {}): Ask {
  const handlers = providerHandlers({ dataDir: home, world: realWorld, shell: { kind: vault ? 'window' : 'browser' } }, { env, ...(vault ? { vault } : {}) });
  const client = new TestClient('window');
  return async (name, input) => {
    // As it comes over the wire: text, checked.
    const parsed = parseRequest(name, JSON.parse(JSON.stringify(input)) as unknown);
    if (!parsed.ok) throw new Error(parsed.problem);
    return (await (handlers[name] as (input: unknown, client: TestClient) => unknown)(parsed.input, client)) as never;
  };
}
const endpoint = async (behave: Behave = { kind: 'text', text: 'yes' }): Promise<ModelServer> => (server = await openModelServer(() => behave));
const compatible = (origin: string, keyFrom: object | 'none' = 'none', models: object = { 'm-1': { inputUsd: 1, outputUsd: 2 } }) => ({ kind: 'openai-compatible', baseUrl: `${origin}/v1`, keyFrom, models }) as never;

describe('providers of a person', () => {
  it('are saved, listed, tried out and removed; a key goes in and never comes out', async () => {
    const vault = new SessionVault();
    const ask = studio({ vault });
    const { origin, seen } = await endpoint();
    const saved = await ask('providers.save', { name: 'main', settings: compatible(origin, { keychain: 'main' }), key: KEY });
    expect(saved).toMatchObject({ ok: true, value: { keysGo: 'session', providers: [{ name: 'main', key: 'set', settings: { kind: 'openai-compatible', idleMs: 30_000, concurrency: 8 } }] } });
    const tested = await ask('providers.test', { name: 'main' });
    expect(tested).toMatchObject({ ok: true, value: { text: 'yes', model: 'm-1-served', usage: { inputTokens: 10, outputTokens: 5 }, costUsd: 0.00002 } });
    expect(seen[0]!.headers.authorization).toBe(`Bearer ${KEY}`);
    // Saved again without a key, the one that is there stays.
    expect(await ask('providers.save', { name: 'main', settings: compatible(origin, { keychain: 'main' }, {}) })).toMatchObject({ ok: true, value: { providers: [{ key: 'set' }] } });
    expect(await ask('providers.test', { name: 'main', model: 'm-2' })).toMatchObject({ ok: true });
    expect(JSON.stringify([saved, tested, await ask('providers.list', {})])).not.toContain('canary');
    for (const name of readdirSync(home)) expect(readFileSync(join(home, name), 'utf8')).not.toContain('canary');
    expect(await ask('providers.remove', { name: 'main' })).toMatchObject({ ok: true, value: { providers: [] } });
    expect(await vault.find('main')).toBeUndefined();
  });

  it('say whether their key is there', async () => {
    const settings = { a: compatible('https://a.example'), b: compatible('https://b.example', { env: 'SET' }), c: compatible('https://c.example', { env: 'UNSET' }), d: compatible('https://d.example', { keychain: 'd' }) } as const;
    await writeProviders(home, settings);
    const keysOf = async (ask: Ask): Promise<unknown> => {
      const list = await ask('providers.list', {});
      return list.ok && [list.value.keysGo, ...list.value.providers.map(({ key }) => key)];
    };
    expect(await keysOf(studio({ vault: new SessionVault(), env: { SET: 'x' } }))).toEqual(['session', 'none', 'set', 'missing', 'missing']);
    expect(await keysOf(studio({ env: { SET: 'x' } }))).toEqual(['nowhere', 'none', 'set', 'missing', 'locked']);
  });

  it('are in a file that only the person can read, in which two who save at once do not undo each other', async () => {
    const ask = studio({ vault: new SessionVault() });
    await Promise.all(Array.from({ length: 8 }, (_, index) => ask('providers.save', { name: `p${index}`, settings: compatible('https://a.example') })));
    expect(statSync(join(home, 'providers.json')).mode & 0o777).toBe(0o600);
    const read = await readProviders(home);
    expect(read.ok && Object.keys(read.value).toSorted()).toEqual(Array.from({ length: 8 }, (_, index) => `p${index}`));
    expect(readdirSync(home)).toEqual(['providers.json']);
  });

  it('name the models that their endpoint has', async () => {
    const { origin } = await endpoint({ kind: 'status', status: 200, body: '{"object":"list","data":[{"id":"m-2"},{"id":"m-1"}]}' });
    const ask = studio({ vault: new SessionVault() });
    for (const kind of ['openai-compatible', 'anthropic', 'ollama']) {
      await ask('providers.save', { name: 'main', settings: { kind, baseUrl: `${origin}/v1` } as never });
      expect(await ask('providers.models', { name: 'main' })).toEqual({ ok: true, value: ['m-1', 'm-2'] });
    }
    expect(server!.seen.map(({ path }) => path)).toEqual(['/v1/models', '/v1/models', '/v1/models']);
  });

  it('from a browser: what costs no key may be changed, and no key is bound to an address', async () => {
    await writeProviders(home, { main: compatible('https://a.example', { env: 'K' }) });
    const ask = studio({ env: { K: KEY } });
    const refused = { ok: false, error: { code: 'MDL010' } };
    expect(await ask('providers.save', { name: 'main', settings: compatible('https://evil.example', { env: 'K' }) })).toMatchObject(refused);
    expect(await ask('providers.save', { name: 'new', settings: compatible('https://evil.example', { env: 'AWS_SECRET_ACCESS_KEY' }) })).toMatchObject(refused);
    expect(await ask('providers.save', { name: 'new', settings: compatible('https://evil.example', { keychain: 'main' }) })).toMatchObject(refused);
    expect(await ask('providers.save', { name: 'new', settings: compatible('https://a.example'), key: KEY })).toMatchObject(refused);
    expect(await ask('providers.save', { name: 'main', settings: compatible('https://a.example', { env: 'K' }, { 'm-9': null }) })).toMatchObject({ ok: true });
    expect(await ask('providers.save', { name: 'local', settings: { kind: 'ollama', baseUrl: 'http://127.0.0.1:11434' } as never })).toMatchObject({ ok: true });
  });
});

describe('settings that are refused where they come in', () => {
  const rows: readonly (readonly [string, object])[] = [
    ['a key over http', { kind: 'openai-compatible', baseUrl: 'http://example.com/v1', keyFrom: { env: 'K' } }],
    ['another scheme', { kind: 'ollama', baseUrl: 'file:///etc/passwd' }],
    ['a password in the address', { kind: 'ollama', baseUrl: 'https://me:secret@example.com' }],
    ['a key in the settings', { kind: 'ollama', baseUrl: 'https://example.com', apiKey: 'sk' }],
    ['a price below nothing', { kind: 'ollama', baseUrl: 'https://example.com', models: { m: { inputUsd: -1, outputUsd: 1 } } }],
  ];
  it.each(rows)('%s', (_, settings) => expect(parseRequest('providers.save', { name: 'main', settings }).ok).toBe(false));
  it.each(['', 'Main', '__proto__', '../x', 'a b'])('the name %j', (name) => expect(parseRequest('providers.save', { name, settings: { kind: 'recorded' } }).ok).toBe(false));
  it('without a word of the key in what is said', () => {
    const parsed = parseRequest('providers.save', { name: 'main', settings: { kind: 'nonsense' }, key: KEY });
    expect(JSON.stringify(parsed)).not.toContain('canary');
  });
});

it('takes a key out of words in every form in which it may come back', () => {
  const awkward = 'sk-a/b+c=d"e';
  const forms = [awkward, encodeURIComponent(awkward), Buffer.from(awkward).toString('base64'), Buffer.from(awkward).toString('base64url'), Buffer.from(awkward).toString('hex'), JSON.stringify(awkward)];
  for (const form of forms) expect(scrubKey(`before ${form} after`, awkward)).toMatch(/^before "?\[key\]=*"? after$/);
});

const codeOf = (answer: { readonly ok: boolean; readonly error?: { readonly code: string; readonly fix: string } }): unknown => answer.error?.code;
const provoke: Readonly<Record<string, () => Promise<unknown>>> = {
  MDL001: async () => {
    mkdirSync(join(home, 'providers.json'));
    return codeOf(await readProviders(home));
  },
  MDL002: async () => {
    writeFileSync(join(home, 'providers.json'), '{"format":"prismatic-providers/1","providers":{"Main":{"kind":"recorded"}}}');
    return codeOf(await readProviders(home));
  },
  MDL003: async () => {
    mkdirSync(join(home, 'providers.json'));
    return codeOf(await writeProviders(home, {}));
  },
  MDL004: async () => codeOf(await findKey('main', { env: 'UNSET' }, { env: {} })),
  MDL005: async () => codeOf(await findKey('main', { keychain: 'main' }, { env: {} })),
  MDL006: async () => codeOf(await studio()('providers.test', { name: 'main' })),
  MDL007: async () => {
    mkdirSync(join(home, 'cassettes'));
    writeFileSync(join(home, 'cassettes', `${'0'.repeat(64)}.json`), '<<<<<<< ours');
    return codeOf(await readCassettes(home));
  },
  MDL009: async () => {
    writeFileSync(join(home, 'cassettes'), 'a file where the folder should be');
    return codeOf(await writeCassette(home, { kind: 'model', request: {}, answer: null, tookMs: 1 }));
  },
  MDL010: async () => codeOf(await studio()('providers.save', { name: 'main', settings: compatible('https://a.example', { env: 'K' }) })),
  MDL011: async () => {
    const { origin } = await endpoint({ kind: 'status', status: 401 });
    await writeProviders(home, { main: compatible(origin) });
    return codeOf(await studio()('providers.test', { name: 'main' }));
  },
};
it.each(Object.entries(provoke))('%s is told', async (code, work) => expect(await work()).toBe(code));
