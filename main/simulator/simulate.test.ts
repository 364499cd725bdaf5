import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ScenarioPlan, SimulationResult } from '../../shared/design/scenario-plan';
import type { JournalRecord } from '../../shared/journal/record';
import type { Program, ProgramAgent, ProgramNode } from '../../shared/program/program';
import type { Mocks } from '../../shared/run/mock';
import { SandboxPool } from '../runtime/sandbox/sandbox-pool';
import { simulate } from './simulate';

const base = { restart: 'permanent', shutdown: 5000, significant: false, parent: 'root' } as const;
const worker = (id: string, host: string, requires: { readonly [port: string]: string } = {}): ProgramAgent => ({
  ...base, kind: 'agent', id, host, provides: ['Count'], requires, mailbox: 1000,
  behaviour: { type: 'code', file: `handlers/${id}.ts`, module: id, instance: `sandbox-${id}`, hasInit: false, hasTerminate: false },
});

/** A file's lines go through a pool of two isolated counters to a console. */
function lineCounter(): Program {
  const nodes: readonly ProgramNode[] = [
    { ...base, parent: undefined, kind: 'supervisor', id: 'root', host: 'control', shutdown: 'infinity', strategy: 'one_for_one', maxRestarts: 10, maxSeconds: 5, autoShutdown: 'never', children: ['out', 'one', 'two', 'pool', 'lines'] },
    { ...base, kind: 'sink', id: 'out', host: 'main', provides: ['Out'], requires: {}, mailbox: 1000, behaviour: { type: 'console' } },
    worker('one', 'one', { out: 'Out' }),
    worker('two', 'two', { out: 'Out' }),
    { ...base, kind: 'router', id: 'pool', host: 'main', strategy: 'round_robin', provides: ['Count'], requires: { out: 'Count' }, mailbox: 1000 },
    { ...base, kind: 'source', id: 'lines', host: 'main', provides: [], requires: { out: 'Count' }, mailbox: 1000, operation: 'count', inFlight: 4, retries: 5, behaviour: { type: 'file', path: 'data/lines.txt', mode: 'lines', parse: 'text', follow: false } },
  ];
  const operation = { kind: 'call', input: {}, output: {}, errors: [], idempotent: false } as const;
  const wire = (from: string, to: string, protocol: string) => ({ from: { node: from, port: 'out' }, to, protocol, guards: [] });
  const code = '({ Count: { async count(input, self) { const n = input.text.length; await self.use.out.put({ line: input.line, n, r: self.random() }); return n; } } })';
  return {
    format: 'prismatic-program/1', hash: 'sha256:lines', name: 'lines', root: 'root',
    nodes: Object.fromEntries(nodes.map((node) => [node.id, node])),
    protocols: { Count: { operations: { count: operation } }, Out: { operations: { put: operation } } },
    wires: [wire('lines', 'pool', 'Count'), wire('pool', 'one', 'Count'), wire('pool', 'two', 'Count'), wire('one', 'out', 'Out'), wire('two', 'out', 'Out')],
    modules: { one: { file: 'handlers/one.ts', code }, two: { file: 'handlers/two.ts', code } },
    hosts: [{ id: 'control', instances: [] }, { id: 'main', instances: [] }, { id: 'one', instances: ['sandbox-one'] }, { id: 'two', instances: ['sandbox-two'] }],
    files: [],
  };
}

const quiet: ScenarioPlan = { name: null, load: [], faults: [], expectations: [] };

async function run(scenario: ScenarioPlan, seed = 1, lines = 20, program = lineCounter()): Promise<{ readonly result: SimulationResult; readonly journal: readonly string[]; readonly records: readonly JournalRecord[] }> {
  const journal: string[] = [];
  const hash = createHash('sha256');
  const result = await simulate({
    program, scenario, seed,
    files: new Map([['data/lines.txt', new TextEncoder().encode(Array.from({ length: lines }, (_, index) => `line ${index}\n`).join(''))]]),
    guests: await SandboxPool.prepare(program.hosts.flatMap(({ instances }) => instances)),
    onLine: (line) => {
      journal.push(line);
      hash.update(line);
    },
    journalHash: () => hash.copy().digest('hex'),
    onProgress: () => undefined,
  });
  return { result, journal, records: journal.slice(1).map((line) => JSON.parse(line) as JournalRecord) };
}

