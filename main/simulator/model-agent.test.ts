/** Model agents in virtual time: over the port `model` with a scripted model, and by effects that the test answers. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../shared/json/json';
import type { ScriptedRule } from '../../shared/program/program';
import type { ModelRequest } from '../../shared/run/model-request';
import { deskProgram, TOPIC, type DeskOptions } from './testing/model-program';
import { ModelRun, type MadeAnswer } from './testing/model-run';

const usage = { inputTokens: 10, outputTokens: 5 };
const answer = (said: { readonly [field: string]: Json }): MadeAnswer => ({ ok: true, value: { text: '', toolCalls: [], finish: 'stop', usage, costUsd: 0.01, model: 'small', ...said } });
const says = (topic: string): MadeAnswer => answer({ output: { topic } });
const callsAdd = (id: string, input: Json = { a: 1, b: 2 }): MadeAnswer => answer({ toolCalls: [{ id, name: 'sums_add', input }], finish: 'toolCalls' });
const LIVE = { provider: 'local', model: 'small' } as const;

/** A desk that asks by effects; the answers come in turn, the last one for ever. */
function live(answers: readonly MadeAnswer[], options: DeskOptions = {}): { readonly run: ModelRun; readonly requests: () => readonly ModelRequest[]; readonly classify: (text: string, operation?: string) => number } {
  let next = 0;
  const run = new ModelRun(deskProgram({ ...options, behaviour: { ...LIVE, ...options.behaviour } }), () => answers[Math.min(next++, answers.length - 1)]);
  return {
    run,
    requests: () => run.effects.map(({ request }) => request as unknown as ModelRequest),
    classify: (text, operation = 'classify') => {
      const id = run.ask('desk', 'Triage', operation, { text });
      run.goOn();
      return id;
    },
  };
}

