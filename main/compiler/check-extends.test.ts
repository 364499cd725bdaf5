import { describe, expect, it } from 'vitest';
import { EXAMPLE_PROJECT } from '../../shared/errors/example-project';
import { compileProject } from './compile';
import { inFolder } from './testing/example-folder';

const call = (input: unknown, output: unknown, more: object = {}) => ({ kind: 'call', input, output, ...more });
const object = (properties: object, required: readonly string[]) => ({ type: 'object', properties, required });
const text = object({ text: { type: 'string' } }, ['text']);
const topic = object({ topic: { type: 'string' } }, ['topic']);

async function compile(protocols: { readonly [name: string]: unknown }, design: object = {}) {
  const base = JSON.parse(EXAMPLE_PROJECT['design.json']!) as object;
  const files = new Map([...Object.entries(EXAMPLE_PROJECT), ['design.json', JSON.stringify({ ...base, ...design })] as const, ...Object.entries(protocols).map(([name, value]) => [`protocols/${name}.json`, JSON.stringify(value)] as const)]);
  return inFolder(files, (folder) => compileProject(folder));
}

describe('an operation that is written anew', () => {
  it.each<[string, object, string, unknown]>([
    ['takes less', call(object({ text: { type: 'string' }, by: { type: 'string' } }, ['text', 'by']), topic), 'input', { text: '' }],
    ['answers more', call(text, object({ topic: {} }, ['topic'])), 'output', { topic: null }],
    ['is of another kind', { kind: 'cast', input: text }, 'kind', 'cast'],
    ['has one more error', call(text, topic, { errors: ['Busy'] }), 'errors', ['Busy']],
  ])('and %s is refused, with a value', async (_, operation, side, got) => {
    const { diagnostics, ok } = await compile({ Better: { extends: ['Triage'], operations: { classify: operation } } });
    expect(diagnostics.filter(({ code }) => code === 'PRO016')).toMatchObject([{ at: { file: 'protocols/Better.json', field: `operations.classify.${side}` }, got }]);
    expect(ok).toBe(false);
  });

  it('is compared with each of several that are extended', async () => {
    const { diagnostics } = await compile({ Other: { operations: { classify: call(text, object({ topic: { type: 'integer' } }, ['topic'])) } }, Both: { extends: ['Triage', 'Other'] } });
    expect(diagnostics.filter(({ code }) => code === 'PRO016')).toMatchObject([{ at: { file: 'protocols/Both.json', field: 'operations.classify.output' } }]);
  });
});

describe('a provider of a protocol that extends the one that is wanted', () => {
  const nodes = (JSON.parse(EXAMPLE_PROJECT['design.json']!) as { readonly nodes: { readonly desk: object; readonly brain: object } }).nodes;
  const Chat = { extends: ['Model'], operations: { forget: { kind: 'cast' } } };

  it('does for it, over a router too', async () => {
    const wired = await compile({ Chat }, { nodes: { ...nodes, brain: { ...nodes.brain, provides: ['Chat'] } } });
    // What Chat has beyond Model is called by nobody.
    expect(wired.diagnostics.map(({ code }) => code)).toEqual(['PRO020']);
    expect(wired.program?.wires).toMatchObject([{ to: 'brain', protocol: 'Model' }]);
    expect(wired.program?.protocols['Chat']?.extends).toEqual(['Model']);
    const router = { kind: 'router', provides: ['Model'], requires: { out: 'Chat' } };
    const root = { kind: 'supervisor', children: ['desk', 'brain', 'book', 'spread'] };
    const routed = await compile({ Chat }, { nodes: { ...nodes, root, spread: router, brain: { ...nodes.brain, provides: ['Chat'] } }, wires: [{ from: 'desk.llm', to: 'spread' }, { from: 'spread.out', to: 'brain' }] });
    expect(routed.diagnostics).toEqual([]);
  });

  it('and the other way round it does not', async () => {
    const { diagnostics } = await compile({ Chat }, { nodes: { ...nodes, desk: { ...nodes.desk, requires: { llm: 'Chat' } } } });
    expect(diagnostics.map(({ code }) => code)).toContain('WIR004');
  });

  it('is all of what it extends over others', async () => {
    const { program } = await compile({ Chat, Deep: { extends: ['Chat', 'Log'] } }, { nodes: { ...nodes, brain: { ...nodes.brain, provides: ['Deep'] } } });
    expect(program?.protocols['Deep']?.extends).toEqual(['Chat', 'Model', 'Log']);
    expect(Object.keys(program?.protocols ?? {}).toSorted()).toEqual(['Chat', 'Deep', 'Log', 'Model', 'Triage']);
  });
});
