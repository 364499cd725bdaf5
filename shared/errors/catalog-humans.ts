import type { CatalogPart } from './catalog-entry';

/** The example's desk asks a person instead of a model; `fields` are the human's own. */
const asking = (fields: string, { wire = '"guards": [{ "kind": "timeout", "ms": 7200000 }]', more = '', wires = '' } = {}): string => `{
  "nodes": {
    "root": { "children": ["desk", "brain", "book", "boss"${more === '' ? '' : ', "deputy"'}] },
    "desk": { "requires": { "llm": "Model", "boss": "Triage" } },
    "boss": { "kind": "human", "provides": ["Triage"]${fields} }${more}
  },
  "wires": [{ "from": "desk.llm", "to": "brain" }, { "from": "desk.boss", "to": "boss", ${wire} }${wires}]
}`;
const deputy = (provides: string): string => `,
    "deputy": { "kind": "agent", "behaviour": { "type": "scripted", "rules": [{ "reply": { "text": "no", "topic": "no" } }] }, "provides": ["${provides}"] }`;

/** Codes of designs with humans: HUM001 to HUM005, HUM009. */
export const humanCatalog = {
  HUM001: {
    severity: 'error',
    title: 'a field of a human has a wrong value',
    meaning: '`question` is text that stands above what the person is asked; `deadlineMs` is a time in whole milliseconds.',
    in: 'design.json',
    wrong: asking(', "deadlineMs": "1h"'),
    right: asking(', "deadlineMs": 3600000'),
  },
  HUM002: {
    severity: 'warning',
    title: 'a caller gives up before a person has to answer',
    meaning:
      'A call without a timeout guard has 5000 ms. Once its caller has given up, a request is taken back, and whoever would be asked at the deadline (`escalation`) is not asked any more. The timeout of each wire on the way has to be longer than `deadlineMs`; for callers behind a router it is that of the wire to the router.',
    in: 'design.json',
    wrong: asking(', "deadlineMs": 3600000', { wire: '"guards": [{ "kind": "timeout", "ms": 60000 }]' }),
    right: asking(', "deadlineMs": 3600000', { wire: '"guards": [{ "kind": "timeout", "ms": 3660000 }]' }),
  },
  HUM003: {
    severity: 'error',
    title: 'the escalation of a human speaks another protocol',
    meaning: 'What a person has not answered in time is asked again over the port `escalation`, as it is: the port requires a protocol that the human provides.',
    in: 'design.json',
    wrong: asking(', "requires": { "escalation": "Model" }', { more: deputy('Model'), wires: ', { "from": "boss.escalation", "to": "deputy" }' }),
    right: asking(', "requires": { "escalation": "Triage" }', { more: deputy('Triage'), wires: ', { "from": "boss.escalation", "to": "deputy" }' }),
  },
  HUM004: {
    severity: 'error',
    title: 'a human has a port that is never used',
    meaning: 'A human calls nobody but over its port `escalation`.',
    in: 'design.json',
    wrong: asking(', "requires": { "boss": "Triage" }', { more: deputy('Triage'), wires: ', { "from": "boss.boss", "to": "deputy" }' }),
    right: asking(', "requires": { "escalation": "Triage" }', { more: deputy('Triage'), wires: ', { "from": "boss.escalation", "to": "deputy" }' }),
  },
  HUM005: {
    severity: 'error',
    title: 'a human cannot be told, only asked',
    meaning: 'Each call becomes a request that a person answers. A cast has no answer, so nobody would ever see it.',
    in: 'design.json',
    wrong: `{
  "nodes": {
    "root": { "children": ["desk", "brain", "book", "boss"] },
    "boss": { "kind": "human", "provides": ["Log"] }
  }
}`,
    right: `{
  "nodes": {
    "root": { "children": ["desk", "brain", "book", "boss"] },
    "boss": { "kind": "sink", "behaviour": { "type": "console" }, "provides": ["Log"] }
  }
}`,
  },
  HUM009: {
    severity: 'error',
    title: 'a human cannot give a stream',
    meaning: 'Each call becomes a request that a person answers once. A stream is answered by a sequence of items.',
    in: 'design.json',
    beside: { 'protocols/Log.json': '{ "operations": { "write": null, "tail": { "kind": "stream" } } }\n' },
    wrong: `{
  "nodes": {
    "root": { "children": ["desk", "brain", "book", "boss"] },
    "boss": { "kind": "human", "provides": ["Log"] }
  }
}`,
    right: `{
  "nodes": {
    "root": { "children": ["desk", "brain", "book", "boss"] },
    "boss": { "kind": "sink", "behaviour": { "type": "console" }, "provides": ["Log"] }
  }
}`,
  },
} as const satisfies CatalogPart;

/** Codes of what people answer: HUM006 and on. */
export const approvalCatalog = {
  HUM006: {
    severity: 'error',
    title: 'a request does not wait for an answer any more',
    meaning: 'Somebody else answered it, its deadline passed, its caller gave up, or the run has ended.',
    in: 'words',
    wrong: 'The same request answered in two windows: the second is told this.',
    right: 'Answer a request that is in the list.',
  },
  HUM007: {
    severity: 'error',
    title: 'a person’s answer does not fit the protocol',
    meaning: 'The output of the operation is checked where the answer comes in, and the request goes on waiting.',
    in: 'words',
    wrong: '{ "approved": "yes" }',
    right: '{ "approved": true }',
  },
  HUM008: {
    severity: 'error',
    title: 'a person answers with an error that is not declared',
    meaning: 'Instead of an output, an answer may be one of the errors that the operation declares.',
    in: 'words',
    wrong: '{ "error": { "name": "NotGood" } }',
    right: '{ "error": { "name": "Rejected", "data": { "why": "no sources" } } }',
  },
} as const satisfies CatalogPart;
