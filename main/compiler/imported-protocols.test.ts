/** What imports make is a protocol that the compiler takes, and what it cannot say is told. */
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { importProtocol, type ImportKind } from '../../shared/protocols/import/import-protocol';
import type { Imported } from '../../shared/protocols/import/imported';
import type { Json } from '../../shared/json/json';
import { readStrictJson } from '../../shared/json/strict-json';
import { Problems } from './problems';
import { readProtocols } from './read-protocols';

function read(kind: ImportKind, text: string, name?: string): Imported {
  const imported = importProtocol(kind, text, name);
  if ('message' in imported) throw new Error(imported.message);
  const problems = new Problems();
  readProtocols({ protocols: new Map([[imported.name, imported.protocol]]), unread: new Set() }, problems);
  expect(problems.list).toEqual([]);
  return imported;
}
const notesOf = ({ notes }: Imported): readonly string[] => notes.map(({ place, message }) => `${place}: ${message}`);
const json = (value: unknown): string => JSON.stringify(value);

describe('a list of tools', () => {
  const weather = { name: 'get_weather', title: 'Weather', description: 'Of a city.', inputSchema: { $schema: 'x', type: 'object', properties: { city: { type: 'string', pattern: '^[A-Z]' }, days: { type: 'integer', minimum: 1 } }, required: ['city'] }, annotations: { readOnlyHint: true } };
  it('becomes calls', () => {
    const imported = read('mcp', json({ jsonrpc: '2.0', id: 1, result: { tools: [weather, { name: 'wipe', inputSchema: { type: 'object' }, outputSchema: { $ref: '#/$defs/done', $defs: { done: { type: 'object', properties: { count: { type: 'integer' } } } } }, annotations: { destructiveHint: true } }] } }), 'Weather');
    expect(imported.name).toBe('Weather');
    expect(imported.names).toEqual({ getWeather: 'get_weather' });
    expect(imported.protocol['operations']).toEqual({
      getWeather: { kind: 'call', doc: 'Of a city.', input: { type: 'object', properties: { city: { type: 'string' }, days: { minimum: 1, type: 'integer' } }, required: ['city'] }, output: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] }, errors: ['ToolFailed'], idempotent: true },
      wipe: { kind: 'call', input: { type: 'object' }, output: { $ref: '#/definitions/done' }, errors: ['ToolFailed'] },
    });
    expect(notesOf(imported)).toEqual(['/tools/0: get_weather is called getWeather here', '/tools/0/inputSchema/properties/city: pattern is not in the subset, and is left out', '/tools/1: the server says that this tool may destroy something']);
  });
  it('keeps definitions of the same name apart', () => {
    const tool = (name: string, type: string) => ({ name, inputSchema: { type: 'object', properties: { x: { $ref: '#/$defs/x' } }, $defs: { x: { type } } } });
    const { protocol } = read('mcp', json([tool('a', 'string'), tool('b', 'integer'), tool('a', 'null')]));
    expect(protocol).toMatchObject({ operations: { a: { input: { properties: { x: { $ref: '#/definitions/x' } } } }, b: { input: { properties: { x: { $ref: '#/definitions/x1' } } } }, a2: {} }, definitions: { x: { type: 'string' }, x1: { type: 'integer' } } });
  });
  it.each(['{}', '{"tools":{}}', '7', 'tools: []'])('%s is none', (text) => expect(importProtocol('mcp', text)).toHaveProperty('message'));
});

