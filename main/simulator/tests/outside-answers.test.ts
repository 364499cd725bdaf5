import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../shared/json/json';
import type { Program } from '../../../shared/program/program';
import { humanAnswer } from '../../../shared/run/human-request';
import { modelAnswer } from '../../../shared/run/model-request';
import { toolAnswer } from '../../../shared/run/tool-request';
import { findMismatch } from '../../../shared/schema/validate-value';
import type { ValueSchema } from '../../../shared/schema/value-schema';
import { deskProgram, TOPIC } from '../testing/model-program';
import { AnswerMakers, type Asked } from './outside-answers';

const tool = (output: ValueSchema, kind: 'call' | 'cast' = 'call', errors: readonly string[] = []): Program => {
  const desk = deskProgram();
  const base = { parent: 'root', restart: 'permanent', shutdown: 5000, significant: false, host: 'main', mailbox: 1000 } as const;
  return { ...desk, nodes: { ...desk.nodes, files: { ...base, kind: 'tool', id: 'files', provides: ['Files'], requires: {}, server: 'files', operations: { readFile: 'read_file' } } }, protocols: { ...desk.protocols, Files: { operations: { readFile: { kind, input: {}, output, errors, idempotent: false } } } } };
};
const sample = (asked: Asked, program: Program = deskProgram(), count = 200): readonly Json[] | undefined => {
  const found = AnswerMakers.of(program).find(asked);
  return found && fc.sample(found.maker(), { numRuns: count, seed: 5 });
};
const human = (output: ValueSchema, errors: readonly string[] = []): Asked => ({ kind: 'human', node: 'desk', request: { protocol: 'Triage', operation: 'classify', input: {}, output, errors, deadlineMs: 1000 } });
const model = (more: object): Asked => ({ kind: 'model', node: 'desk', request: { provider: 'p', model: 'm-1', operation: 'complete', messages: [{ role: 'user', content: 'hello' }], timeoutMs: 100, ...more } });
const SUMS = [{ name: 'sums_add', input: { type: 'object', properties: { a: { type: 'number' } }, required: ['a'], additionalProperties: false } }];

describe('what the world outside may answer', () => {
  it('of a person: what fits the operation, and each of its errors', () => {
    const answers = sample(human(TOPIC, ['Refused', 'Away']))!.map((answer) => humanAnswer.parse(answer));
    for (const answer of answers) if ('output' in answer) expect(findMismatch(TOPIC, answer.output)).toBeUndefined();
    expect(new Set(answers.map((answer) => ('error' in answer ? answer.error.name : 'output')))).toEqual(new Set(['output', 'Refused', 'Away']));
    expect(sample(human(TOPIC))!.every((answer) => 'output' in humanAnswer.parse(answer))).toBe(true);
  });

  it('of a model: what fits the output that it is asked for', () => {
    for (const answer of sample(model({ output: TOPIC }))!) expect(findMismatch(TOPIC, modelAnswer.parse(answer).output!)).toBeUndefined();
  });

  it('of a model that is asked for no output: text, of several kinds', () => {
    const texts = sample(model({}))!.map((answer) => modelAnswer.parse(answer)).map(({ text, output }) => (output === undefined ? text : 'output'));
    expect(texts).toContain('');
    expect(texts.some((text) => /[^\x20-\x7e]/.test(text))).toBe(true);
  });

  it('of a model with tools: calls of them with input that fits, until it has been told what they gave', () => {
    const all = sample(model({ tools: SUMS, output: TOPIC }))!.map((answer) => modelAnswer.parse(answer));
    const calls = all.flatMap(({ toolCalls }) => toolCalls);
    expect(calls.length).toBeGreaterThan(20);
    for (const { name, input } of calls) expect([name, findMismatch(SUMS[0]!.input as ValueSchema, input)]).toEqual(['sums_add', undefined]);
    expect(all.some(({ toolCalls, output }) => toolCalls.length === 0 && output !== undefined)).toBe(true);
    const told = { messages: [{ role: 'user', content: 'hello' }, { role: 'assistant', content: '', toolCalls: [{ id: 'a', name: 'sums_add', input: { a: 1 } }] }, { role: 'tool', content: '1', toolCallId: 'a' }] };
    expect(sample(model({ tools: SUMS, output: TOPIC, ...told }))!.every((answer) => modelAnswer.parse(answer).toolCalls.length === 0)).toBe(true);
  });

  it('of a model that embeds: one vector for each text', () => {
    const answers = sample(model({ operation: 'embed', messages: [{ role: 'user', content: 'a' }, { role: 'user', content: 'b' }] }))!.map((answer) => modelAnswer.parse(answer));
    expect(new Set(answers.map(({ embeddings }) => embeddings?.length))).toEqual(new Set([2]));
  });

  it('of a tool: what fits the output of the operation that it stands for, and failures where those are declared', () => {
    const asked: Asked = { kind: 'mcp', node: 'files', request: { server: 'files', tool: 'read_file', input: {}, timeoutMs: 100 } };
    const answers = sample(asked, tool(TOPIC, 'call', ['ToolFailed']))!.map((answer) => toolAnswer.parse(answer));
    for (const { isError, value } of answers) if (!isError) expect(findMismatch(TOPIC, value!)).toBeUndefined();
    expect(answers.some(({ isError }) => isError)).toBe(true);
    expect(sample(asked, tool(TOPIC))!.some((answer) => toolAnswer.parse(answer).isError)).toBe(false);
    expect(sample(asked, tool({}, 'cast'))!.length).toBe(200);
  });

  it('is not made up where the protocol says nothing of it, or nothing fits', () => {
    const asked: Asked = { kind: 'mcp', node: 'files', request: { server: 'files', tool: 'read_file', input: {}, timeoutMs: 100 } };
    expect(sample(asked, tool({}))).toBeUndefined();
    expect(sample({ ...asked, request: { ...(asked.request as object), tool: 'write_file' } }, tool(TOPIC))).toBeUndefined();
    expect(sample(human({}))).toBeUndefined();
    expect(sample(human({ type: 'integer', minimum: 2, maximum: 1 }))).toBeUndefined();
    expect(sample({ kind: 'console', node: 'desk', request: {} })).toBeUndefined();
  });

  it('is drawn by one maker for all requests with the same answers, so that shrinking knows its values again', () => {
    const program = deskProgram();
    const [one, other] = [model({ output: TOPIC }), model({ output: TOPIC, messages: [{ role: 'user', content: 'something else' }] })];
    expect(AnswerMakers.of(program).find(one)!.maker).toBe(AnswerMakers.of(program).find(other)!.maker);
  });
});
