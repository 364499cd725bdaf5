import type { CatalogPart } from './catalog-entry';

/** Codes of handler files, which are parsed and never run by the compiler: HAN0xx. */
export const handlerCatalog = {
  HAN001: {
    severity: 'error',
    title: 'a handler file cannot be read',
    meaning: 'A code agent’s handler is a regular file inside the project, UTF-8, at most 2 MiB.',
    in: 'design.json',
    wrong: `{ "nodes": { "desk": { "behaviour": { "file": "handlers/desc.ts" } } } }`,
    right: `{ "nodes": { "desk": { "behaviour": { "file": "handlers/desk.ts" } } } }`,
  },
  HAN002: {
    severity: 'error',
    title: 'a handler’s types cannot be erased',
    meaning: 'Types are taken out and nothing is put in their place, so that lines and columns stay what they are. What makes code out of types (`enum`, namespaces with values, parameter properties) cannot be erased.',
    in: 'handlers/desk.ts',
    wrong: `enum Topic { Billing }
export const Triage = { async classify() { return { topic: Topic.Billing }; } };
`,
    right: `const Topic = { billing: 'billing' } as const;
export const Triage = { async classify() { return { topic: Topic.billing }; } };
`,
  },
  HAN003: {
    severity: 'error',
    title: 'a handler is no JavaScript once its types are gone',
    meaning: 'What is left after the types are erased is parsed as a module of ECMAScript 2024.',
    in: 'handlers/desk.ts',
    wrong: `export const Triage = { async classify() { const topic = 'a'; const topic = 'b'; return { topic }; } };
`,
    right: `export const Triage = { async classify() { const topic = 'a'; return { topic }; } };
`,
  },
  HAN004: {
    severity: 'error',
    title: 'a handler reaches for what its sandbox does not have',
    meaning: '`import()` and `import.meta` need a loader, and `await` outside a function would let a file wait before there is a process. A handler has what its wires give, and nothing else.',
    in: 'handlers/desk.ts',
    wrong: `export const Triage = { async classify() { const { tidy } = await import('./words.ts'); return { topic: tidy('a') }; } };
`,
    right: `import { tidy } from './words.ts';
export const Triage = { async classify() { return { topic: tidy('a') }; } };
`,
  },
  HAN005: {
    severity: 'error',
    title: 'a handler imports a package',
    meaning: 'Relative imports inside the project are bundled; packages are not, and neither are the modules of Node.',
    in: 'handlers/desk.ts',
    wrong: `import { readFileSync } from 'node:fs';
export const Triage = { async classify() { return { topic: readFileSync('topics.txt', 'utf8') }; } };
`,
    right: `import { tidy } from './words.ts';
export const Triage = { async classify() { return { topic: tidy('a') }; } };
`,
  },
  HAN006: {
    severity: 'error',
    title: 'a handler imports a file that is not there',
    meaning: 'A relative import is looked for as written, then with `.ts`, then with `.js`, inside the project.',
    in: 'handlers/desk.ts',
    wrong: `import { tidy } from './word.ts';
export const Triage = { async classify() { return { topic: tidy('a') }; } };
`,
    right: `import { tidy } from './words.ts';
export const Triage = { async classify() { return { topic: tidy('a') }; } };
`,
  },
  HAN007: {
    severity: 'error',
    title: 'a handler exports without a name',
    meaning: 'A handler file exports one object by name for each protocol its agent provides. `export default` names none, and `export ... from` would export what another file holds.',
    in: 'handlers/words.ts',
    wrong: `export default 7;
export const tidy = (text: string): string => text.trim();
`,
    right: `export const seven = 7;
export const tidy = (text: string): string => text.trim();
`,
  },
  HAN008: {
    severity: 'error',
    title: 'a handler does not export what its agent provides',
    meaning: 'For each protocol in `provides` the handler file has a named export of that name.',
    in: 'handlers/desk.ts',
    wrong: `export const Desk = { async classify() { return { topic: 'billing' }; } };
`,
    right: `export const Triage = { async classify() { return { topic: 'billing' }; } };
`,
  },
  HAN009: {
    severity: 'error',
    title: 'a handler lacks an operation of its protocol',
    meaning: 'The exported object has a function for each operation. (Where it holds what only running it would tell, a spread or a computed name, this is found at the first call instead.)',
    in: 'handlers/desk.ts',
    wrong: `export const Triage = { async clasify() { return { topic: 'billing' }; } };
`,
    right: `export const Triage = { async classify() { return { topic: 'billing' }; } };
`,
  },
  HAN010: {
    severity: 'error',
    title: 'a stream’s handler gives nothing to iterate',
    meaning: 'An operation of kind `stream` is answered by all that its handler yields: it is a generator, or gives a list. (This is told where it can be seen; a function that gives what another made is found at the first call instead.)',
    in: 'handlers/desk.ts',
    beside: { 'protocols/Triage.json': '{ "operations": { "topics": { "kind": "stream", "output": { "type": "string" } } } }\n' },
    wrong: `export const Triage = {
  async classify() { return { topic: 'billing' }; },
  async topics() { return 'billing'; },
};
`,
    right: `export const Triage = {
  async classify() { return { topic: 'billing' }; },
  async *topics() { yield 'billing'; },
};
`,
  },
  HAN011: {
    severity: 'error',
    title: 'the handler of a call is a generator',
    meaning: 'To call a generator runs none of it: that is done by whoever reads what it yields, and only an operation of kind `stream` has a reader.',
    in: 'handlers/desk.ts',
    wrong: `export const Triage = { async *classify() { yield { topic: 'billing' }; } };
`,
    right: `export const Triage = { async classify() { return { topic: 'billing' }; } };
`,
  },
} as const satisfies CatalogPart;
