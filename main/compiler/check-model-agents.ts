/** Agents whose answers a model writes: whom they ask, what they tell it, and the tools that their wires give. Nothing is asked here. */
import { DESIGN_FILE, MOST_TEXT_BYTES } from '../../shared/design/project-files';
import { OUTPUT_FROM_PROTOCOL } from '../../shared/design/nodes/model-behaviour';
import type { AgentNode } from '../../shared/design/nodes/agent';
import type { Json } from '../../shared/json/json';
import type { ProgramPrompt, ProgramTool } from '../../shared/program/program';
import { PROMPT_STATE } from '../../shared/prompts/agent-state';
import { findVariable } from '../../shared/prompts/find-variable';
import { pieceShapeOf } from '../../shared/prompts/piece-shape';
import { readPromptFile, textsFor, type PromptFile } from '../../shared/prompts/prompt-file';
import { parseTemplate, variablesOf } from '../../shared/prompts/template';
import { MODEL_PROTOCOL } from '../../shared/protocols/model';
import type { ValueSchema } from '../../shared/schema/value-schema';
import { decodeStrictly } from './load-project';
import { findInProject, readBounded } from './project-path';
import { suggest, type Problems } from './problems';
import type { ReadDesign } from './read-design';
import type { ReadOperation, ReadProtocol } from './read-protocols';
import { MOST_PARTS, readSchema } from './read-schema';
import { placeIn } from './text-place';

/** Port over which the model itself is asked. */
const MODEL_PORT = 'model';

export type ModelAgentPlan = { readonly tools: readonly ProgramTool[]; readonly output?: ValueSchema };
export type CheckedModelAgents = { readonly prompts: ReadonlyMap<string, ProgramPrompt>; readonly agents: ReadonlyMap<string, ModelAgentPlan> };
type Context = { readonly dir: string; readonly protocols: ReadonlyMap<string, ReadProtocol>; readonly prompts: Map<string, ProgramPrompt>; readonly told: Set<string>; readonly problems: Problems };
type ModelAgent = AgentNode & { readonly behaviour: Extract<AgentNode['behaviour'], { readonly type: 'model' }> };

export function checkModelAgents(dir: string, design: ReadDesign, protocols: ReadonlyMap<string, ReadProtocol>, problems: Problems): CheckedModelAgents {
  const context: Context = { dir, protocols, prompts: new Map(), told: new Set(), problems };
  const agents = new Map<string, ModelAgentPlan>();
  for (const [id, node] of design.nodes) if (isModelAgent(node)) agents.set(id, checkAgent(id, node, context));
  return { prompts: context.prompts, agents };
}

const isModelAgent = (node: { readonly kind: string }): node is ModelAgent => node.kind === 'agent' && (node as AgentNode).behaviour.type === 'model';

function checkAgent(id: string, node: ModelAgent, context: Context): ModelAgentPlan {
  checkModel(id, node, context.problems);
  const tools = toolsOf(node, context);
  if (tools.length > 0 && node.behaviour.maxSteps === 1) context.problems.add({ code: 'MDL027', at: { file: DESIGN_FILE, node: id, field: 'behaviour.maxSteps' }, got: 1, message: `${id} has ${tools.length} tools and maxSteps 1: once the model has called one, it can no longer answer`, fix: 'Use at least 2; 8 is the default.' });
  checkPrompts(id, node, context);
  checkShapes(id, node, context);
  checkStreams(id, node, context);
  const output = outputOf(id, node, context.problems);
  return { tools, ...(output === undefined ? {} : { output }) };
}

function checkModel(id: string, { behaviour, requires }: ModelAgent, problems: Problems): void {
  const at = { file: DESIGN_FILE, node: id };
  if (behaviour.provider === undefined && requires[MODEL_PORT] !== MODEL_PROTOCOL) problems.add({ code: 'MDL022', at: { ...at, field: 'requires' }, message: `${id} names no provider and requires no Model at a port "model", so it has nobody to ask`, fix: 'Write "requires": { "model": "Model" }, and wire it to an agent that provides Model.' });
  if (behaviour.provider !== undefined && behaviour.model === undefined) problems.add({ code: 'MDL023', at: { ...at, field: 'behaviour.model' }, message: `${id} asks the provider ${behaviour.provider}, and does not say which of its models`, fix: 'Write "model" beside "provider", as the provider names it.' });
}

