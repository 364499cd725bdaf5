/** What came over the port `model`, as an answer: scripted and recorded models say less than live ones, and strange ones anything. */
import type { Json, JsonObject } from '../../../shared/json/json';
import type { ModelAnswer, ModelToolCall, ModelUsage } from '../../../shared/run/model-request';
import { estimateTokens } from '../../../shared/run/estimate-tokens';
import { MODEL_FINISHES } from '../../../shared/run/model-words';
import { isObject } from '../../../shared/json/is-object';

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const countOf = (value: Json | undefined): number => (typeof value === 'number' && Number.isFinite(value) && value > 0 ? Math.round(value) : 0);

/** `asked`: the text of the question, from which its tokens are guessed where the answer does not say them. */
export function readAnswer(said: Json, asked: number): ModelAnswer {
  const answer: JsonObject = isObject(said) ? said : {};
  const text = textOf(answer['text']);
  const toolCalls = readCalls(answer['toolCalls']);
  const finish = MODEL_FINISHES.find((one) => one === answer['finish']) ?? (toolCalls.length > 0 ? 'toolCalls' : 'stop');
  const { costUsd, output } = answer;
  return {
    text,
    toolCalls,
    ...(output === undefined ? {} : { output }),
    finish,
    usage: readUsage(answer['usage']) ?? { inputTokens: estimateTokens(asked), outputTokens: estimateTokens(text.length) },
    costUsd: typeof costUsd === 'number' && costUsd >= 0 ? costUsd : null,
    model: textOf(answer['model']),
  };
}

function readUsage(usage: Json | undefined): ModelUsage | undefined {
  if (!isObject(usage)) return undefined;
  return { inputTokens: countOf(usage['inputTokens']), outputTokens: countOf(usage['outputTokens']) };
}

/** Calls without a name are none. */
function readCalls(calls: Json | undefined): readonly ModelToolCall[] {
  if (!Array.isArray(calls)) return [];
  return (calls as readonly Json[]).flatMap((call) => (isObject(call) && textOf(call['name']) !== '' ? [{ id: textOf(call['id']), name: textOf(call['name']), input: call['input'] ?? {} }] : []));
}
