import type { Json } from '../json/json';
import { MODEL_ERRORS, MODEL_FINISHES } from '../run/model-words';

export const MODEL_PROTOCOL = 'Model';

const text: Json = { type: 'string' };
const count: Json = { type: 'integer', minimum: 0 };
const toolCall: Json = { type: 'object', properties: { id: text, name: text, input: {} }, required: ['id', 'name', 'input'], additionalProperties: false };
const message: Json = {
  type: 'object',
  properties: { role: { enum: ['user', 'assistant', 'tool'] }, content: text, toolCalls: { type: 'array', items: toolCall }, toolCallId: text },
  required: ['role', 'content'],
  additionalProperties: false,
};
const tool: Json = { type: 'object', properties: { name: { type: 'string', minLength: 1 }, description: text, input: { type: 'object' } }, required: ['name', 'input'], additionalProperties: false };
const usage: Json = { type: 'object', properties: { inputTokens: count, outputTokens: count }, required: ['inputTokens', 'outputTokens'] };
const costUsd: Json = { type: ['number', 'null'], minimum: 0 };

const question: Json = {
  type: 'object',
  properties: {
    prompt: text,
    messages: { type: 'array', items: message },
    system: text,
    maxTokens: { type: 'integer', minimum: 1 },
    temperature: { type: 'number', minimum: 0, maximum: 2 },
    tools: { type: 'array', items: tool, maxItems: 128 },
    output: { type: 'object' },
  },
  // One of them is what is asked.
  anyOf: [{ required: ['prompt'] }, { required: ['messages'] }],
  additionalProperties: false,
};
/** Of `complete` the whole; of `stream` each item, so that whoever reads one reads the other. */
const answer: Json = { type: 'object', properties: { text, toolCalls: { type: 'array', items: toolCall }, output: {}, finish: { enum: [...MODEL_FINISHES] }, usage, costUsd, model: text }, required: ['text'] };

/** What every model provides, from a list of scripted answers to an endpoint far away. `prompt` alone, and `text` alone, are enough. */
export const modelProtocol: Json = {
  doc: 'A language model, or what stands in for one. Asking twice does no harm but the price.',
  operations: {
    complete: {
      kind: 'call',
      doc: 'Answers a prompt, or the last of `messages`. With `tools`, the answer may ask for calls of them; with `output`, a schema, it is a value that fits.',
      input: question,
      output: answer,
      errors: [...MODEL_ERRORS],
      idempotent: true,
      example: { prompt: 'What is this about?' },
    },
    stream: {
      kind: 'stream',
      doc: 'As `complete`, while the answer comes: the texts of all items, put together, are its text; what else it says (`finish`, `toolCalls`, `usage`, ...) comes in the last item.',
      optional: true,
      input: question,
      output: answer,
      errors: [...MODEL_ERRORS],
      idempotent: true,
      example: { prompt: 'What is this about?' },
    },
    embed: {
      kind: 'call',
      doc: 'Turns texts into vectors, one for each, in their order.',
      optional: true,
      input: { type: 'object', properties: { texts: { type: 'array', items: text, minItems: 1, maxItems: 1000 } }, required: ['texts'], additionalProperties: false },
      output: { type: 'object', properties: { embeddings: { type: 'array', items: { type: 'array', items: { type: 'number' } } }, usage, costUsd, model: text }, required: ['embeddings'] },
      errors: [...MODEL_ERRORS],
      idempotent: true,
      example: { texts: ['a cat', 'a dog'] },
    },
  },
};