describe('OpenAPI', () => {
  const document = {
    openapi: '3.0.3',
    info: { title: 'pet store', description: 'Pets.' },
    security: [{ key: [] }],
    paths: {
      '/pets/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        get: { operationId: 'getPet', parameters: [{ name: 'id', in: 'query', schema: { type: 'boolean' } }, { name: 'sid', in: 'cookie' }], responses: { 200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } }, 'application/xml': {} } }, 404: { description: 'none' }, default: { description: 'bad' } } },
        put: { requestBody: { required: true, content: { 'application/json': { schema: { allOf: [{ $ref: '#/components/schemas/Pet' }, { type: 'object', required: ['tag'] }] } } } }, responses: { 204: { description: 'done' }, 429: { $ref: '#/components/responses/Slow' } } },
      },
    },
    components: { responses: { Slow: { description: 'slow', content: { 'application/json': { schema: {} } } } }, schemas: { Pet: { type: 'object', properties: { name: { type: 'string', nullable: true }, tag: { oneOf: [{ type: 'string' }, { type: 'integer', minimum: 0, exclusiveMinimum: true }] }, parent: { $ref: '#/components/schemas/Pet' } }, required: ['name'] } } },
  };
  it('has an operation for each of its own', () => {
    const imported = read('openapi', json(document));
    expect(imported.name).toBe('PetStore');
    expect(imported.protocol).toEqual({
      doc: 'Pets.',
      operations: {
        getPet: { kind: 'call', doc: 'GET /pets/{id}', input: { type: 'object', properties: { id: { type: 'string' }, id2: { type: 'boolean' } }, required: ['id'], additionalProperties: false }, output: { $ref: '#/definitions/Pet' }, errors: ['NotFound'], idempotent: true },
        putPetsId: { kind: 'call', doc: 'PUT /pets/{id}', input: { type: 'object', properties: { id: { type: 'string' }, body: { type: 'object', properties: { name: { type: ['string', 'null'] }, tag: { anyOf: [{ type: 'string' }, { minimum: 0, type: 'integer', exclusiveMinimum: 0 }] }, parent: {} }, required: ['name', 'tag'] } }, required: ['id', 'body'], additionalProperties: false }, output: {}, errors: ['RateLimited'], idempotent: true },
      },
      definitions: { Pet: { type: 'object', properties: { name: { type: ['string', 'null'] }, tag: { anyOf: [{ type: 'string' }, { minimum: 0, type: 'integer', exclusiveMinimum: 0 }] }, parent: {} }, required: ['name'] } },
    });
    expect(notesOf(imported)).toEqual([
      '/paths//pets/{id}/get/parameters/1: id in query is called id2 here',
      '/paths//pets/{id}/get/parameters/2: the cookie sid is left out',
      '/paths//pets/{id}/get/responses/200: application/xml is left out beside JSON',
      '#/components/schemas/Pet/properties/tag: oneOf is taken as anyOf: a value that fits two of them is taken too',
      '#/components/schemas/Pet/properties/parent: #/components/schemas/Pet leads back to itself, and recursive schemas are not in the subset: any value is taken here',
      '/paths//pets/{id}/get/responses/default: the answer for default is left out',
      '/paths//pets/{id}/put/responses/429: what the error says goes into its data, which has no schema',
      '/security: how callers prove who they are is no part of a protocol, and is left out',
    ]);
  });
  it('takes one operation alone', () => expect(read('openapi', json({ operationId: 'do-it', responses: { 200: { description: 'ok' } } }), 'Doer').protocol['operations']).toEqual({ doIt: { kind: 'call', doc: 'POST', input: { type: 'object', properties: {}, additionalProperties: false }, output: {} } }));
  it('of version 2 is refused, and so is what is none', () => {
    expect(importProtocol('openapi', json({ swagger: '2.0', paths: { '/a': { get: { responses: {} } } } }))).toMatchObject({ message: expect.stringContaining('Swagger 2.0') as string });
    expect(importProtocol('openapi', '[]')).toHaveProperty('message');
  });
});

describe('TypeScript', () => {
  const text = `
    import { Thing } from './thing';
    /** Sorts tickets. */
    export interface Triage extends Base {
      /** By topic. */
      classify(input: { text: string; readonly tags?: readonly string[]; at: Date }): Promise<Topic | null>;
      count: (from: number, to?: number) => number;
      note(line: string): void;
      forget(): Promise<void>;
      version: string;
    }
    type Topic = { kind: 'billing' | 'other'; size: 1 | 2 | null; more: Record<string, Array<number>>; [extra: string]: unknown } & { id: string };
    type Tree = { left?: Tree; pair: [string, number]; run(): void; map: Map<string, number>; maybe: string | undefined };
  `;
  it('has its methods as operations, its types as definitions', () => {
    const imported = read('typescript', text);
    expect(imported.name).toBe('Triage');
    expect(imported.protocol).toEqual({
      doc: 'Sorts tickets.',
      operations: {
        classify: { kind: 'call', doc: 'By topic.', input: { type: 'object', properties: { text: { type: 'string' }, tags: { type: 'array', items: { type: 'string' } }, at: { type: 'string' } }, required: ['text', 'at'] }, output: { anyOf: [{ $ref: '#/definitions/Topic' }, { type: 'null' }] } },
        count: { kind: 'call', input: { type: 'object', properties: { from: { type: 'number' }, to: { type: 'number' } }, required: ['from'] }, output: { type: 'number' } },
        note: { kind: 'cast', input: { type: 'string' } },
        forget: { kind: 'call', input: { type: 'object', properties: {} } },
      },
      definitions: {
        Topic: { type: 'object', properties: { kind: { enum: ['billing', 'other'] }, size: { anyOf: [{ enum: [1, 2] }, { type: 'null' }] }, more: { type: 'object', additionalProperties: { type: 'array', items: { type: 'number' } } }, id: { type: 'string' } }, required: ['kind', 'size', 'more', 'id'], additionalProperties: {} },
        Tree: { type: 'object', properties: { left: {}, pair: { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'number' }] }, maxItems: 2 }, map: {}, maybe: { type: 'string' } }, required: ['pair', 'map'] },
      },
    });
    expect(notesOf(imported)).toEqual([
      'line 2: import { Thing } ... is no type, and is left out',
      'line 10: version is no method, and is left out of Triage',
      'line 4: Triage extends Base: its methods are those of Base only where both stand in the text',
      'line 6: a Date is a text in JSON',
      'line 7: count has 2 parameters: they are fields of one input',
      'line 8: note answers nothing and promises nothing: it is a cast',
      'line 13: Tree leads back to itself, and recursive schemas are not in the subset: any value is taken here',
      'line 13: places of a list with a type each: each place takes what any of them does',
      'line 13: run is a function and no data: it is left out',
      'line 13: Map<...> is not read: any value is taken',
    ]);
  });
  it('without a method is the input of one operation', () => expect(read('typescript', 'type Ticket = { id: string }').protocol).toEqual({ operations: { handle: { kind: 'call', input: { $ref: '#/definitions/Ticket' } } }, definitions: { Ticket: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] } } }));
  it.each([
    ['type A = { b: ', 'line 1: expected a type'],
    ['type A = {\n b: #private }', 'line 2: this is not read'],
    ['const a = 1;', 'there is no interface'],
    [`type A = ${'['.repeat(5000)}`, 'deeper'],
    [`type A = ${'{a:'.repeat(5000)}`, 'deeper'],
    [`type A = string${'[]'.repeat(60_000)}`, 'deeper'],
  ])('%.40j is refused: %s', (source, words) => {
    const imported = importProtocol('typescript', source);
    expect('message' in imported && imported.message).toContain(words);
  });
});

