import { describe, expect, it } from 'vitest';
import type { Json } from '../../../shared/json/json';
import type { Program, ProgramAgent, ProgramNode, ProgramOperation } from '../../../shared/program/program';
import { NO_TESTS, type TestPlan } from '../../../shared/tests/test-plan';
import type { TestResult } from '../../../shared/tests/test-report';
import { deskProgram, TOPIC } from '../testing/model-program';
import { runTests } from './run-tests';
import type { TestEffort } from './test-effort';

const base = { restart: 'permanent', shutdown: 5000, significant: false, parent: 'root', host: 'main', mailbox: 1000 } as const;
const agent = (id: string, behaviour: ProgramAgent['behaviour'], requires: { readonly [port: string]: string } = {}): ProgramAgent => ({ ...base, kind: 'agent', id, provides: ['Sort'], requires, behaviour });
const code = (id: string): ProgramAgent['behaviour'] => ({ type: 'code', file: `handlers/${id}.ts`, module: id, instance: `sandbox-${id}`, hasInit: false, hasTerminate: false });
const sort: ProgramOperation = {
  kind: 'call', errors: ['Empty'], idempotent: true,
  input: { type: 'object', properties: { numbers: { type: 'array', items: { type: 'integer', minimum: 0, maximum: 1000 }, maxItems: 6 } }, required: ['numbers'], additionalProperties: false },
  output: { type: 'object', properties: { numbers: { type: 'array', items: { type: 'integer' } } }, required: ['numbers'] },
};

/** Agents of one protocol, by the text of their handler's `sort`; `wired` has a port `helper` to the scripted one. */
function sorters(handlers: { readonly [id: string]: string }, scripted: ProgramAgent['behaviour'] = { type: 'scripted', rules: [{ operation: 'sort', reply: { numbers: [] } }] }, kind: 'call' | 'cast' = 'call'): Program {
  const agents = [...Object.keys(handlers).map((id) => agent(id, code(id), { helper: 'Sort' })), agent('helper', scripted)];
  const root: ProgramNode = { ...base, parent: undefined, host: 'control', kind: 'supervisor', id: 'root', shutdown: 'infinity', strategy: 'one_for_one', maxRestarts: 3, maxSeconds: 5, autoShutdown: 'never', children: agents.map(({ id }) => id) };
  return {
    format: 'prismatic-program/1', hash: 'sha256:sorters', name: 'sorters', root: 'root', files: [],
    nodes: Object.fromEntries([root, ...agents].map((node) => [node.id, node])),
    protocols: { Sort: { operations: { sort: { ...sort, kind } } } },
    wires: Object.keys(handlers).map((node) => ({ from: { node, port: 'helper' }, to: 'helper', protocol: 'Sort', guards: [] })),
    modules: Object.fromEntries(Object.entries(handlers).map(([id, text]) => [id, { file: `handlers/${id}.ts`, code: `({ Sort: { ${text} } })` }])),
    hosts: [{ id: 'control', instances: [] }, { id: 'main', instances: Object.keys(handlers).map((id) => `sandbox-${id}`) }],
  };
}

const GOOD = 'sort({ numbers }) { return { numbers: [...numbers].sort((a, b) => a - b) } }';
/** As text: 10 comes before 9. */
const BY_TEXT = 'sort({ numbers }) { return { numbers: [...numbers].sort() } }';
const EFFORT: Omit<TestEffort, 'guests'> = { seed: 1, cases: 100, mostMs: 60_000, clock: () => performance.now(), isStopped: () => false, onAlive: () => undefined };

async function run(program: Program, { plan = NO_TESTS, node, effort = {} }: { readonly plan?: TestPlan; readonly node?: string; readonly effort?: Partial<TestEffort> } = {}): Promise<readonly (TestResult & { readonly node: string })[]> {
  const results: (TestResult & { readonly node: string })[] = [];
  for await (const news of runTests({ program, plan, node }, { ...EFFORT, ...effort })) if (news.type === 'test') results.push({ ...news.test, node: news.node });
  return results;
}
const contractOf = async (text: string, options: Parameters<typeof run>[1] = {}): Promise<TestResult> => (await run(sorters({ it: text }), { node: 'it', ...options })).find(({ kind }) => kind === 'contract')!;