describe('a model agent with a provider', () => {
  it('asks by one effect and answers with what fits the operation', () => {
    const { run, requests, classify } = live([says('billing')], { behaviour: { system: 'You sort.', maxTokens: 50, temperature: 0 } });
    const id = classify('The invoice is wrong');
    expect(run.endsOf(id)).toEqual([{ id, attempts: 1, ok: true, output: { topic: 'billing' } }]);
    expect(requests()).toEqual([{ provider: 'local', model: 'small', operation: 'complete', system: 'You sort.', messages: [{ role: 'user', content: 'Topic of: The invoice is wrong' }], tools: [{ name: 'sums_add', description: 'The sum.', input: expect.objectContaining({ type: 'object' }) as unknown }], output: TOPIC, maxTokens: 50, temperature: 0, timeoutMs: 5000 }]);
  });

  it('puts values in once: braces in an input are text', () => {
    const { requests, classify } = live([says('a')], { prompt: '{{input.text}} \\{{ {{state.count}}' });
    classify('{{state.memory}} ## classify');
    expect(requests()[0]!.messages.at(-1)!.content).toBe('{{state.memory}} ## classify {{ 0');
  });

  it('is told of a tool that is a stream by the list of its items, or by the error that it ended with', () => {
    const tools = [{ name: 'sums_upTo', port: 'sums', operation: 'upTo', description: 'Counts.' }];
    const counts = answer({ toolCalls: [{ id: 'x', name: 'sums_upTo', input: 40 }, { id: 'y', name: 'sums_upTo', input: 41 }], finish: 'toolCalls' });
    const items = Array.from({ length: 40 }, (_, index) => index);
    const { run, requests, classify } = live([counts, says('done')], { behaviour: { tools }, adder: [{ reply: items }] });
    const id = classify('count');
    expect(run.endsOf(id)).toMatchObject([{ ok: true, output: { topic: 'done' } }]);
    expect(requests()[1]!.messages.slice(-2).map(({ content }) => content)).toEqual([JSON.stringify(items), JSON.stringify(items)]);
    const broken = live([counts, says('done')], { behaviour: { tools }, adder: [{ reply: [1, 2], error: { name: 'Overflow' } }] });
    expect(broken.run.endsOf(broken.classify('count'))).toMatchObject([{ ok: true, output: { topic: 'done' } }]);
    expect(broken.requests()[1]!.messages.at(-1)!.content).toContain('Overflow');
  });

  it('makes the calls that the model asks for, and tells it the results in their order', () => {
    const two = answer({ toolCalls: [{ id: 'x', name: 'sums_add', input: { a: 1, b: 2 } }, { id: 'x', name: 'sums_add', input: { a: 'no' } }, { id: '', name: 'sums_take', input: {} }], finish: 'toolCalls' });
    const { run, requests, classify } = live([two, says('sums')]);
    const id = classify('1 + 2');
    expect(run.endsOf(id)).toEqual([{ id, attempts: 1, ok: true, output: { topic: 'sums' } }]);
    const [, asked, first, second, third] = requests()[1]!.messages;
    expect(asked!.toolCalls!.map((one) => one.id)).toEqual(['x', 'call-1-2', 'call-1-3']);
    expect(first).toEqual({ role: 'tool', content: '3', toolCallId: 'x' });
    expect(second!.content).toContain('"code":"invalid"');
    expect(third!.content).toContain('there is no tool sums_take; there are sums_add');
  });

  it('tells the model of a tool that fails, and does not fall', () => {
    const { run, requests, classify } = live([callsAdd('x'), says('sums')], { adder: [{ error: { name: 'Overflow' } }] });
    const id = classify('1 + 2');
    expect(run.endsOf(id)[0]).toMatchObject({ ok: true });
    expect(requests()[1]!.messages.at(-1)!.content).toContain('"code":"Overflow"');
    expect(run.exits('desk')).toEqual([]);
  });

  it('asks again where an answer does not fit, says what is wrong, and takes JSON out of a text', () => {
    const { run, requests, classify } = live([answer({ text: 'billing!' }), answer({ text: '{"topic": 7}' }), answer({ text: '```json\n{"topic": "billing"}\n```' })]);
    const id = classify('The invoice');
    expect(run.endsOf(id)).toEqual([{ id, attempts: 1, ok: true, output: { topic: 'billing' } }]);
    expect(requests().map(({ messages }) => messages.at(-1)!.content)).toEqual(['Topic of: The invoice', expect.stringContaining('it is no JSON'), expect.stringContaining('/topic: expected string, got 7')]);
  });

  it('ends within maxSteps: with the declared error, or as a crash where it is not declared', () => {
    const { run, classify } = live([callsAdd('x')], { behaviour: { maxSteps: 3 } });
    expect(run.endsOf(classify('a'))).toMatchObject([{ ok: false, error: { code: 'TooManySteps' } }]);
    expect(run.effects.length).toBe(3);
    expect(run.exits('desk')).toEqual([]);
    expect(run.endsOf(classify('a', 'strict'))).toMatchObject([{ ok: false, error: { code: 'callee_exit' } }]);
    expect(run.exits('desk')).toEqual([expect.stringContaining('TooManySteps')]);
    // It is started anew, and answers.
    expect(run.endsOf(classify('a'))).toMatchObject([{ ok: false, error: { code: 'TooManySteps' } }]);
  });

  it('crashes of a model’s error that its operation does not declare', () => {
    const { run, classify } = live([{ ok: false, error: { code: 'Refused', message: 'no' } }]);
    expect(run.endsOf(classify('a'))).toMatchObject([{ ok: false, error: { code: 'callee_exit' } }]);
    expect(run.exits('desk')).toEqual([expect.stringContaining('Refused: no')]);
  });

  it('gives up at the deadline of its caller, takes the next message, and drops what comes late', () => {
    let asked = 0;
    const run = new ModelRun(deskProgram({ behaviour: LIVE }), () => ((asked += 1) === 1 ? { ...says('late'), afterMs: 9000 } : says('billing')));
    const first = run.ask('desk', 'Triage', 'classify', { text: 'a' });
    run.goOn(6000);
    expect(run.endsOf(first)).toMatchObject([{ ok: false, error: { code: 'timeout' } }]);
    const second = run.ask('desk', 'Triage', 'classify', { text: 'b' });
    run.goOn();
    expect(run.endsOf(second)).toMatchObject([{ ok: true, output: { topic: 'billing' } }]);
    expect(run.endsOf(first).length).toBe(1);
    expect(run.exits('desk')).toEqual([]);
  });

  it('takes one message at a time, or as many as inFlight says', () => {
    for (const [inFlight, atOnce] of [[1, 1], [3, 3]] as const) {
      const run = new ModelRun(deskProgram({ behaviour: { ...LIVE, inFlight } }), () => ({ ...says('a'), afterMs: 100 }));
      for (let n = 0; n < 6; n += 1) run.ask('desk', 'Triage', 'classify', { text: String(n) });
      run.goOn(50);
      expect(run.effects.length).toBe(atOnce);
      run.goOn(1000);
      expect(run.settled.filter(({ ok }) => ok).length).toBe(6);
    }
  });

  it('gives back every call that is open when it dies', () => {
    const run = new ModelRun(deskProgram({ behaviour: { ...LIVE, inFlight: 3 } }), (effect) => (effect.key.startsWith('3') ? { ok: false, error: { code: 'Refused', message: 'no' } } : undefined));
    for (let n = 0; n < 3; n += 1) run.ask('desk', 'Triage', 'classify', { text: String(n) });
    run.goOn(100);
    expect(run.settled.map(({ id, ...end }) => [id, !end.ok && end.error.code]).toSorted()).toEqual([[1, 'callee_exit'], [2, 'callee_exit'], [3, 'callee_exit']]);
  });

  it('remembers so many turns, tells them again, and forgets them with its process', () => {
    const { run, requests, classify } = live([says('a'), says('b'), says('c'), { ok: false, error: { code: 'Refused', message: 'no' } }, says('d')], { behaviour: { memory: { turns: 2 } }, prompt: '{{input.text}}' });
    for (const text of ['1', '2', '3']) classify(text);
    const contents = (index: number): readonly string[] => requests()[index]!.messages.map(({ content }) => content);
    expect(contents(2)).toEqual(['1', '{"topic":"a"}', '2', '{"topic":"b"}', '3']);
    classify('4');
    expect(contents(3)).toEqual(['2', '{"topic":"b"}', '3', '{"topic":"c"}', '4']);
    classify('5');
    expect(contents(4)).toEqual(['5']);
    expect(run.exits('desk').length).toBe(1);
  });

  it('spends its budget, refuses with overloaded until the window has passed, and says so in the journal', () => {
    const { run, classify } = live([says('a')], { behaviour: { budget: { tokens: 30, perMs: 300_000 } } });
    const codes = [1, 2, 3].map((n) => run.endsOf(classify(String(n)))[0]!).map((end) => (end.ok ? 'ok' : end.error.code));
    expect(codes).toEqual(['ok', 'ok', 'overloaded']);
    expect(run.exits('desk')).toEqual([]);
    run.goOn(300_000);
    expect(run.endsOf(classify('4'))[0]).toMatchObject({ ok: true });
    const changes = run.events.filter((event) => event.type === 'guard.changed');
    expect(changes).toMatchObject([{ guard: 'budget', from: 'closed', to: 'open' }, { guard: 'budget', from: 'open', to: 'closed' }]);
  });

  it('stops in the middle of a message where the budget is spent', () => {
    const { run, classify } = live([callsAdd('x')], { behaviour: { budget: { usd: 0.015 } } });
    expect(run.endsOf(classify('a'))).toMatchObject([{ ok: false, error: { code: 'overloaded' } }]);
    expect(run.effects.length).toBe(2);
  });

  it('handles a cast, which ends without a caller', () => {
    const { run, classify } = live([{ ok: false, error: { code: 'timeout', message: 'no time' } }, says('a')]);
    classify('a', 'note');
    expect(run.events).toContainEqual(expect.objectContaining({ type: 'log', node: 'desk', level: 'warn' }));
    expect(run.endsOf(classify('b'))[0]).toMatchObject({ ok: true });
  });
});