describe('whatever comes in', () => {
  const words = fc.constantFrom('type', 'properties', 'items', 'anyOf', 'oneOf', 'allOf', '$ref', 'enum', 'const', 'required', 'additionalProperties', 'nullable', 'minimum', 'exclusiveMinimum', 'minLength', 'multipleOf', 'prefixItems', 'a', '$defs', 'format');
  const { value: values } = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof({ maxDepth: 5 }, fc.constantFrom<Json>('string', 'object', 'array', '#/$defs/a', '#', true, false, null, 0, -1, 1.5, 'x'), fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(words, tie('value'), { maxKeys: 4 })),
  }));
  test.prop([values, values], { numRuns: 2000 })('as the schemas of a tool, what goes out is a protocol', (inputSchema, outputSchema) => {
    read('mcp', json({ tools: [{ name: 'a', inputSchema, outputSchema }] }));
  });
  test.prop([fc.array(fc.constantFrom('type', 'A', 'B', '=', '{', '}', '[', ']', '(', ')', ':', ';', '?', '|', '&', '<', '>', '=>', 'string', '"x"', '1', 'interface', 'extends', ',', 'readonly', '/** d */', '...', '.', 'Promise', 'keyof'), { maxLength: 25 })], { numRuns: 5000 })('as TypeScript, it is a protocol or refused', (tokens) => {
    const text = tokens.join(' ');
    const imported = importProtocol('typescript', text);
    if ('message' in imported) expect(imported.fix).not.toBe('');
    else read('typescript', text);
  });
});

describe('what a stranger gives to import', () => {
  const openapi = (paths: object): string => json({ openapi: '3.0.0', info: { title: 'Pets' }, paths });
  it.each<[ImportKind, string]>([
    ['openapi', openapi(Object.fromEntries(Array.from({ length: 60_000 }, (_, index) => [`/a${index}`, { post: { operationId: 'same', responses: {} } }])))],
    ['openapi', openapi({ '/a': { post: { operationId: 'a', responses: {}, parameters: Array.from({ length: 100_000 }, (_, index) => ({ name: 'same', in: `in${index}` })) } } })],
    ['mcp', json({ tools: Array.from({ length: 100_000 }, () => ({ name: 'same', inputSchema: { type: 'object' } })) })],
  ])('of %s with one name for everything is done in seconds, and what is left out is told', (kind, text) => {
    const before = process.cpuUsage();
    const imported = read(kind, text);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(15_000);
    expect(notesOf(imported).some((note) => note.includes('left out'))).toBe(true);
  }, 60_000);

  it('a field, a parameter or a method that reaches a prototype is left out, and the rest is a project that can be read', () => {
    const typed = read('typescript', 'export interface P { ask(a: { __proto__: string; constructor: number; name: string }): { prototype: string }; constructor(a: string): void }');
    const spoken = read('openapi', openapi({ '/a': { post: { operationId: 'a', responses: {}, parameters: ['__proto__', 'constructor', 'name'].map((name) => ({ name, in: 'query', required: true })) } } }));
    for (const { protocol } of [typed, spoken]) expect(readStrictJson(json(protocol)).faults).toEqual([]);
    expect(JSON.stringify([typed.protocol, spoken.protocol])).toContain('"properties":{"name":');
    for (const imported of [typed, spoken]) expect(notesOf(imported).filter((note) => note.includes('reaches a prototype')).length).toBeGreaterThan(1);
  });
});
