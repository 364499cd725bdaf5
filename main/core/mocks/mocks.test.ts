import { describe, expect, it } from 'vitest';
import { CONTROL_HOST } from '../../../shared/ids';
import type { Json } from '../../../shared/json/json';
import type { Program, ProgramNode } from '../../../shared/program/program';
import { readMock, type Mock } from '../../../shared/run/mock';
import { findMockFault } from '../../../shared/run/check-mock';
import type { ScenarioPlan } from '../../../shared/design/scenario-plan';
import { mockProgram } from './mock-program';
import { SandboxPool } from '../../runtime/sandbox/sandbox-pool';
import { simulate } from '../../simulator/simulate';

const base = { restart: 'permanent', shutdown: 50, significant: false, parent: 'root', mailbox: 1000, host: 'main' } as const;
const text = { type: 'object', properties: { text: { type: 'string' } }, required: ['text'], additionalProperties: false } as const;
const nodes: readonly ProgramNode[] = [
  { kind: 'supervisor', id: 'root', host: CONTROL_HOST, restart: 'permanent', shutdown: 'infinity', significant: false, strategy: 'one_for_one', maxRestarts: 100, maxSeconds: 5, autoShutdown: 'never', children: ['brain', 'tick'] },
  { ...base, kind: 'agent', id: 'brain', provides: ['Model'], requires: {}, behaviour: { type: 'scripted', rules: [{ reply: { text: 'real' } }] } },
  { ...base, kind: 'timer', id: 'tick', provides: [], requires: { out: 'Model' }, everyMs: 1000, times: 1, operation: 'note' },
];
const PROGRAM: Program = {
  format: 'prismatic-program/1', hash: 'sha256:design', name: 'mocked', root: 'root', nodes: Object.fromEntries(nodes.map((node) => [node.id, node])),
  protocols: { Model: { operations: { complete: { kind: 'call', input: {}, output: text, errors: ['RateLimited'], idempotent: false }, note: { kind: 'cast', input: {}, output: {}, errors: [], idempotent: false } } } },
  wires: [{ from: { node: 'tick', port: 'out' }, to: 'brain', protocol: 'Model', guards: [] }], modules: {}, files: [], hosts: [CONTROL_HOST, 'main'].map((id) => ({ id, instances: [] })),
};

type Seen = { readonly outputs: readonly (Json | undefined)[]; readonly lines: readonly string[]; readonly program: string };
/** Calls `brain` with each input, a second apart; what it answers is seen by a settlement in the journal of a caller. */
async function ask(mock: Mock, inputs: readonly Json[], seed = 1): Promise<Seen> {
  const caller: ProgramNode = { ...base, kind: 'agent', id: 'asker', provides: ['Ask'], requires: { llm: 'Model' }, behaviour: { type: 'code', file: 'a.ts', module: 'a.ts', instance: 'sandbox-asker', hasInit: false, hasTerminate: false } };
  const sink: ProgramNode = { ...base, kind: 'sink', id: 'screen', provides: ['Show'], requires: {}, behaviour: { type: 'console' } };
  const root = PROGRAM.nodes['root']! as Extract<ProgramNode, { kind: 'supervisor' }>;
  const code = `({ Ask: { async ask(input, self) { let value; try { value = await self.use.llm.complete(input) } catch (error) { value = { failed: error.code ?? error.name ?? String(error), at: self.now() } } await self.use.out.show(value); return null } } })`;
  const program: Program = {
    ...PROGRAM,
    nodes: { ...PROGRAM.nodes, root: { ...root, children: ['brain', 'screen', 'asker'] }, asker: { ...caller, requires: { llm: 'Model', out: 'Show' } } as ProgramNode, screen: sink },
    protocols: { ...PROGRAM.protocols, Ask: { operations: { ask: { kind: 'call', input: {}, output: {}, errors: [], idempotent: false } } }, Show: { operations: { show: { kind: 'call', input: {}, output: {}, errors: [], idempotent: false } } } },
    wires: [{ from: { node: 'asker', port: 'llm' }, to: 'brain', protocol: 'Model', guards: [{ kind: 'timeout', ms: 700 }] }, { from: { node: 'asker', port: 'out' }, to: 'screen', protocol: 'Show', guards: [] }],
    modules: { 'a.ts': { file: 'a.ts', code } },
    hosts: [{ id: CONTROL_HOST, instances: [] }, { id: 'main', instances: ['sandbox-asker'] }],
  };
  const mocked = mockProgram(program, { brain: mock });
  if (!mocked.ok) throw new Error(mocked.error.message);
  const lines: string[] = [];
  const scenario: ScenarioPlan = { name: null, load: inputs.map((input, index) => ({ to: 'asker', protocol: 'Ask', operation: 'ask', input, atMs: 1000 * (index + 1) })), faults: [], expectations: [] };
  await simulate({ program: mocked.value, scenario, seed, files: new Map(), guests: await SandboxPool.prepare(['sandbox-asker']), onLine: (line) => lines.push(line), journalHash: () => '', onProgress: () => undefined });
  const records = lines.slice(1).map((line) => JSON.parse(line) as { readonly type: string; readonly value?: Json });
  return { outputs: records.flatMap((record) => (record.type === 'output.emitted' ? [record.value] : [])), lines, program: mocked.value.hash };
}
const codes = ({ outputs }: Seen): readonly unknown[] => outputs.map((output) => (output as { readonly failed?: string; readonly text?: string }).failed ?? (output as { readonly text: string }).text);

