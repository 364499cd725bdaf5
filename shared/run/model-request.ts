/**
 * What a node asks a language model for through the core (effect kind `model`), and what comes back. The core knows the provider by
 * the name that it has in the person's own registry; a design holds neither an address nor a key.
 */
import { z } from 'zod';
import type { Json } from '../json/json';
import type { ValueSchema } from '../schema/value-schema';
import { MODEL_FINISHES } from './model-words';

/** `stream`: as `complete`, and what it says is told while it comes. */
export const MODEL_OPERATIONS = ['complete', 'stream', 'embed'] as const;

const name = z.string().min(1).max(200);
const json: z.ZodType<Json> = z.json();
/** A schema is looked at by whoever made it; here it only has to be an object. */
const schema: z.ZodType<ValueSchema> = z.record(z.string(), json);
const toolCall = z.strictObject({ id: z.string().max(200), name, input: json });

export const modelMessage = z.strictObject({
  role: z.enum(['user', 'assistant', 'tool']),
  content: z.string(),
  /** Of an `assistant`: what it asked for. */
  toolCalls: z.array(toolCall).readonly().optional(),
  /** Of a `tool`: the call that it answers. */
  toolCallId: z.string().max(200).optional(),
});

export const modelTool = z.strictObject({ name, description: z.string().optional(), input: schema });

export const modelRequest = z.strictObject({
  /** Name in the person's registry. */
  provider: name,
  model: name,
  operation: z.enum(MODEL_OPERATIONS),
  system: z.string().optional(),
  /** `embed`: the content of each is embedded. */
  messages: z.array(modelMessage).max(10_000).readonly(),
  tools: z.array(modelTool).max(128).readonly().optional(),
  /** The answer is a value of this schema, in `output`. */
  output: schema.optional(),
  maxTokens: z.int().min(1).optional(),
  temperature: z.number().min(0).max(2).optional(),
  /** Time left of the call that it is made for. */
  timeoutMs: z.int().min(1).max(86_400_000),
});

const tokens = z.int().min(0);
export const modelUsage = z.strictObject({ inputTokens: tokens, outputTokens: tokens });
export const modelAnswer = z.strictObject({
  text: z.string(),
  toolCalls: z.array(toolCall).readonly(),
  output: json.optional(),
  /** Of `embed`: one vector for each message. */
  embeddings: z.array(z.array(z.number()).readonly()).readonly().optional(),
  finish: z.enum(MODEL_FINISHES),
  usage: modelUsage,
  /** By the price table of the person; null where it has no price for the model. */
  costUsd: z.number().min(0).nullable(),
  model: z.string(),
});

/**
 * What a model has said since the last piece, while its answer still comes; `at`: how many characters came before. The answer has the whole
 * text again, so whoever missed pieces, or hears some twice, knows from `at` what is new.
 */
export const modelPiece = z.strictObject({ at: z.int().min(0), text: z.string().min(1) });

export type ModelPiece = z.infer<typeof modelPiece>;
export type ModelMessage = z.infer<typeof modelMessage>;
export type ModelToolCall = z.infer<typeof toolCall>;
export type ModelTool = z.infer<typeof modelTool>;
export type ModelRequest = z.infer<typeof modelRequest>;
export type ModelUsage = z.infer<typeof modelUsage>;
export type ModelAnswer = z.infer<typeof modelAnswer>;