/** A model says text: nothing else of it can come in pieces. */
function checkStreams(id: string, node: ModelAgent, context: Context): void {
  for (const { protocol, operation, read } of promptedOf(node, context)) {
    if (read.kind !== 'stream' || pieceShapeOf(read.output) !== undefined) continue;
    context.problems.add({ code: 'MDL029', at: { file: `protocols/${protocol}.json`, node: id, field: `operations.${operation}.output` }, got: operation, message: `${operation} of ${protocol} is a stream of what is no text, and ${id} has a model that says text`, fix: `Let an item of ${operation} be { "type": "string" }, or an object that needs nothing but a "text"; or make it a call.` });
  }
}

/** With a provider of its own, a port `model` is a tool like any other. */
function toolsOf({ behaviour, requires }: ModelAgent, { protocols, told, problems }: Context): readonly ProgramTool[] {
  const ports = Object.entries(requires).filter(([port, protocol]) => behaviour.provider !== undefined || port !== MODEL_PORT || protocol !== MODEL_PROTOCOL);
  return ports.flatMap(([port, protocol]) =>
    callsOf(protocols.get(protocol)).map(([operation, { doc }]) => {
      const key = `${protocol}.${operation}`;
      if (doc === undefined && !told.has(key)) {
        told.add(key);
        problems.add({ code: 'MDL024', at: { file: `protocols/${protocol}.json`, field: `operations.${operation}.doc` }, message: `${port}_${operation} is a tool of a model, which is told nothing of what it does`, fix: `Write "doc" for ${operation}: what it does, and when to use it.` });
      }
      return { name: `${port}_${operation}`, port, operation, ...(doc === undefined ? {} : { description: doc }) };
    }),
  );
}

/** A stream that may be left out says what a call of the same protocol says. */
const callsOf = (protocol: ReadProtocol | undefined): readonly (readonly [string, ReadOperation])[] => Object.entries(protocol?.operations ?? {}).filter(([, { kind, optional }]) => kind === 'call' || (kind === 'stream' && !optional));

/** Operations that need a prompt: all but what is asked of `Model`, which may be passed on. */
const promptedOf = ({ provides }: ModelAgent, { protocols }: Context): readonly { readonly protocol: string; readonly operation: string; readonly read: ReadOperation }[] =>
  provides.filter((name) => name !== MODEL_PROTOCOL).flatMap((protocol) => Object.entries(protocols.get(protocol)?.operations ?? {}).map(([operation, read]) => ({ protocol, operation, read })));

function checkPrompts(id: string, node: ModelAgent, context: Context): void {
  const { prompt: file, system } = node.behaviour;
  const at = { file: DESIGN_FILE, node: id };
  if (system !== undefined) for (const one of allOf(node, context)) checkVariables({ text: system, start: 0 }, { at: { ...at, field: 'behaviour.system' } }, { ...one, context });
  const wanting = promptedOf(node, context);
  if (file === undefined) {
    if (wanting.length > 0) context.problems.add({ code: 'MDL028', at: { ...at, field: 'behaviour.prompt' }, message: `${id} provides ${wanting[0]!.protocol}, and has no prompt that says how its messages are put to the model`, fix: `Write "prompt": "prompts/${id}.md", and the file.` });
    return;
  }
  const text = readPrompt(file, id, context);
  if (text === undefined) return;
  const parts = readPromptFile(text, allOf(node, context));
  checkTexts(id, { file, text, parts }, node, context);
}

const allOf = ({ provides }: ModelAgent, { protocols }: Context): readonly { readonly protocol: string; readonly operation: string; readonly input: ValueSchema }[] =>
  provides.flatMap((protocol) => Object.entries(protocols.get(protocol)?.operations ?? {}).map(([operation, { input }]) => ({ protocol, operation, input })));

type Prompt = { readonly file: string; readonly text: string; readonly parts: PromptFile };

function checkTexts(id: string, { file, text, parts }: Prompt, node: ModelAgent, context: Context): void {
  for (const one of allOf(node, context)) {
    const texts = textsFor(parts, one);
    if (texts.length === 0 && one.protocol !== MODEL_PROTOCOL) context.problems.add({ code: 'MDL028', at: { file, node: id }, got: one.operation, message: `${file} says nothing for ${one.protocol}.${one.operation}, which ${id} provides`, fix: `Write a section "## ${one.operation}", or a text before the first section.` });
    for (const part of texts) checkVariables(part, { at: { file, node: id }, text }, { ...one, context });
  }
}

