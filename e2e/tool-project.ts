/** A project whose clerk asks a scripted model, which asks for a tool of the person's MCP server `sums`. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../shared/json/json';
import { Project, root } from './project';

const PROTOCOLS: Readonly<Record<string, Json>> = {
  Ask: { operations: { answer: { kind: 'call', input: { type: 'object', properties: { question: { type: 'string' } }, required: ['question'] }, output: { type: 'object', properties: { answer: { type: 'string' } }, required: ['answer'] } } } },
  Sums: { operations: { add: { kind: 'call', doc: 'The sum of two numbers.', input: { type: 'object', properties: { a: { type: 'number' }, b: { type: 'number' } }, required: ['a', 'b'] }, output: { type: 'number' }, errors: ['ToolFailed'] } } },
};
/** What is said of the result is what the model answers. */
const BRAIN: Json = [
  { contains: { 'messages.-1.role': 'tool' }, reply: { text: '', output: { answer: 'it said {{input.messages.-1.content}}' } } },
  { reply: { text: '', toolCalls: [{ id: 'one', name: 'sums_add', input: { a: 1, b: 2 } }] } },
];
export const SERVER_SCRIPT = join(root, 'main/core/testing/mcp-server.mjs');

export class ToolProject extends Project {
  /** `tool`: what the server calls the operation `add`. `asked`: questions of a source, which waits longer than whoever asks from outside. */
  constructor(tool = 'add', asked = 0) {
    super('support-desk');
    for (const name of readdirSync(this.dir)) rmSync(join(this.dir, name), { recursive: true });
    for (const folder of ['protocols', 'prompts', 'data']) mkdirSync(join(this.dir, folder));
    for (const [name, protocol] of Object.entries(PROTOCOLS)) this.write(`protocols/${name}.json`, JSON.stringify(protocol));
    this.write('prompts/clerk.md', 'Answer this: {{input.question}}\n');
    this.write('data/questions.jsonl', Array.from({ length: asked }, (_, index) => JSON.stringify({ question: `n ${index}` })).join('\n'));
    const source = { kind: 'source', behaviour: { type: 'file', path: 'data/questions.jsonl', parse: 'json' }, requires: { out: 'Ask' }, operation: 'answer', inFlight: 1 };
    this.write('design.json', JSON.stringify({
      format: 'prismatic/1', name: 'clerk', root: 'root',
      nodes: {
        root: { kind: 'supervisor', children: ['sums', 'brain', 'clerk', ...(asked > 0 ? ['questions'] : [])] },
        ...(asked > 0 ? { questions: source } : {}),
        sums: { kind: 'tool', server: 'sums', provides: ['Sums'], operations: { add: tool } },
        brain: { kind: 'agent', behaviour: { type: 'scripted', rules: BRAIN }, provides: ['Model'] },
        clerk: { kind: 'agent', behaviour: { type: 'model', prompt: 'prompts/clerk.md' }, provides: ['Ask'], requires: { model: 'Model', sums: 'Sums' } },
      },
      // Processes take their time to start on a machine under load.
      wires: [...(asked > 0 ? [{ from: 'questions.out', to: 'clerk', guards: [{ kind: 'timeout', ms: 60_000 }] }] : []), { from: 'clerk.model', to: 'brain' }, { from: 'clerk.sums', to: 'sums', guards: [{ kind: 'timeout', ms: 30_000 }] }],
    }));
  }

  /** The person's registry. */
  servers(servers: Json): void {
    mkdirSync(join(this.home, 'data'), { recursive: true });
    writeFileSync(join(this.home, 'data/tools.json'), JSON.stringify({ format: 'prismatic-tools/1', servers }));
  }

  /** Questions from outside; answers the file's name. */
  inputs(count: number, everyMs = 0): string {
    const file = join(this.home, 'in.jsonl');
    writeFileSync(file, Array.from({ length: count }, (_, index) => JSON.stringify({ to: 'clerk', protocol: 'Ask', operation: 'answer', input: { question: `n ${index}` }, atMs: index * everyMs })).join('\n'));
    return file;
  }
}