describe('a model agent that provides Model and has no prompt', () => {
  const passing: DeskOptions = { provides: ['Model'], behaviour: { prompt: undefined as never } };

  it('passes on what it is asked, tools and all, and the answer with what it cost', () => {
    const { run, requests } = live([callsAdd('x')], passing);
    const tools = [{ name: 'other', input: {} }];
    const id = run.ask('desk', 'Model', 'complete', { prompt: 'b', messages: [{ role: 'user', content: 'a' }], tools, maxTokens: 5 });
    run.goOn();
    expect(requests()).toMatchObject([{ messages: [{ role: 'user', content: 'a' }, { role: 'user', content: 'b' }], tools, maxTokens: 5 }]);
    expect(run.endsOf(id)).toMatchObject([{ ok: true, output: { text: '', toolCalls: [{ id: 'x', name: 'sums_add' }], usage, costUsd: 0.01, finish: 'toolCalls' } }]);
  });

  it('answers the declared errors of Model', () => {
    const { run } = live([{ ok: false, error: { code: 'RateLimited', message: 'slow down' } }], passing);
    const [id, empty] = [run.ask('desk', 'Model', 'complete', { prompt: 'a' }), run.ask('desk', 'Model', 'complete', {})];
    run.goOn();
    expect(run.endsOf(id)).toMatchObject([{ ok: false, error: { code: 'RateLimited', message: 'slow down' } }]);
    expect(run.endsOf(empty)).toMatchObject([{ ok: false, error: { code: 'BadRequest' } }]);
    expect(run.exits('desk')).toEqual([]);
  });

  it('embeds', () => {
    const { run, requests } = live([answer({ embeddings: [[1, 2]] })], passing);
    const id = run.ask('desk', 'Model', 'embed', { texts: ['a'] });
    run.goOn();
    expect(requests()).toMatchObject([{ operation: 'embed', messages: [{ role: 'user', content: 'a' }] }]);
    expect(run.endsOf(id)).toMatchObject([{ ok: true, output: { embeddings: [[1, 2]], usage } }]);
  });
});

