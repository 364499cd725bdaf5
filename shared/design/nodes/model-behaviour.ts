/** Behaviour `model`: an agent whose answers a language model writes, with a prompt from the project and tools from its wires. */
import { z } from 'zod';
import { anyJson } from '../../json/json-schema';
import { ruled } from '../field-rule';

const MOST_STEPS = 100;
const MOST_TOKENS = 10_000_000;
const MOST_TURNS = 1000;
const MOST_AT_ONCE = 256;
/** A month. */
const LONGEST_WINDOW_MS = 2_678_400_000;
/** Stands in `output` for the schemas that the provided protocols have. */
export const OUTPUT_FROM_PROTOCOL = 'from protocol';

/** Fields of the format that take text, numbers or objects; the sentence is said where they do not. */
const text = (meaning: string, like: string) => ruled(z.string().min(1).optional().describe(meaning), { code: 'DES013', because: 'this field is text', fix: `Write it like ${like}, or leave it out.` });
const count = (most: number, meaning: string, like: number) =>
  ruled(z.int().min(1).max(most).optional().describe(meaning), { code: 'DES013', because: `this field is a whole number from 1 to ${most}`, fix: `Write it like ${like}, or leave it out.` });

const budget = z
  .object({
    tokens: count(1_000_000_000, 'Tokens, in and out.', 100_000),
    usd: ruled(z.number().min(0).max(1_000_000).optional().describe('Dollars.'), { code: 'DES013', because: 'usd is an amount of dollars from 0 to a million', fix: 'Write it like 0.5, or leave it out.' }),
    perMs: count(LONGEST_WINDOW_MS, 'Length of the window in which it may be spent, in milliseconds; without it, the life of the process.', 3_600_000),
  })
  .refine(({ tokens, usd }) => tokens !== undefined || usd !== undefined);

export const modelBehaviour = z.object({
  type: z.literal('model'),
  provider: text('Name of a provider in the registry of whoever runs it; without it, the model is asked over the port `model`.', '"local"'),
  model: text('Name that the provider has for the model.', '"llama3.2"'),
  prompt: text('Path of the prompt file, inside the project; without it an agent that provides `Model` passes on what it is asked.', '"prompts/desk.md"'),
  system: text('What the model is told of its part; variables may stand in it.', '"You sort letters."'),
  output: ruled(z.union([z.literal(OUTPUT_FROM_PROTOCOL), z.record(z.string(), anyJson)]).optional().describe('Schema that an answer has to fit besides that of its operation, or `from protocol`, which is the default.'), {
    code: 'DES013',
    because: `output is a schema, or "${OUTPUT_FROM_PROTOCOL}"`,
    fix: `Write "${OUTPUT_FROM_PROTOCOL}", the default.`,
  }),
  maxSteps: ruled(z.int().min(1).max(MOST_STEPS).default(8).describe('How often the model is asked for one message, tool calls and repairs included.'), {
    code: 'MDL026',
    because: `it is how often the model is asked for one message, from 1 to ${MOST_STEPS}`,
    fix: 'Use 8, the default.',
  }),
  repairs: ruled(z.int().min(0).max(MOST_STEPS).default(2).describe('How often the model is told that its answer does not fit, within `maxSteps`.'), {
    code: 'DES013',
    because: `repairs is a whole number from 0 to ${MOST_STEPS}`,
    fix: 'Use 2, the default.',
  }),
  inFlight: ruled(z.int().min(1).max(MOST_AT_ONCE).default(1).describe('Messages that it may be at work on at a time.'), {
    code: 'DES013',
    because: `from 1 to ${MOST_AT_ONCE} messages may be under way at a time`,
    fix: 'Use 1, the default.',
  }),
  maxTokens: count(MOST_TOKENS, 'Tokens that one answer of the model may have.', 500),
  temperature: ruled(z.number().min(0).max(2).optional().describe('How much the model may vary: 0 to 2.'), { code: 'DES013', because: 'temperature is a number from 0 to 2', fix: 'Write it like 0.2, or leave it out.' }),
  budget: ruled(budget.optional().describe('What may be spent; beyond it, calls fail with `overloaded` until the window has passed.'), {
    code: 'DES013',
    because: 'a budget bounds tokens or dollars',
    fix: 'Write it like { "tokens": 100000, "perMs": 3600000 }.',
  }),
  memory: ruled(z.object({ turns: ruled(z.int().min(1).max(MOST_TURNS).describe('Turns of the conversation.'), { code: 'DES013', because: `turns is a whole number from 1 to ${MOST_TURNS}`, fix: 'Write it like 10.' }) }).optional().describe('The last turns are told to the model again; lost when the process ends.'), {
    code: 'DES013',
    because: 'memory says how many turns are remembered',
    fix: 'Write it like { "turns": 10 }, or leave it out.',
  }),
});
export type ModelBehaviour = z.infer<typeof modelBehaviour>;
