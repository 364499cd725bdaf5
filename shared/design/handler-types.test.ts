import { describe, expect, it } from 'vitest';
import type { Json } from '../json/json';
import { typeOfSchema } from '../schema/type-of-schema';
import type { ValueSchema } from '../schema/value-schema';
import { handlerTypes } from './handler-types';
import type { ProjectDocument } from './document';

// The house has none of it, not even as text.
const ANY = 'any';

const TRIAGE: Json = {
  doc: 'Sorts */ tickets.',
  operations: {
    classify: { kind: 'call', doc: 'What it is about.', input: { type: 'object', properties: { text: { type: 'string', description: 'As written.' } }, required: ['text'] }, output: { type: 'object', properties: { topic: { enum: ['billing', 'other'] } }, required: ['topic'] }, errors: ['NotFound', 'Refused'] },
    forget: { kind: 'cast', input: { type: 'null' } },
  },
};
const code = (more: Json): Json => ({ kind: 'agent', behaviour: { type: 'code', file: 'handlers/desk.ts' }, ...(more as object) });
function project(nodes: Readonly<Record<string, Json>>, protocols: Readonly<Record<string, Json>> = { Triage: TRIAGE }): ProjectDocument {
  const design: Json = { root: 'root', nodes: { root: { kind: 'supervisor', children: Object.keys(nodes) }, ...nodes } };
  return { files: { 'design.json': { kind: 'json', value: design }, ...Object.fromEntries(Object.entries(protocols).map(([name, value]) => [`protocols/${name}.json`, { kind: 'json', value } as const])) } };
}
const typesOf = (document: ProjectDocument): string => handlerTypes(document, 'handlers/desk.ts').text;

describe('the types of a handler file', () => {
  it('has what its node provides and requires, with words, errors and kinds', () => {
    const { text, provides } = handlerTypes(project({ desk: code({ provides: ['Triage'], requires: { llm: 'Model' } }) }), 'handlers/desk.ts');
    expect(provides).toEqual(['Triage']);
    expect(text).toContain('/** Sorts * / tickets. */ interface Provides_Triage {');
    expect(text).toContain('classify(input: { /** As written. */ text: string }, self: Self): { topic: "billing" | "other" } | Promise<{ topic: "billing" | "other" }>;');
    expect(text).toContain('/** call. What it is about. May answer with NotFound, Refused. */ classify(');
    expect(text).toContain('forget(input: null, self: Self): null | void | Promise<null | void>;');
    expect(text).toContain('readonly use: { readonly llm: Model };');
    expect(text).toMatch(/complete\(input: \{ prompt\?: string; messages\?: .*system\?: string; maxTokens\?: number.*\): Promise<\{ text: string; toolCalls\?: .*costUsd\?: number \| null; model\?: string \}>;/);
    expect(text).toContain(`error(name: "NotFound" | "Refused", data?: ${ANY}): Error;`);
    expect(text).toContain('operation: "classify" | "forget"');
  });

  it('has streams: who calls gets what can be iterated, and who provides gives it', () => {
    const log: Json = { operations: { tail: { kind: 'stream', input: { type: 'integer' }, output: { type: 'string' } }, write: { kind: 'cast', input: { type: 'string' } } } };
    const text = typesOf(project({ desk: code({ provides: ['Log'], requires: { other: 'Log' } }) }, { Log: log }));
    expect(text).toContain('/** stream. */ tail(input: number): AsyncIterable<string>;');
    expect(text).toContain('tail(input: number, self: Self): AsyncIterable<string> | Iterable<string> | Promise<Iterable<string>>;');
    // To itself it sends what has no answer.
    expect(text).toContain('operation: "write"');
  });

  it('of several nodes: a port that only one has may be missing, and one with two protocols is either', () => {
    const text = typesOf(project({ one: code({ requires: { a: 'Triage', b: 'Model' } }), two: code({ requires: { b: 'Triage' } }) }));
    expect(text).toContain('readonly use: { readonly a?: Triage; readonly b: Model | Triage };');
  });

  it('names the arguments that the nodes give', () => {
    const withArgs = (args: Json): Json => ({ kind: 'agent', behaviour: { type: 'code', file: 'handlers/desk.ts', args } });
    expect(typesOf(project({ one: withArgs({ topic: 'a', most: 3 }), two: withArgs({ topic: 'b', most: 4 }), three: code({}) }))).toContain('type Args = { topic: "a"; most: number } | { topic: "b"; most: number } | undefined;');
  });

  it('of a file that no node uses lets every port be', () => expect(typesOf(project({}))).toContain(`readonly use: { readonly [port: string]: ${ANY} };`));
  it('leaves out protocols that are not there, and lets their ports be', () => {
    const document = project({ desk: code({ provides: ['Gone'], requires: { x: 'Gone' } }) });
    expect(handlerTypes(document, 'handlers/desk.ts').provides).toEqual([]);
    expect(typesOf(document)).toContain(`readonly x: ${ANY}`);
  });
  it('keeps a protocol apart that has the name of one of its own types', () => expect(typesOf(project({ desk: code({ requires: { me: 'Self' } }) }, { Self: TRIAGE }))).toContain('readonly me: Self_'));
  it('survives a design that is none', () => expect(typesOf({ files: { 'design.json': { kind: 'text', text: '{' } } })).toContain('interface Self'));
});

describe('a schema as a type', () => {
  const rows: readonly (readonly [ValueSchema, string])[] = [
    [{}, 'any'],
    [{ type: 'integer' }, 'number'],
    [{ type: ['string', 'null'] }, 'string | null'],
    [{ enum: ['a', 1, null] }, '"a" | 1 | null'],
    [{ const: { a: [1, 'x'] } }, '{ a: Array<1 | "x"> }'],
    [{ type: 'array', items: { type: 'array', items: { type: 'boolean' } } }, 'Array<Array<boolean>>'],
    [{ type: 'array' }, `Array<${ANY}>`],
    [{ anyOf: [{ type: 'string' }, { type: 'object', properties: { a: {} } }] }, `string | { a?: ${ANY} }`],
    [{ type: 'object' }, `{ [name: string]: ${ANY} }`],
    [{ type: 'object', additionalProperties: { type: 'number' } }, '{ [name: string]: number }'],
    [{ type: 'object', additionalProperties: false }, '{}'],
    [{ properties: { 'a-b': { type: 'string' } }, required: ['a-b'] }, '{ "a-b": string }'],
    [{ type: 'money' as never }, 'any'],
  ];
  it.each(rows)('%j', (schema, type) => expect(typeOfSchema(schema)).toBe(type));
  it('ends where it gets too deep', () => {
    let deep: ValueSchema = { type: 'string' };
    for (let depth = 0; depth < 40; depth += 1) deep = { type: 'array', items: deep };
    expect(typeOfSchema(deep)).toMatch(/^(Array<)+any>+$/);
  });
});
