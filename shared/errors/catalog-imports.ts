import type { CatalogPart } from './catalog-entry';

/** Codes of protocols that come from outside: PRO050 and on. */
export const importCatalog = {
  PRO050: {
    severity: 'error',
    title: 'no protocol can be made of the text',
    meaning: 'Read are the list of tools of an MCP server (its answer to `tools/list`), OpenAPI 3 as JSON (a document, a path or one operation), and interfaces and type aliases of TypeScript. Nothing of it is run or fetched. What is read and cannot be carried over is told as a note, place by place.',
    in: 'words',
    wrong: 'an OpenAPI document in YAML',
    right: 'the same document converted to JSON',
  },
  PRO051: {
    severity: 'error',
    title: 'an imported protocol cannot have that name',
    meaning: 'The name of a protocol is that of its file: letters and digits, beginning with a capital, and no other protocol of the project has it. An import writes over nothing.',
    in: 'words',
    wrong: 'importing tools as Triage, where there is a protocol Triage',
    right: 'importing them as TriageTools',
  },
} as const satisfies CatalogPart;
