/** How a question is put to a model: made of a message and the node's prompt, or of what another asks of `Model`. Pure. */
import type { Json, JsonObject } from '../../../shared/json/json';
import type { ProgramModelBehaviour } from '../../../shared/program/program';
import type { ModelMessage, ModelRequest, ModelTool } from '../../../shared/run/model-request';
import type { ValueSchema } from '../../../shared/schema/value-schema';

/** What is asked, without of whom and for how long. */
export type Question = Omit<ModelRequest, 'provider' | 'model' | 'timeoutMs'>;

/** Without the fields that are `undefined`: what crosses is JSON. */
function trim<T extends object>(value: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as { [Key in keyof T]: Exclude<T[Key], undefined> };
}

type Asked = { readonly system: string; readonly prompt: string; readonly history: readonly ModelMessage[]; readonly tools: readonly ModelTool[]; readonly output: ValueSchema | undefined; readonly operation: 'complete' | 'stream' };

export function putQuestion({ maxTokens, temperature }: ProgramModelBehaviour, { system, prompt, history, tools, output, operation }: Asked): Question {
  const said = { system: system === '' ? undefined : system, tools: tools.length === 0 ? undefined : tools, output, maxTokens, temperature };
  return { operation, messages: [...history, { role: 'user', content: prompt }], ...trim(said) };
}

/** What is asked of an agent that provides `Model` and has no prompt: the input has passed the door, so it has the protocol's shape. */
export function passQuestion(behaviour: ProgramModelBehaviour, operation: string, input: Json): Question {
  const asked = input as JsonObject;
  if (operation === 'embed') return { operation: 'embed', messages: ((asked['texts'] ?? []) as readonly string[]).map((content) => ({ role: 'user', content })) };
  const prompt = asked['prompt'] as string | undefined;
  const messages = [...((asked['messages'] ?? []) as readonly ModelMessage[]), ...(prompt === undefined ? [] : [{ role: 'user', content: prompt } as const])];
  const said: { readonly [field: string]: Json | undefined } = {
    system: asked['system'] ?? (behaviour.system === '' ? undefined : behaviour.system),
    tools: asked['tools'],
    output: asked['output'],
    maxTokens: asked['maxTokens'] ?? behaviour.maxTokens,
    temperature: asked['temperature'] ?? behaviour.temperature,
  };
  // The door has checked the input against `Model`, whose words these are.
  return { operation: operation === 'stream' ? 'stream' : 'complete', messages, ...trim(said) } as unknown as Question;
}

/** As input of `Model.complete` or `Model.embed`: the last thing said by the user is the prompt, what was before it the messages. */
export function inputOf({ operation, messages, ...rest }: Question): Json {
  if (operation === 'embed') return { texts: messages.map(({ content }) => content) };
  const last = messages.at(-1);
  const asked: object = last?.role === 'user' ? { ...(messages.length > 1 ? { messages: messages.slice(0, -1) } : {}), prompt: last.content } : { messages };
  return { ...asked, ...rest };
}
