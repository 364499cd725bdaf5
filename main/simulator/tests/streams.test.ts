/** What the tests of a design hold a provider of a stream to. */
import { describe, expect, it } from 'vitest';
import { CONTROL_HOST } from '../../../shared/ids';
import type { Program, ProgramNode, ProgramOperation } from '../../../shared/program/program';
import { NO_TESTS, type TestPlan } from '../../../shared/tests/test-plan';
import type { TestResult } from '../../../shared/tests/test-report';
import { runTests } from './run-tests';

const tail: ProgramOperation = { kind: 'stream', errors: ['Closed'], idempotent: true, input: { type: 'integer', minimum: 0, maximum: 50 }, output: { type: 'integer' } };
const base = { restart: 'permanent', shutdown: 5000, significant: false } as const;

/** `tail`: the handler's function. */
function programOf(text: string): Program {
  const nodes: readonly ProgramNode[] = [
    { ...base, kind: 'supervisor', id: 'root', host: CONTROL_HOST, strategy: 'one_for_one', maxRestarts: 3, maxSeconds: 5, autoShutdown: 'never', shutdown: 'infinity', children: ['clock', 'log'] },
    { ...base, kind: 'agent', id: 'clock', host: 'main', parent: 'root', mailbox: 1000, provides: ['Clock'], requires: {}, behaviour: { type: 'scripted', rules: [{ reply: null, delayMs: 1000 }] } },
    { ...base, kind: 'agent', id: 'log', host: 'main', parent: 'root', mailbox: 1000, provides: ['Log'], requires: { clock: 'Clock' }, behaviour: { type: 'code', file: 'handlers/log.ts', module: 'log', instance: 'sandbox-log', hasInit: false, hasTerminate: false } },
  ];
  return {
    format: 'prismatic-program/1', hash: 'sha256:streams', name: 'streams', root: 'root', files: [], nodes: Object.fromEntries(nodes.map((node) => [node.id, node])),
    protocols: { Log: { operations: { tail } }, Clock: { operations: { wait: { kind: 'call', input: {}, output: { type: 'null' }, errors: [], idempotent: true } } } },
    wires: [{ from: { node: 'log', port: 'clock' }, to: 'clock', protocol: 'Clock', guards: [] }],
    modules: { log: { file: 'handlers/log.ts', code: `({ Log: { ${text} } })` } },
    hosts: [{ id: CONTROL_HOST, instances: [] }, { id: 'main', instances: ['sandbox-log'] }],
  };
}

async function test(text: string, plan: TestPlan = NO_TESTS, cases = 30): Promise<readonly TestResult[]> {
  const results: TestResult[] = [];
  const effort = { seed: 1, cases, mostMs: 60_000, clock: () => performance.now(), isStopped: () => false, onAlive: () => undefined };
  for await (const news of runTests({ program: programOf(text), plan, node: 'log' }, effort)) if (news.type === 'test') results.push(news.test);
  return results;
}
const contractOf = async (text: string): Promise<TestResult> => (await test(text)).find(({ kind }) => kind === 'contract')!;

describe('the contract of a stream', () => {
  it('holds for one that keeps it, and invalid input never reaches it', async () => {
    const results = await test('*tail(most) { for (let n = 0; n < most; n++) yield n; }');
    expect(results.map(({ kind, verdict, runs }) => [kind, verdict, runs])).toEqual([['contract', 'pass', 30], ['invalid', 'pass', 30]]);
  });

  it.each([
    ['has no end', '*tail() { for (;;) yield 1; }'],
    ['has a declared error for its end', "*tail(most, self) { yield 1; throw self.error('Closed'); }"],
    ['has more items than are read', '*tail() { for (let n = 0; n < 101; n++) yield n; }'],
  ])('holds for one that %s', async (_, text) => expect(await contractOf(text)).toMatchObject({ verdict: 'pass', runs: 30 }));

  it('holds for one that is slow and has no end', async () => {
    expect((await test('async *tail(most, self) { for (;;) { yield 1; await self.use.clock.wait(null).catch(() => 0); } }', NO_TESTS, 3)).find(({ kind }) => kind === 'contract')).toMatchObject({ verdict: 'pass' });
  });

  it.each([
    ['an item that does not fit, after others', "*tail(most) { for (let n = 0; n < most; n++) yield n === 7 ? 'seven' : n; }", [8], /answer of Log\.tail: .*expected integer/],
    ['a crash after an item', '*tail(most) { yield 1; if (most > 20) throw new TypeError("too much"); }', [21], /it crashed: TypeError: too much/],
    ['one that gives nothing to iterate', 'async tail(most) { return most; }', [0], /is a stream, and its handler gave nothing to iterate/],
    ['an undeclared error', "*tail(most, self) { yield 1; throw self.error('Full'); }", [0], /undeclared error Full/],
    ['what crashes while it is left', "*tail(most) { try { for (;;) yield 1; } finally { throw new Error('in the end'); } }", [0], /it crashed: Error: in the end/],
  ])('finds %s', async (_, text, counterexample, message) => {
    expect(await contractOf(text)).toMatchObject({ verdict: 'fail', counterexample, message: expect.stringMatching(message) as string });
  });

  it('has examples: all of the items', async () => {
    const plan = (output: readonly number[]): TestPlan => ({ examples: [{ protocol: 'Log', operation: 'tail', input: 3, output }], files: [] });
    const [good, bad] = [await test('*tail(most) { for (let n = 0; n < most; n++) yield n; }', plan([0, 1, 2])), await test('*tail(most) { for (let n = 0; n < most; n++) yield n; }', plan([0, 1]))];
    expect(good.find(({ kind }) => kind === 'example')).toMatchObject({ verdict: 'pass' });
    expect(bad.find(({ kind }) => kind === 'example')).toMatchObject({ verdict: 'fail', message: 'the answer is [0,1,2], and the example says [0,1]' });
  });

  it('is for a test of one’s own a list of at most 100 items, or a failure', async () => {
    const body = `const Log = {
      async 'counts up'(t) { t.equal(await t.call('tail', 3), [0, 1, 2]); },
      async 'is long'(t) { t.equal((await t.call('tail', 50)).length, 100); },
      async 'fails'(t) { t.equal((await t.fails('tail', 1)).code, 'Closed'); },
    }`;
    const plan: TestPlan = { examples: [], files: [{ file: 'tests/log.ts', body, exported: 'Log: Log', groups: [{ protocol: 'Log', tests: ['counts up', 'is long', 'fails'] }] }] };
    const results = await test("*tail(most, self) { if (most === 1) throw self.error('Closed'); for (let n = 0; most === 50 || n < most; n++) yield n; }", plan, 5);
    expect(results.filter(({ kind }) => kind === 'property').map(({ name, verdict }) => [name, verdict])).toEqual([['counts up', 'pass'], ['is long', 'pass'], ['fails', 'pass']]);
  });
});
