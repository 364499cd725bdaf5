import { describe, expect, it } from 'vitest';
import type { Json } from '../json/json';
import type { ProjectDocument } from './document';
import { ownerOf } from './edits/example-edits';
import { viewProtocol } from './protocol-form';
import { listOperations } from './protocol-view';

const documentOf = (protocols: Readonly<Record<string, Json>>): ProjectDocument => ({ files: Object.fromEntries(Object.entries(protocols).map(([name, value]) => [`protocols/${name}.json`, { kind: 'json' as const, value }])) });
const cast = { kind: 'cast', input: { type: 'string' } };

describe('the operations of a protocol', () => {
  it('are those of what it extends, then its own', () => {
    const document = documentOf({ A: { extends: ['B', 'C'], operations: { a: cast } }, B: { extends: ['C'], operations: { b: cast } }, C: { operations: { c: cast } } });
    expect(listOperations(document, 'A').map(({ name }) => name)).toEqual(['c', 'b', 'a']);
  });

  it('of protocols that extend each other have an end', () => {
    const document = documentOf({ A: { extends: ['A', 'B'], operations: { a: cast } }, B: { extends: ['A'], operations: { b: cast } } });
    expect(listOperations(document, 'A').map(({ name }) => name)).toEqual(['b', 'a']);
  });

  it('of 60 diamonds are each read once', () => {
    const names = Array.from({ length: 60 }, (_, index) => index);
    const document = documentOf(Object.fromEntries(names.flatMap((index) => ['A', 'B'].map((side) => [`${side}${index}`, { extends: index < 59 ? [`A${index + 1}`, `B${index + 1}`] : [], operations: { [`op${side}${index}`]: cast } }]))));
    expect(listOperations(document, 'A0')).toHaveLength(119);
    expect(viewProtocol(document, 'A0')?.operations).toHaveLength(119);
    expect([ownerOf(document, 'A0', 'opB59'), ownerOf(document, 'A0', 'none')]).toEqual(['B59', undefined]);
  });

  it('whose schemas double are shown as far as they can be', () => {
    const definitions: Json = Object.fromEntries(Array.from({ length: 40 }, (_, index): [string, Json] => [`d${index}`, index < 39 ? { anyOf: [{ $ref: `#/definitions/d${index + 1}` }, { $ref: `#/definitions/d${index + 1}` }] } : { type: 'string' }]));
    const [operation] = listOperations(documentOf({ A: { definitions, operations: { a: { kind: 'cast', input: { $ref: '#/definitions/d0' } } } } }), 'A');
    expect(JSON.stringify(operation?.input).length).toBeLessThan(200_000);
  });
});
