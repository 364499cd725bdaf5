import type { CatalogPart } from './catalog-entry';

/** Codes of test files, read by `check` and `test`: TST0xx. */
export const testFileCatalog = {
  TST001: {
    severity: 'error',
    title: 'a test file exports what is no protocol',
    meaning: 'A file of `tests/` exports one object of tests under the name of each protocol that it is about; every provider of that protocol is then held to them. Under another name nobody would ever run them.',
    in: 'tests/desk.ts',
    wrong: `export const Triag = { async 'answers'(t) { await t.call('classify', await t.any('classify')); } };
`,
    right: `export const Triage = { async 'answers'(t) { await t.call('classify', await t.any('classify')); } };
`,
  },
  TST002: {
    severity: 'error',
    title: 'which tests a file has cannot be seen',
    meaning: 'The names of the tests are read from the file without running it, so they stand in it as the members of an object literal.',
    in: 'tests/desk.ts',
    wrong: `const tests = {};
export const Triage = tests;
`,
    right: `export const Triage = { async 'answers'(t) { await t.call('classify', await t.any('classify')); } };
`,
  },
  TST003: {
    severity: 'warning',
    title: 'a test file has nothing to run',
    meaning: 'The object under the name of a protocol has no members, or no node provides that protocol: `prismatic test` would pass over it in silence.',
    in: 'tests/desk.ts',
    wrong: `export const Triage = {};
`,
    right: `export const Triage = { async 'answers'(t) { await t.call('classify', await t.any('classify')); } };
`,
  },
} as const satisfies CatalogPart;

/** Codes of running tests. */
export const testRunCatalog = {
  TST010: {
    severity: 'error',
    title: 'tests ended without a result',
    meaning: 'Tests run in a process of their own, without files or network. It ended, or said nothing for a minute; nothing else is harmed by that.',
    in: 'words',
    wrong: 'A bug of ours.',
    right: 'Test again; if it happens again, please report it.',
  },
  TST011: {
    severity: 'error',
    title: 'there is no such provider',
    meaning: '`--node` and the Tests panel name a node that provides a protocol.',
    in: 'shell',
    wrong: 'prismatic test my-system --node desc',
    right: 'prismatic test my-system --node desk',
  },
  TST012: {
    severity: 'error',
    title: 'this project is being tested already',
    meaning: 'One run of the tests of a project at a time: each uses a processor.',
    in: 'words',
    wrong: 'Run all, while a run of the same project is under way.',
    right: 'Wait for its end, or stop it.',
  },
  TST013: {
    severity: 'error',
    title: 'the test files have problems',
    meaning: 'A test that cannot be read was not passed. What is wrong stands beside it, with its own code.',
    in: 'words',
    wrong: 'A file of `tests/` with a type that cannot be erased, or with an export that is no protocol.',
    right: 'Put right what is told, and run the tests again.',
  },
  TST014: {
    severity: 'error',
    title: 'the tests were stopped',
    meaning: 'Somebody pressed Stop. What had been judged until then stays on the screen; the rest has no verdict.',
    in: 'words',
    wrong: 'Stop while tests run.',
    right: 'Run them again.',
  },
  TST015: {
    severity: 'error',
    title: 'what is mocked is not tested',
    meaning: 'A mock stands in for a node, so its answers are those of the mock: a test of it would say nothing of the node.',
    in: 'shell',
    wrong: 'prismatic test my-system --node brain --mock brain=answers.json',
    right: 'prismatic test my-system --node desk --mock brain=answers.json',
  },
  TST016: {
    severity: 'error',
    title: 'there are no cassettes',
    meaning: 'With `--cassettes` models and tools answer from recordings and from nowhere else. Where nothing has been recorded, every test of whoever asks them would be without a verdict.',
    in: 'shell',
    wrong: 'prismatic test my-system --cassettes',
    right: 'prismatic run my-system --input questions.jsonl --record && prismatic test my-system --cassettes',
  },
} as const satisfies CatalogPart;