const planOf = (body: string, tests: readonly string[]): TestPlan => ({ examples: [], files: [{ file: 'tests/sort.ts', body, exported: 'Sort: Sort', groups: [{ protocol: 'Sort', tests }] }] });
const SORTS = planOf(
  `const Sort = { async 'puts them in order'(t) {
    const { numbers } = await t.any('sort')
    const answer = await t.call('sort', { numbers })
    t.equal(answer.numbers, [...numbers].sort((a, b) => a - b))
  } }`,
  ['puts them in order'],
);

describe('the contract', () => {
  it('holds for one that keeps it, a hundred times, and invalid input never reaches it', async () => {
    const results = await run(sorters({ it: GOOD }), { node: 'it' });
    expect(results.map(({ kind, verdict, runs }) => [kind, verdict, runs])).toEqual([['contract', 'pass', 100], ['invalid', 'pass', 100]]);
  });

  it.each([
    ['a crash on one number', 'sort({ numbers }) { if (numbers.some((n) => n > 77)) throw new TypeError("too much"); return { numbers } }', [{ numbers: [78] }], /it crashed: TypeError: too much \(handlers\/it\.ts:1/],
    ['an answer that does not fit', 'sort({ numbers }) { return { numbers: numbers.map((n) => n / 2) } }', [{ numbers: [1] }], /answer of Sort\.sort: \/numbers\/0: expected integer, got 0\.5/],
    ['an undeclared error', 'sort({ numbers }, self) { if (numbers.length > 2) throw self.error("TooMany"); return { numbers } }', [{ numbers: [0, 0, 0] }], /undeclared error TooMany/],
    ['an endless loop', 'sort({ numbers }) { while (numbers.length === 4) {} return { numbers } }', [{ numbers: [0, 0, 0, 0] }], /it crashed: fuel/],
    ['too much memory', 'sort({ numbers }) { const all = []; while (numbers.includes(5)) all.push("x".repeat(1e6) + all.length); return { numbers } }', [{ numbers: [5] }], /it crashed: (memory|fuel)/],
    ['a promise that nobody keeps', 'async sort({ numbers }) { if (numbers.length === 1) await new Promise(() => {}); return { numbers } }', [{ numbers: [0] }], /awaits something that can never happen/],
    ['an answer that comes too late', 'async sort({ numbers }, self) { if (numbers.length === 6) await self.use.helper.sort({ numbers }); return { numbers } }', [{ numbers: [0, 0, 0, 0, 0, 0] }], /helper did not answer within 5000 ms/],
  ])('%s is found and shrunk', async (_, text, counterexample, message) => {
    const slow: ProgramAgent['behaviour'] = { type: 'scripted', rules: [{ operation: 'sort', reply: { numbers: [] }, delayMs: 6000 }] };
    const [result] = await run(sorters({ it: text }, slow), { node: 'it' });
    expect(result).toMatchObject({ verdict: 'fail', counterexample });
    expect(result!.message).toMatch(message);
  });

  it('allows declared errors', async () => {
    expect(await contractOf('sort({ numbers }, self) { if (numbers.length === 0) throw self.error("Empty"); return { numbers } }')).toMatchObject({ verdict: 'pass' });
  });

  it('a fault that takes calls before it is told with them, and no others', async () => {
    const result = await contractOf('sort({ numbers }, self) { self.state.sum = (self.state.sum ?? 0) + (numbers.length === 1 ? 1 : 0); if (self.state.sum === 3) throw new Error("third"); return { numbers } }');
    expect(result).toMatchObject({ verdict: 'fail', message: expect.stringContaining('third') as string });
    expect(result.counterexample).toHaveLength(3);
    expect(result.counterexample!.every((one) => (one as { numbers: Json[] }).numbers.length === 1)).toBe(true);
  });

  it('a provider that ends in good order is started anew, and fails nothing', async () => {
    expect(await contractOf('sort({ numbers }, self) { self.stop(); return { numbers } }')).toMatchObject({ verdict: 'pass', runs: 100 });
  });

  it('a cast that crashes only while it is handled is found', async () => {
    const [result] = await run(sorters({ it: 'async sort({ numbers }, self) { await 1; if (numbers.length === 2) throw new Error("pair") }' }, undefined, 'cast'), { node: 'it' });
    expect(result).toMatchObject({ verdict: 'fail', counterexample: [{ numbers: [0, 0] }] });
  });

  it('messages that go round in circles are found', async () => {
    const result = await contractOf('sort({ numbers }, self) { self.after(0, "sort", { numbers }); return { numbers } }');
    expect(result).toMatchObject({ verdict: 'fail', message: expect.stringContaining('circles') as string });
  });

  it('is unknown where a script that it asks has no answer, also if the handler would make do without one', async () => {
    const onlySmall: ProgramAgent['behaviour'] = { type: 'scripted', rules: [{ contains: { numbers: '[]' }, reply: { numbers: [] } }] };
    const [result] = await run(sorters({ it: 'async sort({ numbers }, self) { try { await self.use.helper.sort({ numbers }) } catch {} return { numbers } }' }, onlySmall), { node: 'it' });
    expect(result).toMatchObject({ verdict: 'unknown', missing: { node: 'helper', kind: 'scripted', request: { operation: 'sort' } } });
  });

  it('a script is held to it like any other provider', async () => {
    const results = await run(sorters({}, { type: 'scripted', rules: [{ contains: { numbers: '7' }, reply: { numbers: 'many' } }, { reply: { numbers: [] } }] }));
    expect(results[0]).toMatchObject({ node: 'helper', verdict: 'fail', message: expect.stringContaining('expected array, got "many"') as string });
    expect(JSON.stringify(results[0]!.counterexample)).toContain('7');
  });

  it('one that does not start fails with why', async () => {
    const program = sorters({ it: GOOD });
    const broken = { ...program, modules: { it: { file: 'handlers/it.ts', code: 'throw new Error("not ready")' } } };
    expect((await run(broken, { node: 'it' }))[0]).toMatchObject({ verdict: 'fail', runs: 0, message: expect.stringContaining('not ready') as string });
  });

  it('is tried with the same cases for the same seed, and others for another', async () => {
    const bad = 'sort({ numbers }) { if (numbers.length === 3) throw new Error("three " + numbers); return { numbers } }';
    const [first, again] = [await contractOf(bad), await contractOf(bad)];
    expect(again).toEqual(first);
    expect(new Set([first.runs, (await contractOf(bad, { effort: { seed: 2 } })).runs, (await contractOf(bad, { effort: { seed: 3 } })).runs]).size).toBeGreaterThan(1);
  });

  it('no case is begun once the time is up or it was stopped', async () => {
    let now = 0;
    const result = await contractOf(GOOD, { effort: { clock: () => (now += 1000), mostMs: 20_000 } });
    expect(result.verdict).toBe('pass');
    expect(result.runs).toBeLessThan(25);
    expect(result.message).toMatch(/the time was up after \d+ of 100/);
    expect(await run(sorters({ it: GOOD }), { effort: { isStopped: () => true } })).toEqual([]);
  });
});

describe('a stream', () => {
  const streamed = (text: string): Program => {
    const program = sorters({ it: text });
    const one: ProgramOperation = { ...sort, kind: 'stream', output: { type: 'integer' } };
    return { ...program, protocols: { Sort: { operations: { sort: one } } } };
  };
  it('is held to its items: each fits', async () => {
    expect((await run(streamed('async *sort({ numbers }) { for (const n of numbers) yield n }'), { node: 'it' }))[0]).toMatchObject({ verdict: 'pass', runs: 100 });
    const [bad] = await run(streamed('async *sort({ numbers }) { for (const n of numbers) yield n > 50 ? String(n) : n }'), { node: 'it' });
    expect(bad).toMatchObject({ verdict: 'fail', counterexample: [{ numbers: [51] }] });
  });
});

describe('what only others could say', () => {
  const ask: ProgramOperation = { ...sort, errors: [], input: {}, output: {} };

  it("a tool's answer is unknown, and what was asked is shown", async () => {
    const tool: ProgramNode = { ...base, kind: 'tool', id: 'tool', provides: ['Ask'], requires: {}, server: 'calculator', operations: { ask: 'ask' } };
    const program = sorters({});
    const root = program.nodes['root'] as Extract<ProgramNode, { kind: 'supervisor' }>;
    const results = await run({ ...program, nodes: { ...program.nodes, root: { ...root, children: ['helper', 'tool'] }, tool }, protocols: { ...program.protocols, Ask: { operations: { ask } } } }, { node: 'tool' });
    expect(results[0]).toMatchObject({ kind: 'contract', verdict: 'unknown', missing: { node: 'tool', kind: 'mcp' } });
  });

  it("a model agent's is too, where its script has no answer; one that has answers is held to the contract", async () => {
    const verdictOf = async (program: Program): Promise<TestResult> => (await run(program, { node: 'desk' })).find(({ name }) => name.startsWith('classify: valid'))!;
    expect(await verdictOf(deskProgram({ brain: [] }))).toMatchObject({ verdict: 'unknown', missing: { node: 'brain', request: { operation: 'complete' } } });
    expect(await verdictOf(deskProgram({ brain: [{ reply: { text: '{"topic":"billing"}' } }], behaviour: { output: TOPIC } }))).toMatchObject({ verdict: 'pass', runs: 100 });
  });

  it('a test for what a protocol extends is for its providers too', async () => {
    const program = sorters({ it: GOOD });
    const plan = { ...SORTS, files: SORTS.files.map((file) => ({ ...file, exported: 'Base: Sort', groups: [{ protocol: 'Base', tests: ['puts them in order'] }] })) };
    expect((await run({ ...program, protocols: { Sort: { ...program.protocols['Sort']!, extends: ['Base'] } } }, { node: 'it', plan, effort: { cases: 10 } })).at(-1)).toMatchObject({ kind: 'property', verdict: 'pass', runs: 10 });
  });
});

describe('examples', () => {
  it('are answered, and as written where the answer is', async () => {
    const example = (output: Json): TestPlan => ({ examples: [{ protocol: 'Sort', operation: 'sort', input: { numbers: [2, 1] }, output }], files: [] });
    const verdictOf = async (output: Json): Promise<TestResult> => (await run(sorters({ it: GOOD }), { node: 'it', plan: example(output) })).find(({ kind }) => kind === 'example')!;
    expect(await verdictOf({ numbers: [1, 2] })).toMatchObject({ verdict: 'pass', runs: 1 });
    expect(await verdictOf({ numbers: [2, 1] })).toMatchObject({ verdict: 'fail', counterexample: [{ numbers: [2, 1] }] });
  });
});

describe("a person's own tests", () => {
  it('tell a good provider from a bad one that keeps the schema: one file for both', async () => {
    const results = (await run(sorters({ good: GOOD, bad: BY_TEXT }), { plan: SORTS })).filter(({ kind }) => kind === 'property');
    expect(results.map(({ node, verdict }) => [node, verdict])).toEqual([['good', 'pass'], ['bad', 'fail'], ['helper', 'fail']]);
    const [, bad, helper] = results;
    // Two numbers of which the greater is the smaller word.
    const [{ numbers }] = bad!.counterexample as [{ numbers: number[] }];
    expect(numbers).toHaveLength(2);
    expect(numbers.map(String).toSorted()).not.toEqual(numbers.toSorted((a, b) => a - b).map(String));
    expect(bad!.message).toMatch(/it does not hold: it is \[.*\], and was to be .* \(tests\/sort\.ts:4:/);
    expect(helper!.counterexample).toEqual([{ numbers: [0] }]);
  });

  it.each([
    ['that hold once without drawing anything', 't.expect((await t.call("sort", { numbers: [2, 1] })).numbers[0] === 1)', { verdict: 'pass', runs: 1 }],
    ['that expect a failure', 'const { code } = await t.fails("sort", { numbers: "x" }); t.equal(code, "invalid")', { verdict: 'pass' }],
    ['that draw from a schema', 'const n = await t.any({ type: "integer", minimum: 3 }); t.expect(n < 12, "less than 12")', { verdict: 'fail', counterexample: [12] }],
    ['that choose', 't.expect((await t.pick(["a", "b"])) === "a")', { verdict: 'fail', counterexample: ['b'] }],
    ['that leave cases out', 'const n = await t.any({ type: "integer" }); await t.assume(n < 5); t.expect(n < 5)', { verdict: 'pass' }],
    ['that leave all cases out', 'await t.any({}); await t.assume(false)', { verdict: 'unknown', runs: 0 }],
    ['that let time go by', 'await t.wait(3_600_000); t.expect(true)', { verdict: 'pass' }],
    ['that forget to wait', 't.expect(t.call("sort", { numbers: [] }))', { verdict: 'fail', message: expect.stringContaining('await it first') as string }],
    ['that never end', 'for (;;) {}', { verdict: 'fail', message: expect.stringContaining('never ends') as string }],
    ['that wait for ever', 'await new Promise(() => {})', { verdict: 'fail', message: expect.stringContaining('can never happen') as string }],
    ['that eat memory', 'const all = []; for (;;) all.push(new Array(1e5).fill(all.length))', { verdict: 'fail' }],
    ['that throw nothing', 'throw undefined', { verdict: 'fail', message: expect.stringContaining('undefined') as string }],
    ['that throw what can not be looked at', 'throw new Proxy({}, { get() { throw 1 } })', { verdict: 'fail', message: expect.stringContaining('unprintable') as string }],
    ['that ask for no schema', 'await t.any({ type: "integer", minimum: 2, maximum: 1 })', { verdict: 'fail', message: expect.stringContaining('no value was found') as string }],
    ['that ask for nonsense', 'await t.any([1, { type: 7 }])', { verdict: 'fail', message: expect.stringContaining('no value was found') as string }],
    ['that ask for a schema of another kind', 'await t.any({ type: "integer", pattern: "x" })', { verdict: 'fail', message: expect.stringContaining('no value was found') as string }],
    ['that draw without end', 'for (;;) await t.any({})', { verdict: 'fail', message: expect.stringContaining('at most 1000 operations') as string }],
    ['that name no operation', 'await t.call("turn", {})', { verdict: 'fail', message: expect.stringContaining('no operation turn') as string }],
  ])('%s', async (_, body, expected) => {
    const results = await run(sorters({ it: GOOD }), { node: 'it', effort: { mostMs: 8000 }, plan: planOf(`const Sort = { async 'the test'(t) { ${body} } }`, ['the test']) });
    expect(results.find(({ kind }) => kind === 'property')).toMatchObject(expected);
  });

  it('a file that throws, or a test that is no function, fails by name', async () => {
    const [thrown] = (await run(sorters({ it: GOOD }), { node: 'it', plan: planOf('throw new Error("no file"); const Sort = {}', ['x']) })).slice(-1);
    expect(thrown).toMatchObject({ verdict: 'fail', message: expect.stringContaining('no file') as string });
    const [none] = (await run(sorters({ it: GOOD }), { node: 'it', plan: planOf('const Sort = { x: 7 }', ['x']) })).slice(-1);
    expect(none).toMatchObject({ verdict: 'fail', message: expect.stringContaining('no test x') as string });
  });
});
