import { describe, expect, it } from 'vitest';
import { adaptInput, adaptOutput } from '../../shared/adapters/adapt';
import { EXAMPLE_PROJECT } from '../../shared/errors/example-project';
import { compileProject, type Compiled } from './compile';
import { inFolder } from './testing/example-folder';

const design = JSON.parse(EXAMPLE_PROJECT['design.json']!) as { readonly nodes: { readonly [id: string]: object } };
const CHAT = {
  operations: {
    ask: {
      kind: 'call',
      input: { type: 'object', properties: { messages: { type: 'array', items: { type: 'object', properties: { role: { enum: ['user', 'system'] }, content: { type: 'string' } }, required: ['role', 'content'] }, minItems: 1 } }, required: ['messages'], additionalProperties: false },
      output: { type: 'object', properties: { choices: { type: 'array', items: { type: 'object', properties: { content: { type: 'string' } }, required: ['content'] }, minItems: 1 } }, required: ['choices'] },
      errors: ['Busy'],
    },
  },
};
const good = { to: 'ask', input: { messages: [{ role: 'user', content: { $: 'input.prompt' } }] }, output: { text: { $: 'output.choices.0.content' } }, errors: { Busy: 'overloaded' } };

async function compile(operations: object, more: { readonly protocol?: string; readonly chat?: object; readonly nodes?: object; readonly wires?: readonly object[] } = {}): Promise<Compiled> {
  const nodes = { ...design.nodes, brain: { ...design.nodes['brain'], provides: ['Chat'] }, ...more.nodes };
  const wires = more.wires ?? [{ from: 'desk.llm', to: 'brain', adapter: { protocol: more.protocol ?? 'Chat', operations } }];
  const files = new Map([...Object.entries(EXAMPLE_PROJECT), ['design.json', JSON.stringify({ ...design, nodes, wires })] as const, ['protocols/Chat.json', JSON.stringify(more.chat ?? CHAT)] as const]);
  return inFolder(files, (folder) => compileProject(folder));
}
const told = ({ diagnostics }: Compiled) => diagnostics.map(({ code, at }) => `${code} ${at.field?.replace('wires.0.adapter.', '') ?? ''}`);

/** Only what the example of this test needs, so that `Model` may grow. */
const MODEL = { operations: { complete: { kind: 'call', input: { type: 'object', properties: { prompt: { type: 'string' }, system: { type: 'string' } }, required: ['prompt'], additionalProperties: false }, output: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] } } } };
const compileModel = (operations: object, more: Parameters<typeof compile>[1] = {}): Promise<Compiled> => {
  const nodes = { ...design.nodes, desk: { ...design.nodes['desk'], requires: { llm: 'Base' } }, ...more.nodes };
  return inFolder(new Map([...Object.entries(EXAMPLE_PROJECT), ['protocols/Base.json', JSON.stringify(MODEL)] as const, ['protocols/Chat.json', JSON.stringify(more.chat ?? CHAT)] as const, ['design.json', JSON.stringify({ ...design, nodes: { ...nodes, brain: { ...design.nodes['brain'], provides: ['Chat'] } }, wires: [{ from: 'desk.llm', to: 'brain', adapter: { protocol: more.protocol ?? 'Chat', operations } }] })] as const]), (folder) => compileProject(folder));
};

describe('an adapter', () => {
  it('that is proved to fit stands in the program, and translates', async () => {
    const compiled = await compileModel({ complete: good });
    expect(compiled.diagnostics).toEqual([]);
    const adapter = compiled.program!.wires[0]!.adapter!;
    expect(adapter).toEqual({ protocol: 'Chat', operations: { complete: good } });
    expect(adaptInput(adapter, 'complete', { prompt: 'hi' })).toEqual({ ok: true, value: { protocol: 'Chat', operation: 'ask', input: { messages: [{ role: 'user', content: 'hi' }] } } });
    expect(adaptOutput(adapter, 'complete', { input: { prompt: 'hi' }, output: { choices: [{ content: 'yes' }] } })).toEqual({ ok: true, value: { text: 'yes' } });
  });

  it('that could not be proved to answer rightly is checked when it runs', async () => {
    const loose = { operations: { ask: { ...CHAT.operations.ask, output: {} } } };
    const compiled = await compileModel({ complete: { ...good, output: { $match: { of: 'output.kind', cases: { odd: { text: { $: 'output.text' } } }, else: { text: '' } } } } }, { chat: loose });
    expect(told(compiled)).toEqual(['WIR017 operations.complete.output']);
    const adapter = compiled.program!.wires[0]!.adapter!;
    expect(adapter.operations['complete']!.answer).toEqual(MODEL.operations.complete.output);
    expect(adaptOutput(adapter, 'complete', { input: { prompt: '' }, output: { kind: 'odd' } })).toMatchObject({ ok: false });
  });

  it.each<[string, object, readonly string[]]>([
    ['no operation of that name', {}, ['WIR014 operations.complete']],
    ['an operation that is not asked', { complete: good, completed: good }, ['WIR014 operations.completed']],
    ['an error that nobody expects', { complete: { ...good, errors: {} } }, ['WIR018 operations.complete.errors']],
    ['an error that never comes', { complete: { ...good, errors: { ...good.errors, Bussy: 'timeout' } } }, ['WIR018 operations.complete.errors']],
    ['an error that becomes another', { complete: { ...good, errors: { Busy: 'Tired' } } }, ['WIR018 operations.complete.errors.Busy']],
    ['a field that may be missing', { complete: { ...good, input: { messages: [{ role: 'user', content: { $: 'input.system' } }] } } }, ['WIR016 operations.complete.input']],
    ['with a default', { complete: { ...good, input: { messages: [{ role: 'user', content: { $: 'input.system', default: '' } }] } } }, []],
    ['an input as it is', { complete: { ...good, input: undefined } }, ['WIR016 operations.complete.input']],
    ['an answer that is none', { complete: { ...good, output: { text: { $: 'output.choices' } } } }, ['WIR016 operations.complete.output']],
    ['two templates that are none', { complete: { ...good, input: { $: 'output' }, output: { text: { $nope: 1 } } } }, ['WIR015 operations.complete.input.$', 'WIR015 operations.complete.output.text.$nope']],
    ['a field that adapters do not have', { complete: { ...good, inputs: 1 } }, ['DES010 operations.complete.inputs']],
  ])('with %s', async (_, operations, expected) => expect(told(await compileModel(operations))).toEqual(expected));

  it('leads to what the node provides', async () => expect(told(await compileModel({ complete: good }, { protocol: 'Chad' }))).toEqual(['WIR014 protocol']));

  it('is none on a wire from a router', async () => {
    const nodes = { root: { kind: 'supervisor', children: ['desk', 'brain', 'book', 'spread'] }, spread: { kind: 'router', provides: ['Model'], requires: { out: 'Model' } } };
    const compiled = await compile({}, { nodes, wires: [{ from: 'spread.out', to: 'brain', adapter: { protocol: 'Chat', operations: { complete: good } } }, { from: 'desk.llm', to: 'spread' }] });
    expect(compiled.diagnostics).toMatchObject([{ code: 'WIR014', got: 'spread' }]);
  });
});
