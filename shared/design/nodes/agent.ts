/** An agent: a supervised process with a mailbox and private state. Its behaviour says where its answers come from. */
import { z } from 'zod';
import { anyJson } from '../../json/json-schema';
import { ruled } from '../field-rule';
import { modelBehaviour } from './model-behaviour';
import { processFields } from './process-fields';

/** Behaviours that this version can run. Those of later versions are kept in the file and refused with their name. */
export const AGENT_BEHAVIOURS = ['code', 'model', 'scripted'] as const;

const LONGEST_DELAY_MS = 86_400_000;

const codeBehaviour = z.object({
  type: z.literal('code'),
  file: ruled(z.string().describe('Path of the handler file, inside the project.'), { code: 'DES013', because: 'file is the path of the handler file', fix: 'Write it like "handlers/desk.ts".' }),
  /** Handed to the handler's `init`. */
  args: anyJson.optional().describe('Handed to the handler’s `init`.'),
});

export const scriptedRule = z.object({
  operation: ruled(z.string().optional().describe('The operation that the rule is for; without it the rule fits all.'), { code: 'DES013', because: 'operation names one operation', fix: 'Name an operation, or leave it out: the rule then fits them all.' }),
  contains: ruled(z.record(z.string(), z.string()).optional().describe('Path into the input -> text that must be there for the rule to fit.'), {
    code: 'DES013',
    because: 'contains gives paths into the input the text that must be there',
    fix: 'Write it like { "prompt": "refund" }.',
  }),
  reply: anyJson.optional().describe('The answer.'),
  error: ruled(z.object({ name: z.string(), data: anyJson.optional() }).optional().describe('A declared error as the answer, instead of a reply.'), {
    code: 'DES013',
    because: 'error is an object with the name of a declared error',
    fix: 'Write it like { "name": "NotFound" }.',
  }),
  delayMs: ruled(z.int().min(0).max(LONGEST_DELAY_MS).optional().describe('How long the answer takes, in milliseconds.'), {
    code: 'DES013',
    because: 'delayMs is a time in whole milliseconds, at most a day',
    fix: 'Write it like 200, or leave it out.',
  }),
});

const scriptedBehaviour = z.object({
  type: z.literal('scripted'),
  rules: ruled(z.array(scriptedRule).describe('The first rule that fits answers.'), { code: 'DES013', because: 'rules is a list of rules', fix: 'Write it like [{ "reply": { "text": "yes" } }].' }),
});

export const agentNode = z.object({
  kind: z.literal('agent'),
  behaviour: ruled(z.discriminatedUnion('type', [codeBehaviour, modelBehaviour, scriptedBehaviour]).describe('Where its answers come from.'), {
    code: 'DES009',
    because: `this version runs the behaviours ${AGENT_BEHAVIOURS.join(', ')}`,
    fix: 'Use { "type": "code", "file": "handlers/desk.ts" }, { "type": "model", "prompt": "prompts/desk.md" } or { "type": "scripted", "rules": [...] }.',
  }),
  ...processFields,
});
export type AgentNode = z.infer<typeof agentNode>;
