import { describe, expect, it } from 'vitest';
import type { ProjectDocument } from './document';
import { testTypes } from './test-types';

// The house has none of it, not even as text.
const ANY = 'any';

const document: ProjectDocument = {
  files: {
    'design.json': { kind: 'json', value: { root: 'root', nodes: { root: { kind: 'supervisor', children: ['a', 'b'] }, a: { kind: 'agent', provides: ['Triage', 'Gone'] }, b: { kind: 'agent', provides: ['Triage', 'Model'], requires: { x: 'Log' } } } } },
    'protocols/Triage.json': { kind: 'json', value: { operations: { classify: { kind: 'call', doc: 'Its topic.', input: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] }, output: { type: 'string' } } } } },
    'protocols/Log.json': { kind: 'json', value: { operations: { write: { kind: 'cast' } } } },
  },
};

describe('the types of a test file', () => {
  const { text, provides } = testTypes(document);
  it('are those of the protocols that are provided, and no others', () => {
    expect(provides).toEqual(['Model', 'Triage']);
    expect(text).toContain('interface Provides_Triage { [test: string]: (t: TestOf_Triage) => unknown }');
    expect(text).not.toContain('Log');
  });
  it('give each operation its input and its answer', () => {
    expect(text).toContain('any(operation: "classify"): Promise<{ text: string }>;');
    expect(text).toContain(`/** call. Its topic. */ call(operation: "classify", input: ${ANY} | Promise<${ANY}>): Promise<string>;`);
    expect(text).toContain(`fails(operation: "classify", input: ${ANY} | Promise<${ANY}>): Promise<Failure>;`);
  });
  it('are there for a design that is none', () => expect(testTypes({ files: {} })).toMatchObject({ provides: [] }));
});
