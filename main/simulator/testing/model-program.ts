/** A desk whose answers a model writes, with a calculator as its tool: what tests of model agents begin with. */
import type { Program, ProgramAgent, ProgramModelBehaviour, ProgramNode, ProgramOperation, ProgramWire, ScriptedRule } from '../../../shared/program/program';
import { MODEL_PROTOCOL } from '../../../shared/protocols/model';
import { MODEL_ERRORS } from '../../../shared/run/model-words';
import type { ValueSchema } from '../../../shared/schema/value-schema';

const child = { parent: 'root', restart: 'permanent', shutdown: 5000, significant: false, host: 'main', mailbox: 1000 } as const;
const call = (input: ValueSchema, output: ValueSchema, errors: readonly string[] = []): ProgramOperation => ({ kind: 'call', input, output, errors, idempotent: false });

export const TOPIC: ValueSchema = { type: 'object', properties: { topic: { type: 'string' } }, required: ['topic'], additionalProperties: false };
const TICKET: ValueSchema = { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] };
const PAIR: ValueSchema = { type: 'object', properties: { a: { type: 'number' }, b: { type: 'number' } }, required: ['a', 'b'], additionalProperties: false };

const PROTOCOLS = {
  Triage: { operations: { classify: call(TICKET, TOPIC, ['TooManySteps', 'InvalidAnswer']), strict: call(TICKET, TOPIC), note: { ...call(TICKET, {}), kind: 'cast' } } },
  Letters: { operations: { draft: { ...call(TICKET, { type: 'string' }, ['Unavailable']), kind: 'stream' } } },
  Sums: { operations: { add: call(PAIR, { type: 'number' }, ['Overflow']), upTo: { ...call({ type: 'number' }, { type: 'number' }, ['Overflow']), kind: 'stream' }, count: { ...call({ type: 'object' }, { type: 'number' }), kind: 'stream' } } },
  [MODEL_PROTOCOL]: {
    operations: {
      complete: call({ type: 'object' }, { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] }, MODEL_ERRORS),
      stream: { ...call({ type: 'object' }, { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] }, MODEL_ERRORS), kind: 'stream', optional: true },
      embed: call({ type: 'object' }, { type: 'object', required: ['embeddings'] }, MODEL_ERRORS),
    },
  },
} as const satisfies Program['protocols'];

export type DeskOptions = {
  readonly behaviour?: Partial<ProgramModelBehaviour>;
  /** Null: what is asked is passed on. */
  readonly prompt?: string | null;
  /** Of the scripted model and of the scripted calculator. */
  readonly brain?: readonly ScriptedRule[];
  readonly adder?: readonly ScriptedRule[];
  readonly provides?: readonly string[];
  readonly wires?: readonly ProgramWire[];
};

const scripted = (id: string, protocol: string, rules: readonly ScriptedRule[]): ProgramAgent => ({ ...child, kind: 'agent', id, provides: [protocol], requires: {}, behaviour: { type: 'scripted', rules } });

export function deskProgram({ behaviour = {}, prompt = 'Topic of: {{input.text}}', brain = [], adder = [{ reply: 3 }], provides = ['Triage'], wires }: DeskOptions = {}): Program {
  const model: ProgramModelBehaviour = { type: 'model', ...(prompt === null ? {} : { prompt: 'prompts/desk.md' }), maxSteps: 8, repairs: 2, inFlight: 1, tools: [{ name: 'sums_add', port: 'sums', operation: 'add', description: 'The sum.' }], ...behaviour };
  const nodes: readonly ProgramNode[] = [
    { id: 'root', kind: 'supervisor', strategy: 'one_for_one', maxRestarts: 1000, maxSeconds: 5, autoShutdown: 'never', restart: 'permanent', shutdown: 'infinity', significant: false, host: 'control', children: ['brain', 'adder', 'desk'] },
    scripted('brain', MODEL_PROTOCOL, brain),
    scripted('adder', 'Sums', adder),
    { ...child, kind: 'agent', id: 'desk', provides, requires: { model: MODEL_PROTOCOL, sums: 'Sums' }, behaviour: model },
  ];
  return {
    format: 'prismatic-program/1', hash: 'sha256:desk', name: 'desk', root: 'root',
    nodes: Object.fromEntries(nodes.map((node) => [node.id, node])),
    protocols: PROTOCOLS,
    wires: wires ?? [{ from: { node: 'desk', port: 'model' }, to: 'brain', protocol: MODEL_PROTOCOL, guards: [] }, { from: { node: 'desk', port: 'sums' }, to: 'adder', protocol: 'Sums', guards: [] }],
    modules: {},
    prompts: prompt === null ? {} : { 'prompts/desk.md': { file: 'prompts/desk.md', text: prompt } },
    hosts: [{ id: 'control', instances: [] }, { id: 'main', instances: [] }],
    files: [],
  };
}
