/**
 * The libraries that speak with providers, loaded when the first model is asked. They are used below `generateText`: one request, one
 * answer, no retries of their own, since a retry is a guard's business.
 */
import type { EmbeddingModel, LanguageModel } from 'ai';
import type { EndpointSettings } from '../../../shared/run/provider-settings';
import { ModelCallError } from './model-failure';

export type ChatModel = Extract<LanguageModel, { specificationVersion: 'v3' }>;
export type VectorModel = Extract<EmbeddingModel, { specificationVersion: 'v3' }>;
export type Endpoint = { readonly chat: (model: string) => ChatModel; readonly vectors?: (model: string) => VectorModel };
export type EndpointOptions = { readonly name: string; readonly settings: EndpointSettings; readonly key: string | undefined; readonly fetch: typeof fetch };

export function openEndpoint(options: EndpointOptions): Promise<Endpoint> {
  return options.settings.kind === 'anthropic' ? openAnthropic(options) : openCompatible(options);
}

/** Ollama speaks the same language under `/v1`. */
async function openCompatible({ name, settings, key, fetch }: EndpointOptions): Promise<Endpoint> {
  const { createOpenAICompatible } = await load(import('@ai-sdk/openai-compatible'));
  const provider = createOpenAICompatible({
    name,
    baseURL: addressOf(settings),
    fetch,
    includeUsage: true,
    supportsStructuredOutputs: settings.structuredOutputs,
    ...(key === undefined ? {} : { apiKey: key }),
  });
  return { chat: (model) => provider.chatModel(model), vectors: (model) => provider.embeddingModel(model) };
}

async function openAnthropic({ name, settings, key, fetch }: EndpointOptions): Promise<Endpoint> {
  const { createAnthropic } = await load(import('@ai-sdk/anthropic'));
  // Without a key it would look for one in the environment: what a person has not named is not read.
  const provider = createAnthropic({ name, baseURL: addressOf(settings), fetch, apiKey: key ?? 'none' });
  return { chat: (model) => provider.languageModel(model) };
}

export function addressOf({ kind, baseUrl }: EndpointSettings): string {
  const base = baseUrl.replace(/\/+$/, '');
  return kind === 'ollama' && !base.endsWith('/v1') ? `${base}/v1` : base;
}

/** What an old Node lacks is said as what it is. */
async function load<T>(loading: Promise<T>): Promise<T> {
  const lacks = (['fetch', 'TransformStream', 'TextDecoderStream'] as const).filter((name) => !(name in globalThis));
  if (lacks.length > 0) throw new ModelCallError('Unavailable', `models can't be asked here: this Node ${process.versions.node} has no ${lacks.join(', ')}`);
  try {
    return await loading;
  } catch (error) {
    throw new ModelCallError('Unavailable', `models can't be asked here: the library for it does not load in Node ${process.versions.node} (${error instanceof Error ? error.message : 'unknown'})`);
  }
}
