import type { CatalogPart } from './catalog-entry';

/** Codes of mocks: MOC0xx. */
export const mockCatalog = {
  MOC001: {
    severity: 'error',
    title: 'a mock is for a node that is not there',
    meaning: '`--mock` names a node of the design by its id.',
    in: 'shell',
    wrong: 'prismatic run my-system --mock brian=answers.json',
    right: 'prismatic run my-system --mock brain=answers.json',
  },
  MOC002: {
    severity: 'error',
    title: 'a node cannot be mocked',
    meaning: 'A mock stands in for the answers of a node, so the node has to provide a protocol. Supervisors, sources and timers answer nobody.',
    in: 'shell',
    wrong: 'prismatic run my-system --mock root=answers.json',
    right: 'prismatic run my-system --mock brain=answers.json',
  },
  MOC003: {
    severity: 'error',
    title: 'the file of a mock cannot be read',
    meaning: 'It is missing, may not be read, has more than 20 MiB, or is no JSON.',
    in: 'shell',
    wrong: 'prismatic run my-system --mock brain=answer.json',
    right: 'prismatic run my-system --mock brain=answers.json',
  },
  MOC004: {
    severity: 'error',
    title: 'a file is no mock',
    meaning: 'A mock is `{"format": "prismatic-mock/1", "kind": ...}` with kind `scripted`, `generated`, `recorded` or `faults` (docs/formats/mock.md); or a bare list of rules as a scripted agent has them; or a bare list of recorded answers, each with its `operation` and `input`.',
    in: 'words',
    wrong: '{ "format": "prismatic-mock/1", "kind": "scripted", "rules": [{ "replies": "yes" }] }',
    right: '{ "format": "prismatic-mock/1", "kind": "scripted", "rules": [{ "reply": { "text": "yes" } }] }',
  },
  MOC005: {
    severity: 'error',
    title: 'a mock does not fit the node that it stands in for',
    meaning: 'Operations, outputs and errors of a mock are those of the protocols that the node provides: a mock that answers something else would look like a broken provider.',
    in: 'words',
    wrong: '[{ "operation": "classify", "reply": { "tpoic": "billing" } }]',
    right: '[{ "operation": "classify", "reply": { "topic": "billing" } }]',
  },
  MOC006: {
    severity: 'error',
    title: 'a mock is not given as node=file',
    meaning: '`--mock` takes the id of a node and a file with its answers, and each node once.',
    in: 'shell',
    wrong: 'prismatic run my-system --mock answers.json',
    right: 'prismatic run my-system --mock brain=answers.json',
  },
  MOC007: {
    severity: 'error',
    title: 'no answer can be made up for a mock',
    meaning: 'A generated mock makes its answers from the output schemas of the node. For one of them no value was found that fits: its bounds contradict each other, or are met by chance alone.',
    in: 'words',
    wrong: '{ "type": "string", "minLength": 5, "maxLength": 2 }',
    right: '{ "type": "string", "minLength": 2, "maxLength": 5 }',
  },
} as const satisfies CatalogPart;
