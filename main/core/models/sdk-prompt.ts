/** From our request to the options of the library. */
import type { JSONValue } from 'ai';
import type { Json } from '../../../shared/json/json';
import type { ModelMessage, ModelRequest, ModelTool } from '../../../shared/run/model-request';
import type { ChatModel } from './endpoint';

export type ChatOptions = Parameters<ChatModel['doStream']>[0];
type Prompt = ChatOptions['prompt'];
type Message = Prompt[number];

/** `holdsSchemas`: the endpoint keeps answers to a schema by itself; else the schema is put into words as well. */
export function toChatOptions(request: ModelRequest, holdsSchemas: boolean): ChatOptions {
  const { output, tools = [], maxTokens, temperature } = request;
  return {
    prompt: promptOf(request, holdsSchemas),
    ...(maxTokens === undefined ? {} : { maxOutputTokens: maxTokens }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(tools.length === 0 ? {} : { tools: tools.map(toolOf) }),
    ...(output === undefined ? {} : { responseFormat: { type: 'json', schema: asJsonSchema(output), name: 'answer' } }),
  };
}

function promptOf({ system, messages, output }: ModelRequest, holdsSchemas: boolean): Prompt {
  const asked = output === undefined || holdsSchemas ? undefined : `Answer with one JSON value and nothing else. It must fit this JSON Schema:\n${JSON.stringify(output)}`;
  const words = [system, asked].filter((one) => one !== undefined).join('\n\n');
  const names = new Map(messages.flatMap(({ toolCalls = [] }) => toolCalls.map(({ id, name }) => [id, name] as const)));
  return [...(words === '' ? [] : [{ role: 'system' as const, content: words }]), ...messages.map((message) => messageOf(message, names))];
}

function messageOf({ role, content, toolCalls = [], toolCallId = '' }: ModelMessage, names: ReadonlyMap<string, string>): Message {
  if (role === 'user') return { role, content: [{ type: 'text', text: content }] };
  if (role === 'tool') return { role, content: [{ type: 'tool-result', toolCallId, toolName: names.get(toolCallId) ?? '', output: { type: 'text', value: content } }] };
  const calls = toolCalls.map(({ id, name, input }) => ({ type: 'tool-call' as const, toolCallId: id, toolName: name, input }));
  return { role, content: [...(content === '' ? [] : [{ type: 'text' as const, text: content }]), ...calls] };
}

const toolOf = ({ name, description, input }: ModelTool): NonNullable<ChatOptions['tools']>[number] => ({
  type: 'function',
  name,
  inputSchema: asJsonSchema(input),
  ...(description === undefined ? {} : { description }),
});

type Schema = Extract<NonNullable<ChatOptions['responseFormat']>, { type: 'json' }>['schema'];
/** Our subset is one of JSON Schema's; only the library's type is of mutable fields. */
const asJsonSchema = (schema: ModelTool['input']): NonNullable<Schema> => schema as unknown as NonNullable<Schema>;

/** The same for values: JSON on both sides. */
export const asJson = (value: JSONValue): Json => value as Json;