describe('a mock', () => {
  it('scripted: the rules answer, with a hash of its own and a record that says so', async () => {
    const seen = await ask({ kind: 'scripted', rules: [{ contains: { prompt: 'a' }, reply: { text: 'mocked {{input.prompt}}' } }, { error: { name: 'RateLimited' } }] }, [{ prompt: 'a' }, { prompt: 'b' }]);
    expect(codes(seen)).toEqual(['mocked a', 'RateLimited']);
    expect(seen.program).not.toBe(PROGRAM.hash);
    expect(JSON.parse(seen.lines[0]!)).toMatchObject({ program: seen.program });
    expect(seen.lines.some((line) => line.includes('"type":"operator","action":"mock scripted","target":"brain"'))).toBe(true);
  });

  it('generated: answers fit the schema, and are the same for the same seed', async () => {
    const [one, other, third] = [await ask({ kind: 'generated' }, [1, 2, 3]), await ask({ kind: 'generated' }, [1, 2, 3]), await ask({ kind: 'generated' }, [1, 2, 3], 2)];
    expect(one.outputs).toHaveLength(3);
    for (const output of one.outputs) expect(output).toEqual({ text: expect.any(String) as string });
    expect(other.outputs).toEqual(one.outputs);
    expect(third.outputs).not.toEqual(one.outputs);
  });

  it('recorded: by input, several to one question in turn, and the last stays', async () => {
    const answers = [{ operation: 'complete', input: { b: 1, a: 2 }, output: { text: 'one' } }, { operation: 'complete', input: { a: 2, b: 1 }, output: { text: 'two' } }, { operation: 'complete', input: 7, error: { code: 'overloaded' } }];
    expect(codes(await ask({ kind: 'recorded', match: 'input', answers }, [{ a: 2, b: 1 }, { b: 1, a: 2 }, { a: 2, b: 1 }, 7, 8]))).toEqual(['one', 'two', 'two', 'overloaded', 'invalid']);
  });

  it('recorded: one after the other, until they are over', async () => {
    const answers = [{ operation: 'complete', output: { text: 'one' } }, { operation: 'complete', output: { text: 'two' } }];
    expect(codes(await ask({ kind: 'recorded', match: 'order', answers }, [1, 1, 1]))).toEqual(['one', 'two', 'invalid']);
  });

  it.each<[string, Mock, readonly unknown[]]>([
    ['an error', { kind: 'faults', faults: [{ kind: 'error', code: 'RateLimited', rate: 1 }], answers: { kind: 'generated' } }, ['RateLimited', 'RateLimited']],
    ['a delay beyond the timeout', { kind: 'faults', faults: [{ kind: 'delay', ms: 800, rate: 1 }], answers: { kind: 'generated' } }, ['timeout', 'timeout']],
    ['a delay within it', { kind: 'faults', faults: [{ kind: 'delay', ms: 300, rate: 1 }], answers: { kind: 'scripted', rules: [{ reply: { text: 'late' } }] } }, ['late', 'late']],
    ['garbage', { kind: 'faults', faults: [{ kind: 'garbage', rate: 1 }], answers: { kind: 'generated' } }, ['callee_exit', 'callee_exit']],
    ['silence', { kind: 'faults', faults: [{ kind: 'silence', rate: 1 }], answers: { kind: 'generated' } }, ['timeout', 'timeout']],
    ['a rate of 0', { kind: 'faults', faults: [{ kind: 'garbage', rate: 0 }], answers: { kind: 'scripted', rules: [{ reply: { text: 'fine' } }] } }, ['fine', 'fine']],
  ])('faults: %s is what a caller would see', async (_, mock, expected) => expect(codes(await ask(mock, [1, 2]))).toEqual(expected));

  it('faults: a rate is about its share', async () => {
    const seen = await ask({ kind: 'faults', faults: [{ kind: 'error', code: 'RateLimited', rate: 0.3 }], answers: { kind: 'scripted', rules: [{ reply: { text: 'fine' } }] } }, Array.from({ length: 50 }, (_, index) => index));
    const failed = codes(seen).filter((code) => code === 'RateLimited').length;
    expect(failed).toBeGreaterThan(5);
    expect(failed).toBeLessThan(28);
  });
});

