/** Providers that ask a person, a tool or a mock: tested with every answer that these may give, and the report says whose answers they were. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../shared/json/json';
import type { Program, ProgramAgent, ProgramNode, ProgramOperation } from '../../../shared/program/program';
import { cassetteText } from '../../../shared/run/cassette';
import type { Mock } from '../../../shared/run/mock';
import type { TestPlan, TestFile } from '../../../shared/tests/test-plan';
import { NO_TESTS } from '../../../shared/tests/test-plan';
import type { TestResult } from '../../../shared/tests/test-report';
import type { RecordedAnswers } from '../recorded-answers';
import { runTests } from './run-tests';

const base = { restart: 'permanent', shutdown: 5000, significant: false, parent: 'root', host: 'main', mailbox: 1000 } as const;
const operation = (input: ProgramOperation['input'], output: ProgramOperation['output'], errors: readonly string[] = []): ProgramOperation => ({ kind: 'call', input, output, errors, idempotent: true });
const NUMBER = { type: 'integer', minimum: 0, maximum: 100 } as const;
const QUESTION = { type: 'object', properties: { number: NUMBER }, required: ['number'], additionalProperties: false } as const;
const ANSWER = { type: 'object', properties: { score: NUMBER }, required: ['score'], additionalProperties: false } as const;

/** `it` asks `editor` (a person) and `sums` (a tool) by the text of its handler's `ask`. */
function team(text: string, mocks?: Program['mocks'], errors: readonly string[] = ['Refused']): Program {
  const it: ProgramAgent = { ...base, kind: 'agent', id: 'it', provides: ['Ask'], requires: { editor: 'Review', sums: 'Sums' }, behaviour: { type: 'code', file: 'handlers/it.ts', module: 'it', instance: 'sandbox-it', hasInit: false, hasTerminate: false } };
  const nodes: readonly ProgramNode[] = [
    { ...base, parent: undefined, host: 'control', kind: 'supervisor', id: 'root', shutdown: 'infinity', strategy: 'one_for_one', maxRestarts: 3, maxSeconds: 5, autoShutdown: 'never', children: ['editor', 'sums', 'it'] },
    { ...base, kind: 'human', id: 'editor', provides: ['Review'], requires: {}, deadlineMs: 60_000 },
    { ...base, kind: 'tool', id: 'sums', provides: ['Sums'], requires: {}, server: 'calculator', operations: { add: 'add' } },
    it,
  ];
  return {
    format: 'prismatic-program/1', hash: 'sha256:team', name: 'team', root: 'root', files: [],
    nodes: Object.fromEntries(nodes.map((node) => [node.id, node])),
    protocols: { Ask: { operations: { ask: operation(QUESTION, ANSWER) } }, Review: { operations: { review: operation(QUESTION, ANSWER, errors) } }, Sums: { operations: { add: operation(QUESTION, ANSWER) } } },
    wires: [{ from: { node: 'it', port: 'editor' }, to: 'editor', protocol: 'Review', guards: [] }, { from: { node: 'it', port: 'sums' }, to: 'sums', protocol: 'Sums', guards: [] }],
    modules: { it: { file: 'handlers/it.ts', code: `({ Ask: { ${text} } })` } },
    hosts: [{ id: 'control', instances: [] }, { id: 'main', instances: ['sandbox-it'] }],
    ...(mocks === undefined ? {} : { mocks }),
  };
}

type Options = { readonly plan?: TestPlan; readonly node?: string; readonly cassettes?: RecordedAnswers; readonly seed?: number };
async function run(program: Program, { plan = NO_TESTS, node, cassettes, seed = 1 }: Options = {}): Promise<readonly (TestResult & { readonly node: string })[]> {
  const results: (TestResult & { readonly node: string })[] = [];
  const effort = { seed, cases: 100, mostMs: 120_000, clock: () => performance.now(), isStopped: () => false, onAlive: () => undefined, cassettes };
  for await (const news of runTests({ program, plan, node }, effort)) if (news.type === 'test') results.push({ ...news.test, node: news.node });
  return results;
}
const contractOf = async (program: Program, options: Options = {}): Promise<TestResult> => (await run(program, { node: 'it', ...options })).find(({ kind }) => kind === 'contract')!;

const CAREFUL = 'async ask({ number }, self) { try { return await self.use.editor.review({ number }) } catch (error) { if (error.code === "Refused") return { score: 0 }; throw error } }';
const asks = (then: string): string => `async ask({ number }, self) { try { const { score } = await self.use.editor.review({ number }); ${then} } catch (error) { if (error.code === "Refused") return { score: 0 }; throw error } return { score: 1 } }`;

