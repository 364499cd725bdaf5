import type { CatalogPart } from './catalog-entry';

/** The example project with an agent that asks a model, and has a tool. */
const clerk = {
  'design.json': `{
  "nodes": {
    "root": { "children": ["clerk", "adder", "desk", "brain", "book"] },
    "clerk": { "kind": "agent", "behaviour": { "type": "model", "prompt": "prompts/clerk.md" }, "provides": ["Triage"], "requires": { "model": "Model", "sums": "Sums" } },
    "adder": { "kind": "agent", "behaviour": { "type": "scripted", "rules": [{ "reply": 3 }] }, "provides": ["Sums"] } },
  "wires": [{ "from": "clerk.model", "to": "brain" }, { "from": "clerk.sums", "to": "adder" }, { "from": "desk.llm", "to": "brain" }] }
`,
  'prompts/clerk.md': 'What is this about? {{input.text}}\n',
  'protocols/Sums.json': '{ "operations": { "add": { "doc": "The sum of two numbers.", "kind": "call", "input": { "type": "object", "properties": { "a": { "type": "number" }, "b": { "type": "number" } } }, "output": { "type": "number" } } } }\n',
};

/** Codes of agents whose answers a model writes: MDL02x. Providers and keys have MDL00x and MDL01x. */
export const modelAgentCatalog = {
  MDL020: {
    severity: 'error',
    title: 'a prompt file cannot be read',
    meaning: 'The prompt of a model agent is a regular file inside the project, UTF-8, at most 1 MiB. It is part of the program and of its hash.',
    in: 'design.json',
    beside: clerk,
    wrong: `{ "nodes": { "clerk": { "behaviour": { "prompt": "prompts/clark.md" } } } }`,
    right: `{ "nodes": { "clerk": { "behaviour": { "prompt": "prompts/clerk.md" } } } }`,
  },
  MDL021: {
    severity: 'error',
    title: 'a prompt names a variable that is not there',
    meaning: 'Between two braces stands `input`, a field of the operation’s input (`{{input.ticket.text}}`), or a field of `state`: `count` (messages answered), `last` (the last answer), `memory` (the conversation). A name that is misspelt would be an empty place in every prompt. Braces that are meant as text are written `\\{{`.',
    in: 'prompts/clerk.md',
    beside: clerk,
    wrong: 'What is this about? {{input.txt}}\n',
    right: 'What is this about? {{input.text}}\n',
  },
  MDL022: {
    severity: 'error',
    title: 'a model agent has no model to ask',
    meaning: 'It asks over its port `model`, which requires the protocol `Model` (so a scripted or recorded model, a router or a guard may stand there), or it names a provider of the registry of whoever runs it.',
    in: 'design.json',
    beside: clerk,
    wrong: `{ "nodes": { "clerk": { "requires": { "model": null } } },
  "wires": [{ "from": "clerk.sums", "to": "adder" }, { "from": "desk.llm", "to": "brain" }] }`,
    right: `{ "nodes": { "clerk": { "requires": { "model": "Model" } } },
  "wires": [{ "from": "clerk.model", "to": "brain" }, { "from": "clerk.sums", "to": "adder" }, { "from": "desk.llm", "to": "brain" }] }`,
  },
  MDL023: {
    severity: 'error',
    title: 'a model agent names a provider and no model',
    meaning: 'A provider has many models, at many prices; `model` is the name that it has for one of them.',
    in: 'design.json',
    beside: clerk,
    wrong: `{ "nodes": { "clerk": { "behaviour": { "provider": "local" } } } }`,
    right: `{ "nodes": { "clerk": { "behaviour": { "provider": "local", "model": "llama3.2" } } } }`,
  },
  MDL024: {
    severity: 'warning',
    title: 'a tool of a model agent has no words',
    meaning: 'Each call operation at the other ports of a model agent is a tool. All that the model knows of one is its name, the schema of its input and `doc`: without it, it has to guess.',
    in: 'protocols/Sums.json',
    beside: clerk,
    wrong: '{ "operations": { "add": { "doc": null } } }',
    right: '{ "operations": { "add": { "doc": "The sum of two numbers." } } }',
  },
  MDL025: {
    severity: 'warning',
    title: 'an answer of a model has no shape',
    meaning: 'The operation takes any output, so what the model says is the answer as it is, in whatever words. With a schema, of the operation or in `output` of the agent, an answer that does not fit goes back to the model.',
    in: 'protocols/Triage.json',
    beside: clerk,
    wrong: '{ "operations": { "classify": { "output": null } } }',
    right: '{ "operations": { "classify": { "output": { "type": "object", "properties": { "topic": { "type": "string" } }, "required": ["topic"] } } } }',
  },
  MDL026: {
    severity: 'error',
    title: 'nothing ends a model agent’s steps',
    meaning: '`maxSteps` bounds how often the model is asked for one message, tool calls and repairs included: a model that never comes to an end would be asked, and paid, for ever.',
    in: 'design.json',
    beside: clerk,
    wrong: `{ "nodes": { "clerk": { "behaviour": { "maxSteps": 0 } } } }`,
    right: `{ "nodes": { "clerk": { "behaviour": { "maxSteps": 8 } } } }`,
  },
  MDL027: {
    severity: 'warning',
    title: 'a model agent has tools and no step to answer in',
    meaning: 'A call of a tool takes one step and the answer another. With `maxSteps` 1 a model that asks for a tool never answers: the message fails.',
    in: 'design.json',
    beside: clerk,
    wrong: `{ "nodes": { "clerk": { "behaviour": { "maxSteps": 1 } } } }`,
    right: `{ "nodes": { "clerk": { "behaviour": { "maxSteps": 2 } } } }`,
  },
  MDL028: {
    severity: 'error',
    title: 'an operation of a model agent has no prompt',
    meaning: 'What a model agent provides besides `Model` needs a prompt. A prompt file has one text for all operations, or a section for each, begun by a line `## classify` (or `## Triage.classify`); what stands before the first section goes before each.',
    in: 'prompts/clerk.md',
    beside: clerk,
    wrong: '## classify\n',
    right: '## classify\nWhat is this about? {{input.text}}\n',
  },
  MDL029: {
    severity: 'error',
    title: 'a model agent has a stream that is not of text',
    meaning: 'What a model says comes in pieces of text. A stream of a model agent has items that are such pieces: texts, or objects that need nothing but a `text`.',
    in: 'protocols/Letters.json',
    beside: { ...clerk, 'design.json': clerk['design.json'].replace('["Triage"]', '["Letters"]') },
    wrong: `{ "operations": { "draft": { "kind": "stream", "input": { "type": "object", "properties": { "text": { "type": "string" } }, "required": ["text"] }, "output": { "type": "number" } } } }`,
    right: `{ "operations": { "draft": { "kind": "stream", "input": { "type": "object", "properties": { "text": { "type": "string" } }, "required": ["text"] }, "output": { "type": "string" } } } }`,
  },
} as const satisfies CatalogPart;