describe('what is no mock is told before the run', () => {
  it.each<[Json, RegExp]>([
    [7, /an object of the format prismatic-mock\/1/],
    [{ kind: 'generated' }, /format/],
    [{ format: 'prismatic-mock/1', kind: 'magic' }, /kind is one of scripted, generated, recorded, faults/],
    [{ format: 'prismatic-mock/1', kind: 'faults', faults: [] }, /faults/],
    [[{ replies: 1 }], /0/],
  ])('%j', (value, words) => {
    const read = readMock(value);
    expect(read.ok).toBe(false);
    if (!read.ok) expect(`${read.where}: ${read.why}`).toMatch(words);
  });

  it('a bare list is rules, or recorded answers where each has an input', () => {
    expect(readMock([{ reply: 'yes' }])).toEqual({ ok: true, mock: { kind: 'scripted', rules: [{ reply: 'yes' }] } });
    expect(readMock([{ operation: 'complete', input: 1, output: 2 }])).toEqual({ ok: true, mock: { kind: 'recorded', match: 'input', answers: [{ operation: 'complete', input: 1, output: 2 }] } });
  });

  it.each<[string, Mock, string, RegExp]>([
    ['brian', { kind: 'generated' }, 'MOC001', /Did you mean brain\?/],
    ['root', { kind: 'generated' }, 'MOC002', /brain/],
    ['tick', { kind: 'generated' }, 'MOC002', /brain/],
    ['brain', { kind: 'scripted', rules: [{ operation: 'compleet', reply: {} }] }, 'MOC005', /Did you mean complete\?/],
    ['brain', { kind: 'scripted', rules: [{ operation: 'complete', reply: { txt: 'a' } }] }, 'MOC005', /Answer what the protocol says/],
    ['brain', { kind: 'scripted', rules: [{ error: { name: 'RateLimitd' } }] }, 'MOC005', /Did you mean RateLimited\?/],
    ['brain', { kind: 'recorded', match: 'input', answers: [{ operation: 'complete', input: 1 }] }, 'MOC005', /Write what was answered/],
    ['brain', { kind: 'faults', faults: [{ kind: 'error', code: 'Nope', rate: 1 }], answers: { kind: 'generated' } }, 'MOC005', /Use one of RateLimited, timeout/],
  ])('for %s: %j', (node, mock, code, fix) => {
    const fault = findMockFault(PROGRAM, node, mock);
    expect(fault?.code).toBe(code);
    expect(fault?.fix).toMatch(fix);
  });

  it('an output that nothing fits cannot be made up', () => {
    const complete = { ...PROGRAM.protocols['Model']!.operations['complete']!, output: { type: 'string', minLength: 5, maxLength: 2 } } as const;
    expect(findMockFault({ ...PROGRAM, protocols: { Model: { operations: { complete } } } }, 'brain', { kind: 'generated' })?.code).toBe('MOC007');
  });
});
