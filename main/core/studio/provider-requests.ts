/** Answers to the requests of `shared/api/providers.ts`. */
import type { RequestHandlers, RequestInput } from '../../../shared/api/contract';
import type { KeyState, ProviderAnswers, ProviderList, providerRequests } from '../../../shared/api/providers';
import { failed, ok, type Result } from '../../../shared/errors/result';
import { findProvider, type EndpointSettings, type KeyFrom, type Providers, type ProviderSettings } from '../../../shared/run/provider-settings';
import { askEndpoint } from '../models/ask-endpoint';
import { listModels } from '../models/list-models';
import { findKey, type KeySources } from '../providers/find-key';
import { readProviders, writeProviders } from '../providers/provider-file';
import type { Client, StudioContext } from './context';

type Handlers = Pick<RequestHandlers<Client>, keyof typeof providerRequests>;
type Context = Pick<StudioContext, 'dataDir' | 'world' | 'shell'>;

const TEST_TIMEOUT_MS = 30_000;
const NEVER = new AbortController().signal;

export function providerHandlers(context: Context, keys: KeySources): Handlers {
  const { dataDir, world } = context;
  // One change after the other: two pages may save at once.
  let last: Promise<unknown> = Promise.resolve();
  const change = (work: (providers: Providers) => Promise<Result<Providers>>): Promise<Result<ProviderList>> => {
    const done = last.then(async () => {
      const read = await readProviders(dataDir);
      const next = read.ok ? await work(read.value) : read;
      if (!next.ok) return next;
      const written = await writeProviders(dataDir, next.value);
      return written.ok ? list() : written;
    });
    last = done.catch(() => undefined);
    return done;
  };
  async function list(): Promise<Result<ProviderList>> {
    const read = await readProviders(dataDir);
    if (!read.ok) return read;
    const providers = await Promise.all(Object.entries(read.value).map(async ([name, settings]) => ({ name, settings, key: await keyStateOf(settings, keys) })));
    return ok({ providers, keysGo: keys.vault?.keeps ?? 'nowhere' });
  }
  async function withEndpoint<T>(name: string, work: (settings: EndpointSettings, key: string | undefined) => Promise<Result<T>>): Promise<Result<T>> {
    const read = await readProviders(dataDir);
    if (!read.ok) return read;
    const settings = findProvider(read.value, name);
    if (!settings) return failed({ code: 'MDL006', message: `you have no provider called ${name}`, fix: 'Add it first.' });
    if (settings.kind === 'recorded') return failed({ code: 'MDL011', message: `${name} answers from the cassettes of a project, and from no endpoint`, fix: 'Run a project that has some.' });
    const key = await findKey(name, settings.keyFrom, keys);
    return key.ok ? work(settings, key.value) : key;
  }
  return {
    'providers.list': list,
    'providers.save': (asked) => change((providers) => save(asked, providers, keys)),
    'providers.remove': ({ name }) =>
      change(async ({ [name]: gone, ...rest }) => {
        const id = gone && keychainOf(gone);
        if (id !== undefined && !Object.values(rest).some((one) => keychainOf(one) === id)) await keys.vault?.remove(id);
        return ok(rest);
      }),
    'providers.test': ({ name, model }) => withEndpoint(name, (settings, key) => test({ name, model, settings, key }, world)),
    'providers.models': ({ name }) => withEndpoint(name, (settings, key) => listModels({ settings, key, world })),
  };
}

async function save({ name, settings, key }: RequestInput<'providers.save'>, providers: Providers, { vault }: KeySources): Promise<Result<Providers>> {
  const refusal = vault ? undefined : findBinding(findProvider(providers, name), settings, key);
  if (refusal) return refusal;
  const id = keychainOf(settings);
  if (key !== undefined && id === undefined) return failed({ code: 'MDL003', message: `a key was given for ${name}, whose key is to come from elsewhere`, fix: 'Choose the keychain as its place.' });
  try {
    if (key !== undefined && id !== undefined) await vault?.save(id, key.trim());
  } catch {
    return failed({ code: 'MDL003', message: `the key of ${name} can't be kept`, fix: 'Make room on the disk, or let the key come from an environment variable.' });
  }
  return ok({ ...providers, [name]: settings });
}

/** Whoever holds the link of a served page must not send a key of this computer to an address of theirs. */
function findBinding(before: ProviderSettings | undefined, after: ProviderSettings, key: string | undefined): Result<never> | undefined {
  const isBound = after.kind !== 'recorded' && after.keyFrom !== 'none';
  const isAsBefore = isBound && before !== undefined && before.kind !== 'recorded' && before.baseUrl === after.baseUrl && JSON.stringify(before.keyFrom) === JSON.stringify(after.keyFrom);
  if (key === undefined && (!isBound || isAsBefore)) return undefined;
  return failed({ code: 'MDL010', message: 'which key goes to which address is not changed from a browser', fix: 'Do it in the app, or in providers.json in the folder for data.' });
}

async function test({ name, model, settings, key }: { readonly name: string; readonly model: string | undefined; readonly settings: EndpointSettings; readonly key: string | undefined }, world: Context['world']): Promise<ProviderAnswers['providers.test']> {
  const asked = model ?? Object.keys(settings.models)[0];
  if (asked === undefined) return failed({ code: 'MDL011', message: `${name} has no model that could be asked`, fix: 'Add a model to it.' });
  const beganMs = world.nowMs();
  const answer = await askEndpoint({ request: { provider: name, model: asked, operation: 'complete', messages: [{ role: 'user', content: 'Answer with the word: yes' }], maxTokens: 16, timeoutMs: TEST_TIMEOUT_MS }, settings, key, world, signal: NEVER });
  if (!answer.ok) return failed({ code: 'MDL011', message: `${name} says ${answer.failure.code}: ${answer.failure.message}`, fix: 'Check its address, its key and the name of the model.' });
  const { text, usage, costUsd, model: served } = answer.answer;
  return ok({ model: served, text: text.slice(0, 500), usage, costUsd, tookMs: Math.round(world.nowMs() - beganMs) });
}

const keyFromOf = (settings: ProviderSettings): KeyFrom => (settings.kind === 'recorded' ? 'none' : settings.keyFrom);
function keychainOf(settings: ProviderSettings): string | undefined {
  const from = keyFromOf(settings);
  return from !== 'none' && 'keychain' in from ? from.keychain : undefined;
}

async function keyStateOf(settings: ProviderSettings, keys: KeySources): Promise<KeyState> {
  const from = keyFromOf(settings);
  if (from === 'none') return 'none';
  if ('keychain' in from && !keys.vault) return 'locked';
  return (await findKey('', from, keys)).ok ? 'set' : 'missing';
}
