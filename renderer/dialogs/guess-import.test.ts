import { expect, it } from 'vitest';
import { guessImport } from './guess-import';

it.each([
  ['{ "tools": [ { "name": "a", "inputSchema": {} } ] }', 'mcp'],
  ['[{ "name": "a", "inputSchema": { "properties": { "type": {} } } }]', 'mcp'],
  ['{ "openapi": "3.1.0", "paths": {} }', 'openapi'],
  ['{ "operationId": "a", "responses": { "200": {} } }', 'openapi'],
  ['// of the weather\nexport interface Weather { read(): number }', 'typescript'],
  ['type A = { b(): void }', 'typescript'],
  ['{ "doc": "type A = 1" }', undefined],
  ['', undefined],
])('%j is taken for %s', (text, kind) => expect(guessImport(text)).toBe(kind));
