/** A wire to a node of another protocol: its adapter translates inputs, answers and errors in a run. */
import { afterEach, expect, it } from 'vitest';
import { Project } from './project';

let project: Project;
afterEach(() => project.remove());

const text = { type: 'string' };
const object = (properties: object, required: readonly string[]) => ({ type: 'object', properties, required });
const ADAPTER = {
  protocol: 'Chat',
  operations: { classify: { to: 'ask', input: { messages: [{ role: 'user', content: 'Topic of: {{input.text}}' }] }, output: { topic: { $: 'output.choices.0' }, text: { $: 'input.text' } }, errors: { Busy: 'Tired' } } },
};
const DESIGN = {
  format: 'prismatic/1', name: 'adapted', root: 'root',
  nodes: {
    root: { kind: 'supervisor', children: ['chat', 'desk'] },
    chat: { kind: 'agent', behaviour: { type: 'scripted', rules: [{ contains: { messages: 'busy' }, error: { name: 'Busy' } }, { reply: { choices: ['billing'] } }] }, provides: ['Chat'] },
    desk: { kind: 'agent', behaviour: { type: 'code', file: 'handlers/asking.ts' }, provides: ['Ask'], requires: { sort: 'Sort' } },
  },
  wires: [{ from: 'desk.sort', to: 'chat', adapter: ADAPTER }],
};

it('translates a call, its answer and its error', async () => {
  project = new Project('support-desk');
  project.write('design.json', JSON.stringify(DESIGN));
  project.write('protocols/Sort.json', JSON.stringify({ operations: { classify: { kind: 'call', input: object({ text }, ['text']), output: object({ topic: text, text }, ['topic', 'text']), errors: ['Tired'] } } }));
  project.write('protocols/Chat.json', JSON.stringify({ operations: { ask: { kind: 'call', input: object({ messages: { type: 'array', items: object({ role: text, content: text }, ['content']) } }, ['messages']), output: object({ choices: { type: 'array', items: text, minItems: 1 } }, ['choices']), errors: ['Busy'] } } }));
  project.write('protocols/Ask.json', JSON.stringify({ operations: { ask: { kind: 'call' } } }));
  project.write('handlers/asking.ts', 'export const Ask = { async ask(text, self) { try { return await self.use.sort.classify({ text }); } catch (error) { return { code: error.code ?? error.name }; } } };\n');
  const checked = await project.prismatic('check', project.dir, '--json');
  expect(JSON.parse(checked.stdout)).toMatchObject({ ok: true, counts: { error: 0, warning: 0 } });
  project.write('inputs.jsonl', ['a bill', 'busy'].map((input) => JSON.stringify({ to: 'desk', protocol: 'Ask', operation: 'ask', input })).join('\n'));
  const { lines } = await project.prismatic('run', project.dir, '--json', '--input', `${project.dir}/inputs.jsonl`);
  const replies = lines.filter(({ type }) => type === 'reply').toSorted((a, b) => Number(a['input']) - Number(b['input']));
  expect(replies).toMatchObject([{ ok: true, output: { topic: 'billing', text: 'a bill' } }, { ok: true, output: { code: 'Tired' } }]);
}, 60_000);
