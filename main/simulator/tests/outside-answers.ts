/**
 * Every answer that the world outside may give to what a node asks of it, as far as a protocol says: of a model by the schema that it is
 * asked for, of a person and of a tool by the output of the operation. Answers as they are meant to be: what models, people and tools do
 * beyond that (late, garbled, gone) is for mocks with faults and for scenarios.
 */
import * as fc from 'fast-check';
import type { Json } from '../../../shared/json/json';
import type { NodeId } from '../../../shared/ids';
import type { Program } from '../../../shared/program/program';
import type { EffectRequest } from '../../../shared/run/engine-protocol';
import type { HumanRequest } from '../../../shared/run/human-request';
import type { ModelRequest, ModelTool } from '../../../shared/run/model-request';
import { TOOL_FAILED, type ToolRequest } from '../../../shared/run/tool-request';
import { parseValueSchema } from '../../../shared/schema/parse-value-schema';
import type { ValueSchema } from '../../../shared/schema/value-schema';
import { estimateTokens } from '../../../shared/run/estimate-tokens';
import { valuesOf } from './value-arbitrary';

type Values = fc.Arbitrary<Json>;
export type Maker = () => Values;
/** What was asked: kind and request of an effect, and the node of the design that asks. */
export type Asked = Pick<EffectRequest, 'kind' | 'request'> & { readonly node: NodeId };

/** Answers to one that are declared errors: enough to be met, and not in the way of the rest. */
const [GOOD, FAILED] = [4, 1];
const MOST_TOOL_CALLS = 2;
const VECTOR_LENGTH = 3;
const WORDS: ValueSchema = { type: 'string', maxLength: 40 };

/** Makers of answers, one for all requests that have the same answers, in all systems of a program: shrinking knows its values by their maker. */
export class AnswerMakers {
  static readonly #all = new WeakMap<Program, AnswerMakers>();
  readonly #program: Program;
  readonly #known = new Map<string, Maker | undefined>();

  private constructor(program: Program) {
    this.#program = program;
  }

  static of(program: Program): AnswerMakers {
    const made = this.#all.get(program) ?? new AnswerMakers(program);
    this.#all.set(program, made);
    return made;
  }

