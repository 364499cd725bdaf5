/** Gathers an answer out of the library's stream. A stream that ends without saying why was cut off, and is no answer. */
import type { Json } from '../../../shared/json/json';
import type { ModelAnswer, ModelToolCall, ModelUsage } from '../../../shared/run/model-request';
import type { ChatModel } from './endpoint';
import { ModelCallError } from './model-failure';

type Part = Awaited<ReturnType<ChatModel['doStream']>>['stream'] extends ReadableStream<infer P> ? P : never;
export type Gathered = Pick<ModelAnswer, 'text' | 'toolCalls' | 'finish' | 'usage'> & { readonly model?: string };

const MOST_TOOL_CALLS = 128;

/** `onText`: called with each part of the text, when it comes. */
export async function readStream(stream: ReadableStream<Part>, onText?: (text: string) => void): Promise<Gathered> {
  const texts: string[] = [];
  const say = (text: string): void => {
    texts.push(text);
    onText?.(text);
  };
  const toolCalls: ModelToolCall[] = [];
  let model: string | undefined;
  let end: Extract<Part, { type: 'finish' }> | undefined;
  for await (const part of partsOf(stream)) {
    if (part.type === 'text-delta') say(part.delta);
    else if (part.type === 'tool-call') toolCalls.push({ id: part.toolCallId, name: part.toolName, input: inputOf(part.toolName, part.input) });
    else if (part.type === 'response-metadata') model ??= part.modelId;
    else if (part.type === 'error') throw errorOf(part.error);
    else if (part.type === 'finish') end = part;
    if (toolCalls.length > MOST_TOOL_CALLS) throw new ModelCallError('BadRequest', `the answer asks for more than ${MOST_TOOL_CALLS} tool calls at once`);
  }
  // Anthropic's library ends a stream that was cut off as one that ended for another reason, without that reason.
  if (!end || end.finishReason.unified === 'error' || (end.finishReason.unified === 'other' && end.finishReason.raw === undefined)) throw new ModelCallError('Unavailable', 'the answer broke off before its end');
  if (end.finishReason.unified === 'content-filter') throw new ModelCallError('Refused', `the provider refused it (${end.finishReason.raw ?? 'content filter'})`);
  return { text: texts.join(''), toolCalls, finish: finishOf(end.finishReason.unified, toolCalls), usage: usageOf(end.usage), ...(model === undefined ? {} : { model }) };
}

/** `for await` over a web stream, which Node 18 has and types of pages do not. */
async function* partsOf(stream: ReadableStream<Part>): AsyncGenerator<Part> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function inputOf(tool: string, text: string): Json {
  try {
    return text.trim() === '' ? {} : (JSON.parse(text) as Json);
  } catch {
    throw new ModelCallError('Unavailable', `the answer asks for ${tool} with what is no JSON`);
  }
}

/** What a provider sends as an error in the middle of a stream. */
function errorOf(error: unknown): unknown {
  if (error instanceof Error) return error;
  const { message, type, code } = (error ?? {}) as { readonly message?: unknown; readonly type?: unknown; readonly code?: unknown };
  const words = typeof message === 'string' ? message : JSON.stringify(error);
  const kind = [type, code].filter((word) => typeof word === 'string').join(' ');
  if (/rate_limit/.test(kind)) return new ModelCallError('RateLimited', words);
  if (/content_filter/.test(kind)) return new ModelCallError('Refused', words);
  if (/context_length/.test(kind)) return new ModelCallError('ContextTooLong', words);
  if (/authentication|permission/.test(kind)) return new ModelCallError('Unauthorized', words);
  if (/invalid_request/.test(kind)) return new ModelCallError('BadRequest', words);
  return new ModelCallError('Unavailable', words);
}

function finishOf(unified: string, toolCalls: readonly ModelToolCall[]): ModelAnswer['finish'] {
  if (unified === 'tool-calls' || (toolCalls.length > 0 && unified === 'stop')) return 'toolCalls';
  return unified === 'stop' || unified === 'length' ? unified : 'other';
}

const usageOf = ({ inputTokens, outputTokens }: Extract<Part, { type: 'finish' }>['usage']): ModelUsage => ({ inputTokens: whole(inputTokens.total), outputTokens: whole(outputTokens.total) });

/** A provider that counts nothing, or nonsense, has said 0. */
const whole = (count: number | undefined): number => (count !== undefined && Number.isSafeInteger(count) && count > 0 ? count : 0);
