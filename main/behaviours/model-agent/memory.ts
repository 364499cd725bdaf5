/** The turns of a conversation that an agent remembers: questions and answers, at most so many. In its process only; a restart forgets. */
import type { ModelMessage } from '../../../shared/run/model-request';

export type Turn = { readonly asked: string; readonly answered: string };
/** Characters of all turns together: what is told again is paid again. */
const MOST_CHARACTERS = 200_000;

export function remember(turns: readonly Turn[], turn: Turn, most: number): readonly Turn[] {
  const kept = [...turns, turn].slice(-most);
  let characters = 0;
  const first = kept.findLastIndex(({ asked, answered }) => (characters += asked.length + answered.length) > MOST_CHARACTERS);
  return kept.slice(first + 1);
}

export const messagesOf = (turns: readonly Turn[]): readonly ModelMessage[] =>
  turns.flatMap(({ asked, answered }) => [
    { role: 'user', content: asked },
    { role: 'assistant', content: answered },
  ]);

/** For `{{state.memory}}`. */
export const wordTurns = (turns: readonly Turn[]): string => turns.map(({ asked, answered }) => `user: ${asked}\nassistant: ${answered}`).join('\n');