  /** Nothing where the protocol says nothing of the answer, or no value was found that fits. */
  find(asked: Asked): { readonly key: string; readonly maker: Maker } | undefined {
    const plan = planOf(asked, this.#program);
    const key = JSON.stringify(plan);
    if (!this.#known.has(key)) {
      const values = valuesFor(plan);
      this.#known.set(key, values && (() => values));
    }
    const maker = this.#known.get(key);
    return maker && { key, maker };
  }
}

/** All of a request that its answers depend on. */
type Plan =
  | { readonly kind: 'none' }
  | { readonly kind: 'human'; readonly output: ValueSchema; readonly errors: readonly string[] }
  | { readonly kind: 'mcp'; readonly output: ValueSchema; readonly isCast: boolean; readonly mayFail: boolean }
  | { readonly kind: 'complete'; readonly output?: ValueSchema | undefined; readonly tools: readonly Pick<ModelTool, 'name' | 'input'>[]; readonly model: string }
  | { readonly kind: 'embed'; readonly count: number; readonly model: string };

function planOf({ kind, request, node }: Asked, program: Program): Plan {
  // The node that asks has made the request: it has its kind's shape.
  if (kind === 'human') {
    const { output, errors } = request as unknown as HumanRequest;
    return saysNothing(output) ? { kind: 'none' } : { kind, output, errors };
  }
  if (kind === 'mcp') return toolPlan(request as unknown as ToolRequest, node, program);
  if (kind !== 'model') return { kind: 'none' };
  const { operation, messages, output, tools = [], model } = request as unknown as ModelRequest;
  if (operation === 'embed') return { kind: 'embed', count: messages.length, model };
  // One that has been told what tools gave answers: a conversation has an end.
  const offered = messages.some(({ role }) => role === 'tool') ? [] : tools;
  return { kind: 'complete', model, tools: offered.map(({ name, input }) => ({ name, input })), ...(output === undefined ? {} : { output }) };
}

const saysNothing = (schema: ValueSchema): boolean => Object.keys(schema).length === 0;

function toolPlan({ tool }: ToolRequest, id: NodeId, { nodes, protocols }: Program): Plan {
  const node = nodes[id];
  if (node?.kind !== 'tool') return { kind: 'none' };
  const operations = node.provides.flatMap((name) => Object.entries(protocols[name]?.operations ?? {}));
  const found = operations.find(([name]) => (Object.hasOwn(node.operations, name) ? node.operations[name] : name) === tool)?.[1];
  if (!found) return { kind: 'none' };
  const isCast = found.kind === 'cast';
  return saysNothing(found.output) && !isCast ? { kind: 'none' } : { kind: 'mcp', output: found.output, isCast, mayFail: found.errors.includes(TOOL_FAILED) };
}

function valuesFor(plan: Plan): Values | undefined {
  switch (plan.kind) {
    case 'none':
      return undefined;
    case 'human':
      return withFailures(valuesOf(plan.output)?.map((output): Json => ({ output })), plan.errors.length === 0 ? undefined : fc.constantFrom(...plan.errors).map((name): Json => ({ error: { name } })));
    case 'mcp':
      return toolValues(plan);
    case 'embed':
      return fc.array(fc.array(fc.integer({ min: -100, max: 100 }).map((part) => part / 100), { minLength: VECTOR_LENGTH, maxLength: VECTOR_LENGTH }), { minLength: plan.count, maxLength: plan.count }).map((embeddings) => modelAnswer({ model: plan.model, embeddings }));
    case 'complete':
      return completions(plan);
  }
}

const withFailures = (good: Values | undefined, failures: Values | undefined): Values | undefined => (good && failures ? fc.oneof({ withCrossShrink: true }, { arbitrary: good, weight: GOOD }, { arbitrary: failures, weight: FAILED }) : good);

function toolValues({ output, isCast, mayFail }: Extract<Plan, { kind: 'mcp' }>): Values | undefined {
  const good = (isCast ? fc.constant<Json>(null) : valuesOf(output))?.map((value): Json => ({ text: JSON.stringify(value), value, isError: false }));
  return withFailures(good, mayFail ? valuesOf(WORDS)?.map((text): Json => ({ text, isError: true })) : undefined);
}

function completions({ output, tools, model }: Extract<Plan, { kind: 'complete' }>): Values | undefined {
  const schema = output === undefined ? undefined : parseValueSchema(output);
  const answers = schema === undefined ? valuesOf(WORDS)?.map((text) => modelAnswer({ model, text: text as string })) : valuesOf(schema)?.map((value) => modelAnswer({ model, output: value }));
  const calls = callsOf(tools);
  if (!answers || !calls) return answers;
  return fc.oneof({ withCrossShrink: true }, { arbitrary: answers, weight: GOOD }, { arbitrary: calls.map((toolCalls) => modelAnswer({ model, toolCalls })), weight: GOOD });
}

function callsOf(tools: readonly Pick<ModelTool, 'name' | 'input'>[]): fc.Arbitrary<readonly Json[]> | undefined {
  const each = tools.flatMap(({ name, input }) => {
    const inputs = valuesOf(parseValueSchema(input) ?? {});
    return inputs ? [inputs.map((value): Json => ({ id: '', name, input: value }))] : [];
  });
  if (each.length === 0) return undefined;
  return fc.array(fc.oneof({ withCrossShrink: true }, ...each), { minLength: 1, maxLength: MOST_TOOL_CALLS }).map((calls) => calls.map((call, index): Json => ({ ...(call as object), id: `call-${index + 1}` })));
}

type Said = { readonly model: string; readonly text?: string; readonly output?: Json; readonly toolCalls?: readonly Json[]; readonly embeddings?: readonly (readonly number[])[] };

/** As the core gives it: text of which tokens are counted, for nothing. */
function modelAnswer({ model, text = '', toolCalls = [], ...more }: Said): Json {
  const outputTokens = estimateTokens(text.length + (more.output === undefined ? 0 : JSON.stringify(more.output).length));
  return { text, toolCalls, ...more, finish: toolCalls.length > 0 ? 'toolCalls' : 'stop', usage: { inputTokens: 0, outputTokens }, costUsd: 0, model };
}
