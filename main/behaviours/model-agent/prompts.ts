/** The prompt of each operation that an agent answers, ready to be filled. */
import { parseTemplate, type Template } from '../../../shared/prompts/template';
import { readPromptFile, textsFor } from '../../../shared/prompts/prompt-file';
import type { Program, ProgramAgent, ProgramModelBehaviour } from '../../../shared/program/program';

export type Prompts = { readonly system: Template; /** By `Protocol.operation`; empty where what is asked is passed on. */ readonly operations: ReadonlyMap<string, Template> };

export function readPrompts(program: Program, { provides }: ProgramAgent, { prompt, system = '' }: ProgramModelBehaviour): Prompts {
  const text = prompt === undefined ? undefined : program.prompts?.[prompt]?.text;
  if (text === undefined) return { system: parseTemplate(system), operations: new Map() };
  const provided = provides.flatMap((protocol) => Object.keys(program.protocols[protocol]?.operations ?? {}).map((operation) => ({ protocol, operation })));
  const file = readPromptFile(text, provided);
  const whole = (one: (typeof provided)[number]): string => textsFor(file, one).map((part) => part.text.trim()).join('\n\n');
  return { system: parseTemplate(system), operations: new Map(provided.map((one) => [`${one.protocol}.${one.operation}`, parseTemplate(whole(one))])) };
}
