/** What a model agent knows of itself, for `{{state...}}` in its prompt. */
import type { ValueSchema } from '../schema/value-schema';

export type PromptState = {
  /** Messages that this incarnation has answered. */
  readonly count: number;
  /** Its last answer, as text; empty before the first. */
  readonly last: string;
  /** The conversation that it remembers, as text: a line for each turn. */
  readonly memory: string;
};

export const PROMPT_STATE: ValueSchema = {
  type: 'object',
  properties: { count: { type: 'integer' }, last: { type: 'string' }, memory: { type: 'string' } },
  required: ['count', 'last', 'memory'],
  additionalProperties: false,
};
