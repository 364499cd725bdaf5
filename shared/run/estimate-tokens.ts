/** Guesses at tokens, where nobody counted. */
import type { ModelRequest } from './model-request';

/** Texts of about this many characters are one token. */
const CHARACTERS_A_TOKEN = 4;

export const estimateTokens = (characters: number): number => Math.ceil(characters / CHARACTERS_A_TOKEN);

/** Characters of a question. */
export function lengthOf({ system, messages }: Pick<ModelRequest, 'system' | 'messages'>): number {
  return messages.reduce((sum, { content, toolCalls }) => sum + content.length + (toolCalls === undefined ? 0 : JSON.stringify(toolCalls).length), system?.length ?? 0);
}
