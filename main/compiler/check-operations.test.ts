/** Operations that nobody calls: told where it is certain, and never else. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../shared/json/json';
import { SMALL_PROJECT } from '../core/small-project';
import { CheckMemory } from './check-memory';
import { compileProject } from './compile';
import { inFolder } from './testing/example-folder';

const EXAMPLES = join(import.meta.dirname, '../../assets/examples');
const operations = (...names: readonly string[]): Json => ({ operations: Object.fromEntries(names.map((name) => [name, { kind: 'call', output: { type: 'string' } }])) });
const scripted = { kind: 'agent', behaviour: { type: 'scripted', rules: [{ reply: 'x' }] } };
const ear = { ...scripted, provides: ['Tone'] };
const code = (file: string, provides: readonly string[], requires: Readonly<Record<string, string>>) => ({ kind: 'agent', behaviour: { type: 'code', file: `handlers/${file}.ts` }, provides, requires });
const handler = (body: string, more = ''): string => `${more}export const Ask = { async ask(input, self) { ${body}; return 'x'; } };\n`;

type Design = { readonly nodes?: Readonly<Record<string, Json | object>>; readonly wires?: readonly object[]; readonly files?: Readonly<Record<string, string>>; readonly desk?: string };
/** `desk` asks `ear`, which provides `Tone` with `hear` and `guess`. */
async function unused({ nodes = {}, wires = [], files = {}, desk = handler("await self.use.tone.hear('x')") }: Design = {}): Promise<readonly string[]> {
  const all = { ear, desk: code('desk', ['Ask'], { tone: 'Tone' }), ...nodes };
  const design = { format: 'prismatic/1', name: 'x', root: 'root', nodes: { root: { kind: 'supervisor', children: Object.keys(all) }, ...all }, wires: [{ from: 'desk.tone', to: 'ear' }, ...wires] };
  const project = { 'design.json': JSON.stringify(design), 'protocols/Ask.json': JSON.stringify(operations('ask')), 'protocols/Tone.json': JSON.stringify(operations('hear', 'guess')), 'handlers/desk.ts': desk, ...files };
  const { diagnostics } = await inFolder(new Map(Object.entries(project)), (folder) => compileProject(folder, new CheckMemory()));
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return diagnostics.filter(({ code: one }) => one === 'PRO020').map(({ at }) => `${at.file} ${at.field ?? ''}`);
}
const GUESS = ['protocols/Tone.json operations.guess'];
const json = (value: Json | object): string => JSON.stringify(value);

describe('an operation that nobody calls is told', () => {
  it.each<[string, Design]>([
    ['where one handler is wired to its provider', {}],
    ['where several are, by other names', { nodes: { second: code('second', ['Ask'], { voice: 'Tone' }) }, wires: [{ from: 'second.voice', to: 'ear' }], files: { 'handlers/second.ts': handler("const { voice } = self.use; await voice.hear('x')") } }],
    ['where several provide it', { nodes: { other: ear, second: code('desk', ['Ask'], { tone: 'Tone' }) }, wires: [{ from: 'second.tone', to: 'other' }] }],
    ['where the spare of a wire provides it too', { nodes: { spare: ear, second: code('desk', ['Ask'], { tone: 'Tone' }) }, wires: [{ from: 'second.tone', to: 'ear', guards: [{ kind: 'fallback', to: 'spare' }] }] }],
    ['where a helper makes the calls', { desk: handler('await help(self)', "import { help } from './help.ts';\n"), files: { 'handlers/help.ts': "export const help = (me) => me.use.tone.hear('x');\n" } }],
    ['where a scenario sends to others', { files: { 'scenarios/default.json': json({ format: 'prismatic-scenario/1', load: [{ to: 'desk', operation: 'ask', input: {} }] }) } }],
    ['where the provider sends itself something else', { nodes: { ear: code('ear', ['Tone'], {}) }, files: { 'handlers/ear.ts': "export const Tone = { hear(input, self) { self.after(5, 'hear', {}); return 'x' }, guess() { return 'x' } };\n" } }],
    ['where it stands in what is extended', { files: { 'protocols/Tone.json': json({ ...(operations('hear') as object), extends: ['Sense'] }), 'protocols/Sense.json': json(operations('guess')) } }],
  ])('%s', async (_, design) => expect((await unused(design)).map((one) => one.replace('Sense', 'Tone'))).toEqual(GUESS));
});