describe('a simulated run', () => {
  it('tells a caller from outside at once when its message goes down with a host', async () => {
    const load = [{ to: 'one', protocol: 'Count', operation: 'count', input: { line: 1, text: 'x' }, atMs: 1000 }];
    const { result } = await run({ ...quiet, load, faults: [{ atMs: 1000, kind: 'killHost', host: 'one' }] }, 1, 0);
    expect(result).toMatchObject({ inputs: 1, failed: 1, lost: 0 });
  });

  it('lets nothing in before the tree is up, and then in its order', async () => {
    const load = [1, 2, 3].map((line) => ({ to: 'one', protocol: 'Count', operation: 'count', input: { line, text: 'x' }, atMs: 0 }));
    const { result, records } = await run({ ...quiet, load }, 1, 0);
    expect(result).toMatchObject({ inputs: 3, handled: 3, failed: 0 });
    expect(records.flatMap((record) => (record.type === 'input.received' ? [(record.value as { readonly line: number }).line] : []))).toEqual([1, 2, 3]);
  });

  it('gives a message from outside the time that a wire gives its node', async () => {
    const slow: Mocks = { one: { kind: 'scripted', rules: [{ reply: 1, delayMs: 8000 }] } };
    const load = [{ to: 'one', protocol: 'Count', operation: 'count', input: { line: 1, text: 'x' }, atMs: 1000 }];
    const drawn = lineCounter();
    const patient: Program = { ...drawn, mocks: slow, wires: drawn.wires.map((wire) => (wire.to === 'one' ? { ...wire, guards: [{ kind: 'timeout', ms: 20_000 }] } : wire)) };
    expect((await run({ ...quiet, load }, 1, 0, { ...drawn, mocks: slow })).result).toMatchObject({ inputs: 1, failed: 1 });
    expect((await run({ ...quiet, load }, 1, 0, patient)).result).toMatchObject({ inputs: 1, handled: 1 });
  });

  it('drains: every item handled, every output made, the tree taken down in order', async () => {
    const { result, records } = await run(quiet);
    expect(result).toMatchObject({ verdict: 'pass', inputs: 20, handled: 20, failed: 0, lost: 0, duplicated: 0, restarts: 0 });
    expect(records.filter(({ type }) => type === 'output.emitted')).toHaveLength(20);
    expect(records.at(-1)).toMatchObject({ type: 'run.ended', reason: 'drained' });
    const hosts = new Set(records.filter(({ type }) => type === 'process.started').map(({ host }) => host));
    expect([...hosts].toSorted()).toEqual(['control', 'main', 'one', 'two']);
  });

  it('names, as the cause of every batch, a record that its sender had written before', async () => {
    const { records } = await run({ ...quiet, faults: [{ atMs: 4, kind: 'killHost', host: 'one' }] });
    const batches = records.filter((record) => record.type === 'batch.received');
    expect(batches.length).toBeGreaterThan(20);
    for (const batch of batches) {
      expect(batch.cause).toBeLessThan(batch.seq);
      expect(records.find(({ seq }) => seq === batch.cause)?.host).toBe(batch.from);
    }
  });

  it('gives the same bytes for the same program, scenario and seed, and others for another seed', async () => {
    const scenario: ScenarioPlan = { ...quiet, faults: [{ atMs: 3, kind: 'killHost', host: 'one' }, { atMs: 5, kind: 'crash', node: 'two' }] };
    const [first, again, other] = [await run(scenario, 7), await run(scenario, 7), await run(scenario, 8)];
    expect(again.journal).toEqual(first.journal);
    expect(again.result).toEqual(first.result);
    expect(other.result.journalHash).not.toBe(first.result.journalHash);
  });

  it.each([
    ['a crash', { atMs: 4, kind: 'crash', node: 'one', reason: 'boom' } as const, 1],
    ['a lost host of a worker', { atMs: 4, kind: 'killHost', host: 'one' } as const, 1],
    ['the lost main host, which takes source, router and sink along and counts once', { atMs: 4, kind: 'killHost', host: 'main' } as const, 1],
  ])('survives %s: retried, nothing lost', async (_, fault, restarts) => {
    const { result, records } = await run({ ...quiet, faults: [fault], expectations: [{ name: 'all answered', kind: 'nothingLost' }] });
    expect(records.some(({ type }) => type === 'fault.injected')).toBe(true);
    expect(result).toMatchObject({ verdict: 'pass', inputs: 20, handled: 20, lost: 0, restarts });
  });

  it('fails where the root gives up', async () => {
    const faults = Array.from({ length: 11 }, (_, index) => ({ atMs: 10 + 5 * index, kind: 'crash', node: 'out' }) as const);
    const { result, records } = await run({ ...quiet, faults, untilMs: 1000 }, 1, 20_000);
    expect(result.verdict).toBe('fail');
    expect(records.some(({ type }) => type === 'supervisor.gaveUp')).toBe(true);
  });

  it('says which expectation did not hold, and where', async () => {
    const { result, records } = await run({ ...quiet, faults: [{ atMs: 4, kind: 'crash', node: 'one' }], expectations: [{ name: 'calm', kind: 'restartsAtMost', count: 0 }] });
    expect(result.verdict).toBe('fail');
    const [failure] = result.expectations;
    expect(failure).toMatchObject({ name: 'calm', verdict: 'fail' });
    expect(records.find(({ seq }) => seq === failure!.seq)).toMatchObject({ type: 'expectation.failed', name: 'calm' });
  });
});
