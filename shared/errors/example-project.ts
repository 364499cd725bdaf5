/** The small project that the examples of the catalog change: it compiles without a word. Path -> text. */
export const EXAMPLE_PROJECT: Readonly<Record<string, string>> = {
  'design.json': `{
  "format": "prismatic/1",
  "name": "help-desk",
  "root": "root",
  "nodes": {
    "root": { "kind": "supervisor", "children": ["desk", "brain", "book"] },
    "desk": { "kind": "agent", "behaviour": { "type": "code", "file": "handlers/desk.ts" }, "provides": ["Triage"], "requires": { "llm": "Model" } },
    "brain": { "kind": "agent", "behaviour": { "type": "scripted", "rules": [{ "reply": { "text": "billing" } }] }, "provides": ["Model"] },
    "book": { "kind": "sink", "behaviour": { "type": "console" }, "provides": ["Log"] }
  },
  "wires": [{ "from": "desk.llm", "to": "brain" }]
}
`,
  'protocols/Triage.json': `{
  "operations": {
    "classify": {
      "kind": "call",
      "input": { "type": "object", "properties": { "text": { "type": "string" } }, "required": ["text"] },
      "output": { "type": "object", "properties": { "topic": { "type": "string" } }, "required": ["topic"] }
    }
  }
}
`,
  'protocols/Log.json': `{ "operations": { "write": { "kind": "cast" } } }
`,
  'handlers/desk.ts': `import { tidy } from './words.ts';

export const Triage = {
  async classify(input, self) {
    const answer = await self.use.llm.complete({ prompt: tidy(input.text) });
    return { topic: answer.text };
  },
};
`,
  'handlers/words.ts': `export const tidy = (text: string): string => text.trim();
`,
  'data/tickets.jsonl': `{ "text": "The invoice is wrong" }
`,
  'scenarios/default.json': `{
  "format": "prismatic-scenario/1",
  "load": [{ "to": "desk", "operation": "classify", "input": { "text": "The invoice is wrong" } }],
  "faults": [{ "atMs": 1000, "kind": "crash", "node": "desk" }],
  "expectations": [{ "name": "all answered", "kind": "nothingLost" }]
}
`,
};