describe('nothing is told', () => {
  const scenario = (more: object): Design => ({ files: { 'scenarios/default.json': json({ format: 'prismatic-scenario/1', load: [], ...more }) } });
  const guesses = handler("await self.use.tone.guess('x'); await self.use.tone.hear('x')");
  it.each<[string, Design]>([
    ['where each is called', { desk: guesses }],
    ['where a second caller calls the rest', { nodes: { second: code('second', ['Ask'], { tone: 'Tone' }) }, wires: [{ from: 'second.tone', to: 'ear' }], files: { 'handlers/second.ts': handler("await self.use.tone.guess('x')") } }],
    ['where code chooses by a name', { desk: handler("await self.use.tone[input.how]('x')") }],
    ['where code does not speak of its ports yet', { desk: handler('') }],
    ['where code does not speak of that port yet', { nodes: { second: code('second', ['Ask'], { tone: 'Tone', other: 'Tone' }) }, wires: [{ from: 'second.tone', to: 'ear' }, { from: 'second.other', to: 'ear' }], files: { 'handlers/second.ts': handler("await self.use.tone.hear('x')") } }],
    ['where an import that is not read may be what calls', { desk: handler('await each(self.use)', "import { each } from './each.ts';\n"), files: { 'handlers/each.ts': 'export const each = () => 1;\n' } }],
    ['where a provider waits for the outside', { nodes: { other: ear } }],
    ['where a router stands between', { nodes: { any: { kind: 'router', strategy: 'first', provides: ['Tone'], requires: { out: 'Tone' } }, second: code('desk', ['Ask'], { tone: 'Tone' }) }, wires: [{ from: 'any.out', to: 'ear' }, { from: 'second.tone', to: 'any' }] }],
    ['where a model agent may ask', { nodes: { brain: { ...scripted, behaviour: { type: 'scripted', rules: [{ operation: 'complete', reply: { text: 'x' } }] }, provides: ['Model'] }, clerk: { kind: 'agent', behaviour: { type: 'model', prompt: 'prompts/clerk.md' }, provides: ['Ask'], requires: { model: 'Model', tone: 'Tone' } } }, wires: [{ from: 'clerk.model', to: 'brain' }, { from: 'clerk.tone', to: 'ear' }], files: { 'prompts/clerk.md': 'Ask.' } }],
    ['where a timer calls', { nodes: { clock: { kind: 'timer', everyMs: 1000, operation: 'hear', requires: { out: 'Tone' } } }, wires: [{ from: 'clock.out', to: 'ear' }] }],
    ['where an adapter stands on the wire', { nodes: { second: code('second', ['Ask'], { voice: 'Voice' }) }, wires: [{ from: 'second.voice', to: 'ear', adapter: { protocol: 'Tone', operations: { speak: { to: 'hear' } } } }], files: { 'protocols/Voice.json': json(operations('speak')), 'handlers/second.ts': handler("await self.use.voice.speak('x')") } }],
    ['where the provider sends it to itself', { nodes: { ear: code('ear', ['Tone'], {}) }, files: { 'handlers/ear.ts': "export const Tone = { hear(input, self) { self.after(5, 'guess', {}); return 'x' }, guess() { return 'x' } };\n" } }],
    ['where the provider sends itself what its input says', { nodes: { ear: code('ear', ['Tone'], {}) }, files: { 'handlers/ear.ts': "export const Tone = { hear(input, self) { self.after(5, input.next, {}); return 'x' }, guess() { return 'x' } };\n" } }],
    ['where a scenario sends to the provider', scenario({ load: [{ to: 'ear', operation: 'guess', input: {} }] })],
    ['where a scenario has a mock of the provider', scenario({ mocks: { ear: { kind: 'generated' } } })],
    ['where a scenario cannot be read', { files: { 'scenarios/default.json': '{ "load": [' } }],
    ['of a protocol that nobody provides', { files: { 'protocols/Lone.json': json(operations('one')) } , desk: guesses }],
    ['where a spare that is not called otherwise is asked by a router', { nodes: { spare: ear, any: { kind: 'router', strategy: 'first', provides: ['Tone'], requires: { out: 'Tone' } }, second: code('desk', ['Ask'], { tone: 'Tone' }) }, wires: [{ from: 'any.out', to: 'ear', guards: [{ kind: 'fallback', to: 'spare' }] }, { from: 'second.tone', to: 'any' }] }],
  ])('%s', async (_, design) => expect(await unused(design)).toEqual([]));

  it('of what a new design begins as', async () => {
    const { diagnostics } = await inFolder(SMALL_PROJECT, (folder) => compileProject(folder, new CheckMemory()));
    expect(diagnostics).toEqual([]);
  });

  it.each(readdirSync(EXAMPLES))('of the example %s', async (name) => {
    const { diagnostics } = await compileProject(join(EXAMPLES, name), new CheckMemory());
    expect(diagnostics.filter(({ code: one }) => one === 'PRO020')).toEqual([]);
  });
});

describe('whatever handlers call', () => {
  const OPERATIONS = ['one', 'two', 'three', 'four'];
  /** Ways to call an operation of a port, some of which hide its name. */
  const WAYS: readonly { readonly write: (operation: string) => string; readonly isHidden: boolean }[] = [
    { write: (o) => `await self.use.tone.${o}('x')`, isHidden: false },
    { write: (o) => `{ const { tone } = self.use; await tone.${o}('x') }`, isHidden: false },
    { write: (o) => `{ const { ${o} } = self.use.tone; await ${o}('x') }`, isHidden: false },
    { write: (o) => `{ const port = self.use.tone; await port['${o}']('x') }`, isHidden: false },
    { write: (o) => `{ const name = '${o}'; await self.use.tone[name]('x') }`, isHidden: true },
    { write: (o) => `await [self.use.tone].map((port) => port.${o}('x'))`, isHidden: true },
  ];
  const calls = fc.array(fc.record({ operation: fc.constantFrom(...OPERATIONS), way: fc.constantFrom(...WAYS) }), { minLength: 1, maxLength: 5 });

  test.prop([calls, calls], { numRuns: 60 })('just those are told that none of them calls, and none where a name is hidden', async (first, second) => {
    const body = (made: typeof first): string => made.map(({ operation, way }) => way.write(operation)).join('; ');
    const told = await unused({
      nodes: { second: code('second', ['Ask'], { tone: 'Tone' }) },
      wires: [{ from: 'second.tone', to: 'ear' }],
      desk: handler(body(first)),
      files: { 'handlers/second.ts': handler(body(second)), 'protocols/Tone.json': json(operations(...OPERATIONS)) },
    });
    const all = [...first, ...second];
    const left = all.some(({ way }) => way.isHidden) ? [] : OPERATIONS.filter((one) => !all.some(({ operation }) => operation === one));
    expect(told.map((one) => one.split('.').at(-1)).toSorted()).toEqual(left.toSorted());
  });
});