describe('answers that are generated', () => {
  it('let a provider be judged that asks a person, and say so', async () => {
    expect(await contractOf(team(CAREFUL))).toMatchObject({ verdict: 'pass', runs: 100, heard: [{ node: 'editor', from: 'generated' }] });
  });

  it('find the answer that the provider cannot bear, made as small as the question', async () => {
    const result = await contractOf(team(asks('if (score > 77 && number > 3) throw new TypeError("too good")')));
    expect(result).toMatchObject({ verdict: 'fail', counterexample: [{ number: 4 }], answers: [{ call: 1, node: 'editor', from: 'generated', answer: { output: { score: 78 } } }], heard: [{ node: 'editor', from: 'generated' }] });
    expect(result.message).toContain('too good');
  });

  it('are errors too, where the operation declares them', async () => {
    const careless = 'async ask({ number }, self) { return self.use.editor.review({ number }) }';
    expect(await contractOf(team(careless))).toMatchObject({ verdict: 'fail', counterexample: [{ number: 0 }], answers: [{ node: 'editor', answer: { error: { name: 'Refused' } } }] });
    expect(await contractOf(team(careless, undefined, []))).toMatchObject({ verdict: 'pass' });
  });

  it('of several are told in the order in which they were given', async () => {
    const both = 'async ask({ number }, self) { const a = await self.use.sums.add({ number }); const b = await self.use.editor.review({ number }); if (a.score > 5 && b.score > 7) throw new Error("both"); return a }';
    const result = await contractOf(team(both, undefined, []));
    expect(result).toMatchObject({ verdict: 'fail', answers: [{ node: 'sums', answer: { value: { score: 6 } } }, { node: 'editor', answer: { output: { score: 8 } } }] });
    expect(result.heard).toEqual([{ node: 'editor', from: 'generated' }, { node: 'sums', from: 'generated' }]);
  });

  it('of a fault that takes several calls are told with the call that they belong to', async () => {
    const result = await contractOf(team(asks('self.state.sum = (self.state.sum ?? 0) + (score > 50 ? 1 : 0); if (self.state.sum === 2) throw new Error("second")')));
    expect(result).toMatchObject({ verdict: 'fail', message: expect.stringContaining('second') as string });
    expect(result.counterexample).toHaveLength(2);
    expect(result.answers!.map(({ call }) => call)).toEqual([1, 2]);
    expect(result.answers!.every(({ answer }) => (answer as { output: { score: number } }).output.score > 50)).toBe(true);
  });

  it('are the same for the same seed', async () => {
    const bad = team(asks('if (score % 7 === 3) throw new Error("seven " + score)'));
    const [first, again] = [await contractOf(bad), await contractOf(bad)];
    expect(again).toEqual(first);
  });

  it('let the person and the tool be held to their own protocols', async () => {
    const results = await run(team(CAREFUL));
    expect(results.filter(({ kind }) => kind === 'contract').map(({ node, verdict, heard }) => [node, verdict, heard])).toEqual([
      ['editor', 'pass', [{ node: 'editor', from: 'generated' }]],
      ['sums', 'pass', [{ node: 'sums', from: 'generated' }]],
      ['it', 'pass', [{ node: 'editor', from: 'generated' }]],
    ]);
    // Nobody is asked where the door refuses.
    expect(results.filter(({ kind, heard }) => kind === 'invalid' && heard !== undefined)).toEqual([]);
  });

  it('say nothing of whether an example is answered as written', async () => {
    const plan: TestPlan = { examples: [{ protocol: 'Review', operation: 'review', input: { number: 1 }, output: { score: 99 } }], files: [] };
    const [example] = (await run(team(CAREFUL), { node: 'editor', plan })).filter(({ kind }) => kind === 'example');
    expect(example).toMatchObject({ verdict: 'unknown', message: expect.stringContaining('generated') as string });
  });
});

describe('a person’s own test', () => {
  const file = (body: string): TestFile => ({ file: 'tests/ask.ts', body, exported: 'Ask: Ask', groups: [{ protocol: 'Ask', tests: ['the test'] }] });
  const ownOf = async (body: string, program: Program): Promise<TestResult> => (await run(program, { node: 'it', plan: { examples: [], files: [file(`const Ask = { async 'the test'(t) { ${body} } }`)] } })).at(-1)!;

  it('is tried with one answer after the other, also where it draws nothing itself', async () => {
    const result = await ownOf('const { score } = await t.call("ask", { number: 1 }); t.expect(score < 40, "below 40")', team(CAREFUL));
    expect(result).toMatchObject({ verdict: 'fail', answers: [{ call: 1, node: 'editor', from: 'generated', answer: { output: { score: 40 } } }], heard: [{ node: 'editor', from: 'generated' }] });
    expect(await ownOf('const { score } = await t.call("ask", { number: 1 }); t.expect(score <= 100)', team(CAREFUL))).toMatchObject({ verdict: 'pass', runs: 100 });
  });

  it('hears the mock where there is one, and then runs once', async () => {
    const result = await ownOf('const { score } = await t.call("ask", { number: 1 }); t.equal(score, 7)', team(CAREFUL, { editor: { kind: 'scripted', rules: [{ reply: { score: 7 } }] } }));
    expect(result).toMatchObject({ verdict: 'pass', runs: 1, heard: [{ node: 'editor', from: 'mocked' }] });
  });
});

