/** A person's providers of models: in their own folder for data, never in a project. A design names one, and nothing more of it. */
import { z } from 'zod';

export const PROVIDERS_FORMAT = 'prismatic-providers/1';
export const PROVIDER_KINDS = ['openai-compatible', 'anthropic', 'ollama', 'recorded'] as const;

export const providerName = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/).describe('Small letters, digits and hyphens.');
const usd = z.number().min(0).max(1_000_000);

export const modelPrice = z.strictObject({
  inputUsd: usd.describe('Price of a million tokens of what is asked, in USD.'),
  outputUsd: usd.describe('Price of a million tokens of the answer, in USD.'),
});

/** Where the key is: never the key itself. */
export const keyFrom = z.union([
  z.strictObject({ env: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/).describe('Name of an environment variable.') }),
  z.strictObject({ keychain: z.string().min(1).max(100).describe('Name of the key in the keychain of the system.') }),
  z.literal('none'),
]);

const baseUrl = z
  .string()
  .max(2000)
  .refine(isAllowedUrl, 'an address beginning with https://, or with http:// for this computer and for providers without a key, and without a name or password in it')
  .describe('Address that the paths of the API are added to, such as https://api.example.com/v1.');

const limits = {
  /** A stream that says nothing for so long is given up. */
  idleMs: z.int().min(100).max(600_000).default(30_000).describe('A stream that says nothing for so long is cut off, in ms.'),
  concurrency: z.int().min(1).max(1000).default(8).describe('Calls to it at a time, over all nodes of a run.'),
};

export const providerSettings = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.enum(['openai-compatible', 'anthropic', 'ollama']).describe('How it is spoken to.'),
      baseUrl,
      keyFrom: keyFrom.default('none').describe('Where its key is.'),
      models: z.record(z.string().min(1).max(200), modelPrice.nullable()).default({}).describe('Models by name, each with its price; null where there is none, or none is known.'),
      structuredOutputs: z.boolean().default(false).describe('Whether it holds an answer to a schema itself (`response_format` of type `json_schema`). Without it the schema is put into words.'),
      ...limits,
    }),
    z.strictObject({ kind: z.literal('recorded').describe('Answers from the cassettes of the project, and nothing else.'), models: z.record(z.string(), modelPrice.nullable()).default({}) }),
  ])
  .refine((settings) => settings.kind === 'recorded' || settings.keyFrom === 'none' || isPrivateWay(settings.baseUrl), 'a key goes over https, or to this computer');

export const providersFile = z.strictObject({
  format: z.literal(PROVIDERS_FORMAT).describe('The format and its version.'),
  providers: z.record(providerName, providerSettings).describe('Name -> provider.'),
});

export type ModelPrice = z.infer<typeof modelPrice>;
export type KeyFrom = z.infer<typeof keyFrom>;
export type ProviderSettings = z.infer<typeof providerSettings>;
export type EndpointSettings = Exclude<ProviderSettings, { kind: 'recorded' }>;
export type Providers = z.infer<typeof providersFile>['providers'];

/** A name of a design may be any text. */
export const findProvider = (providers: Providers, name: string): ProviderSettings | undefined => (Object.hasOwn(providers, name) ? providers[name] : undefined);

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

function isAllowedUrl(text: string): boolean {
  const url = parseUrl(text);
  return url !== undefined && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '' && url.search === '' && url.hash === '';
}

/** Nobody on the way can read what is sent. */
function isPrivateWay(text: string): boolean {
  const url = parseUrl(text);
  return url?.protocol === 'https:' || /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url?.hostname ?? '');
}

export const findPrice = ({ models }: Pick<ProviderSettings, 'models'>, model: string): ModelPrice | undefined => (Object.hasOwn(models, model) ? (models[model] ?? undefined) : undefined);

/** In USD; null where there is no price. */
export const costOf = (usage: { readonly inputTokens: number; readonly outputTokens: number }, price: ModelPrice | undefined): number | null =>
  price ? (usage.inputTokens * price.inputUsd + usage.outputTokens * price.outputUsd) / 1_000_000 : null;