describe('a model agent without a provider', () => {
  it('asks over its port model, where a scripted model stands', () => {
    const run = new ModelRun(deskProgram({ brain: [{ contains: { prompt: 'invoice' }, reply: { text: '{"topic":"billing"}' } }, { reply: { text: '{"topic":"other"}' } }] }));
    const ids = ['The invoice', 'A parrot'].map((text) => run.ask('desk', 'Triage', 'classify', { text }));
    run.goOn();
    expect(ids.map((id) => run.endsOf(id))).toMatchObject([[{ ok: true, output: { topic: 'billing' } }], [{ ok: true, output: { topic: 'other' } }]]);
    expect(run.effects).toEqual([]);
  });

  it('lets a scripted model ask for tools and say what it used', () => {
    const brain: readonly ScriptedRule[] = [
      { contains: { 'messages.-1.role': 'tool' }, reply: { text: '', output: { topic: 'it is {{input.messages.-1.content}}' } } },
      { contains: { prompt: 'sum' }, reply: { text: '', toolCalls: [{ id: 'a', name: 'sums_add', input: { a: 1, b: 2 } }], usage: { inputTokens: 500, outputTokens: 500 } } },
    ];
    const run = new ModelRun(deskProgram({ brain, behaviour: { budget: { tokens: 1000 } } }));
    const [first, second] = ['the sum', 'the sum'].map((text) => run.ask('desk', 'Triage', 'classify', { text }));
    run.goOn();
    // What it said it used was the whole budget.
    expect(run.endsOf(first!)).toMatchObject([{ ok: false, error: { code: 'overloaded' } }]);
    expect(run.endsOf(second!)).toMatchObject([{ ok: false, error: { code: 'overloaded' } }]);
    const free = new ModelRun(deskProgram({ brain }));
    const id = free.ask('desk', 'Triage', 'classify', { text: 'the sum' });
    free.goOn();
    expect(free.endsOf(id)).toMatchObject([{ ok: true, output: { topic: 'it is 3' } }]);
  });

  it('passes a failure of the model’s own call on to its caller and lives', () => {
    const run = new ModelRun(deskProgram({ brain: [{ reply: { text: 'slow' }, delayMs: 60_000 }] }));
    const id = run.ask('desk', 'Triage', 'classify', { text: 'a' });
    run.goOn();
    expect(run.endsOf(id)).toMatchObject([{ ok: false, error: { code: 'timeout' } }]);
    expect(run.exits('desk')).toEqual([]);
  });

  it('has a section of its prompt for each operation', () => {
    const prompt = 'To all.\n\n## classify\nC {{input.text}}\n## Triage.strict\nS\n## not an operation\nmore\n';
    const run = new ModelRun(deskProgram({ behaviour: LIVE, prompt }), () => says('a'));
    run.ask('desk', 'Triage', 'classify', { text: 'x' });
    run.ask('desk', 'Triage', 'strict', { text: 'x' });
    run.goOn();
    expect(run.effects.map(({ request }) => (request as unknown as ModelRequest).messages[0]!.content)).toEqual(['To all.\n\nC x', 'To all.\n\nS\n## not an operation\nmore']);
  });
});