type Asked = { readonly operation: string; readonly protocol: string; readonly input: ValueSchema; readonly context: Context };
type Where = { readonly at: { readonly file: string; readonly node: string; readonly field?: string }; /** The whole file, for lines. */ readonly text?: string };

/** A text that several operations have is told of once, for the first whose input does not have the variable. */
function checkVariables(part: { readonly text: string; readonly start: number }, { at, text }: Where, { operation, protocol, input, context }: Asked): void {
  const { told, problems } = context;
  const template = parseTemplate(part.text);
  const place = (start: number): object => (text === undefined ? {} : placeIn(text, part.start + start));
  const add = (start: number, said: string, message: string, fix: string): void => {
    const key = `${at.file} ${at.node} ${part.start + start}`;
    if (!told.has(key)) problems.add({ code: 'MDL021', at: { ...at, ...place(start) }, got: said, message, fix });
    told.add(key);
  };
  for (const { start, said } of template.faults) add(start, said, `${said} is no variable: a variable is input or state, and names after dots`, 'Write it like {{input.text}}, or \\{{ for braces.');
  for (const { start, said, root, path } of variablesOf(template)) {
    const found = findVariable(root === 'input' ? input : PROMPT_STATE, path);
    if (!found.ok) add(start, said, `${said}: there is no ${found.step} in ${root === 'input' ? `the input of ${protocol}.${operation}` : 'the state of a model agent'}`, suggest(found.step, found.known, found.known.length === 0 ? 'Take it out, or give the input that field.' : `It has ${found.known.join(', ')}.`));
  }
}

function readPrompt(file: string, id: string, { dir, prompts, problems }: Context): string | undefined {
  const known = prompts.get(file);
  if (known) return known.text;
  const found = findInProject(dir, file);
  const refuse = (message: string, fix: string): undefined => void problems.add({ code: 'MDL020', at: { file: DESIGN_FILE, node: id, field: 'behaviour.prompt' }, got: file, message, fix });
  if (!found.ok) return refuse(`${file} is ${found.why === 'missing' ? 'missing' : 'no regular file inside the project'}`, 'Put the prompt there, or name another file.');
  const read = readBounded(found.path, MOST_TEXT_BYTES);
  const text = 'tooLarge' in read ? undefined : decodeStrictly(read.bytes);
  if (text === undefined) return refuse(`${file} is no UTF-8 text of at most ${MOST_TEXT_BYTES} bytes`, 'Save it as UTF-8, or shorten it.');
  prompts.set(file, { file, text });
  return text;
}

function checkShapes(id: string, node: ModelAgent, context: Context): void {
  if (node.behaviour.output !== undefined && node.behaviour.output !== OUTPUT_FROM_PROTOCOL) return;
  for (const { protocol, operation, read } of promptedOf(node, context)) {
    const key = `${protocol}.${operation} output`;
    if (read.kind === 'cast' || Object.keys(read.output).length > 0 || context.told.has(key)) continue;
    context.told.add(key);
    context.problems.add({ code: 'MDL025', at: { file: `protocols/${protocol}.json`, field: `operations.${operation}.output` }, message: `${operation} has no schema of its output, so whatever the model of ${id} says is the answer`, fix: 'Give it an output; { "type": "string" } where a text is meant.' });
  }
}

function outputOf(id: string, { behaviour: { output } }: ModelAgent, problems: Problems): ValueSchema | undefined {
  if (output === undefined || output === OUTPUT_FROM_PROTOCOL) return undefined;
  const report = ({ code, path, message, got }: { readonly code: 'PRO004' | 'PRO005' | 'PRO006' | 'PRO007'; readonly path: string; readonly message: string; readonly got?: Json }): void =>
    problems.add({ code, at: { file: DESIGN_FILE, node: id, field: `behaviour.output${path.replaceAll('/', '.')}` }, ...(got === undefined ? {} : { got }), message, fix: 'Write a schema of the subset that protocols speak.' });
  return readSchema(output, { definition: () => undefined, partsLeft: MOST_PARTS, report });
}