describe('a mock', () => {
  const scripted: Mock = { kind: 'scripted', rules: [{ contains: { number: '7' }, reply: { score: 7 } }] };

  it('answers for its node, which is not tested itself', async () => {
    const results = await run(team(CAREFUL, { editor: { kind: 'generated' } }));
    expect([...new Set(results.map(({ node }) => node))]).toEqual(['sums', 'it']);
    expect(results.find(({ node, kind }) => node === 'it' && kind === 'contract')).toMatchObject({ verdict: 'pass', heard: [{ node: 'editor', from: 'mocked' }] });
  });

  it.each<[string, Mock, RegExp]>([
    ['rule', scripted, /no rule of the mock of editor fits this/],
    ['recorded answer', { kind: 'recorded', match: 'input', answers: [{ operation: 'review', input: { number: 7 }, output: { score: 1 } }] }, /no recorded answer of the mock of editor/],
    ['recorded answer left', { kind: 'recorded', match: 'order', answers: [{ operation: 'review', output: { score: 1 } }] }, /no recorded answer of the mock of editor/],
  ])('without a %s for what is asked leaves no verdict, and shows what was asked', async (_, mock, said) => {
    const bears = 'async ask({ number }, self) { try { return await self.use.editor.review({ number }) } catch { return { score: 0 } } }';
    const result = await contractOf(team(bears, { editor: mock }));
    expect(result).toMatchObject({ verdict: 'unknown', message: expect.stringMatching(said) as string, missing: { node: 'editor', kind: 'mock', request: { operation: 'review' } } });
  });

  it('that fails with what is declared finds who does not bear it', async () => {
    const faulty: Mock = { kind: 'faults', faults: [{ kind: 'error', code: 'Refused', rate: 1 }], answers: { kind: 'generated' } };
    expect(await contractOf(team(CAREFUL, { editor: faulty }))).toMatchObject({ verdict: 'pass' });
    expect(await contractOf(team('async ask({ number }, self) { return self.use.editor.review({ number }) }', { editor: faulty }))).toMatchObject({ verdict: 'fail', message: expect.stringContaining('Refused') as string });
  });
});

describe('cassettes', () => {
  const recorded = (number: number, score: number): readonly [string, { readonly answer: Json; readonly tookMs: number }] => {
    const request = { server: 'calculator', tool: 'add', input: { number }, timeoutMs: 1 };
    return [cassetteText('mcp', request), { answer: { text: '', value: { score }, isError: false }, tookMs: 40 }];
  };
  const adds = 'async ask({ number }, self) { return self.use.sums.add({ number }) }';
  const example = (number: number): TestPlan => ({ examples: [{ protocol: 'Ask', operation: 'ask', input: { number }, output: { score: 9 } }], files: [] });

  it('answer as it was recorded, and say so', async () => {
    const found = (await run(team(adds), { node: 'it', plan: example(4), cassettes: new Map([recorded(4, 9)]) })).find(({ kind }) => kind === 'example');
    expect(found).toMatchObject({ verdict: 'pass', heard: [{ node: 'sums', from: 'recorded' }] });
    const other = (await run(team(adds), { node: 'it', plan: example(4), cassettes: new Map([recorded(4, 8)]) })).find(({ kind }) => kind === 'example');
    expect(other).toMatchObject({ verdict: 'fail', answers: [{ call: 1, node: 'sums', from: 'recorded', answer: { value: { score: 8 } } }] });
  });

  it('that do not have the answer leave no verdict: nothing is made up, and what was asked is shown', async () => {
    const result = await contractOf(team(adds), { cassettes: new Map([recorded(4, 9)]) });
    expect(result).toMatchObject({ verdict: 'unknown', message: 'no cassette answers this request of sums', missing: { node: 'sums', kind: 'mcp', request: { tool: 'add' } } });
  });

  it('are none of a person: those answers are generated all the same', async () => {
    expect(await contractOf(team(CAREFUL), { cassettes: new Map([recorded(4, 9)]) })).toMatchObject({ verdict: 'pass', heard: [{ node: 'editor', from: 'generated' }] });
  });
});
