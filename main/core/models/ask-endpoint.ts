/** One request to one provider's endpoint, within the time that is left for it. */
import type { Json } from '../../../shared/json/json';
import type { ModelAnswer, ModelRequest } from '../../../shared/run/model-request';
import { costOf, findPrice, type EndpointSettings } from '../../../shared/run/provider-settings';
import { findMismatch } from '../../../shared/schema/validate-value';
import type { CoreWorld } from '../core-world';
import { openEndpoint, type Endpoint } from './endpoint';
import { KeyFilter, scrubKeyIn } from '../providers/scrub-key';
import { describeFailure, ModelCallError, type ModelFailure } from './model-failure';
import { readStream } from './read-stream';
import { toChatOptions } from './sdk-prompt';
import { watchedFetch } from './watched-fetch';

export type Ask = {
  readonly request: ModelRequest;
  readonly settings: EndpointSettings;
  readonly key: string | undefined;
  readonly world: CoreWorld;
  /** Whoever asked is gone. */
  readonly signal: AbortSignal;
  /** Of `stream`: each part of the text, when it comes. */
  readonly onText?: ((text: string) => void) | undefined;
};
export type Asked = { readonly ok: true; readonly answer: ModelAnswer } | { readonly ok: false; readonly failure: ModelFailure };

export async function askEndpoint({ request, settings, key, world, signal, onText }: Ask): Promise<Asked> {
  const end = new AbortController();
  const abort = (why: ModelCallError): void => end.abort(why);
  const leave = (): void => abort(new ModelCallError('Unavailable', 'the run ended before the answer came'));
  const timer = world.setTimer(request.timeoutMs, () => abort(new ModelCallError('Unavailable', `no answer within ${request.timeoutMs} ms`)));
  signal.addEventListener('abort', leave);
  try {
    if (signal.aborted) leave();
    end.signal.throwIfAborted();
    const endpoint = await openEndpoint({ name: request.provider, settings, key, fetch: watchedFetch({ idleMs: settings.idleMs, world, abort }) });
    // An endpoint may give back what it was sent, and an answer goes into journals, cassettes and other agents.
    const parts = onText && new KeyFilter(key, onText);
    const answer = await Promise.race([ask(endpoint, { request, settings, signal: end.signal, onText: parts && ((text) => parts.add(text)) }), whenAborted(end.signal)]);
    parts?.end();
    return { ok: true, answer: scrubKeyIn({ ...answer }, key) as unknown as ModelAnswer };
  } catch (error) {
    // What was aborted fails in many ways; the reason is the one that counts.
    return { ok: false, failure: describeFailure(end.signal.aborted ? end.signal.reason : error, key, world.unixMs()) };
  } finally {
    timer.cancel();
    signal.removeEventListener('abort', leave);
    // Frees the connection of an answer that was not read to its end.
    if (!end.signal.aborted) end.abort(new ModelCallError('Unavailable', 'over'));
  }
}

type Asking = Pick<Ask, 'request' | 'settings' | 'signal' | 'onText'>;

async function ask(endpoint: Endpoint, { request, settings, signal, onText }: Asking): Promise<ModelAnswer> {
  const price = findPrice(settings, request.model);
  if (request.operation === 'embed') {
    if (!endpoint.vectors) throw new ModelCallError('BadRequest', `a provider of kind ${settings.kind} makes no embeddings`);
    const { embeddings, usage: counted } = await endpoint.vectors(request.model).doEmbed({ values: request.messages.map(({ content }) => content), abortSignal: signal });
    const usage = { inputTokens: Math.max(0, Math.round(counted?.tokens ?? 0)), outputTokens: 0 };
    return { text: '', toolCalls: [], embeddings, finish: 'stop', usage, costUsd: costOf(usage, price), model: request.model };
  }
  const { stream } = await endpoint.chat(request.model).doStream({ ...toChatOptions(request, settings.kind === 'anthropic' || settings.structuredOutputs), abortSignal: signal });
  const { model, ...gathered } = await readStream(stream, onText);
  const output = request.output === undefined ? undefined : outputOf(gathered.text, request.output);
  return { ...gathered, ...(output === undefined ? {} : { output }), costUsd: costOf(gathered.usage, price), model: model ?? request.model };
}

/** `undefined` where the text is no such value: whoever asked has the text, and may ask again. */
function outputOf(text: string, schema: NonNullable<ModelRequest['output']>): Json | undefined {
  const [, fenced] = /^\s*```(?:json)?\s*\n([\s\S]*?)\n?\s*```\s*$/.exec(text) ?? [];
  try {
    const value = JSON.parse(fenced ?? text) as Json;
    return findMismatch(schema, value) ? undefined : value;
  } catch {
    return undefined;
  }
}

/** A library that does not hear of the abort, or a fetch that hangs in it, holds nobody up. */
const whenAborted = (signal: AbortSignal): Promise<never> => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
