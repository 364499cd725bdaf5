/** Streams of models in virtual time: what a reader gets, of what it is told and how often, and what happens when it goes away. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../shared/json/json';
import type { ScriptedRule } from '../../shared/program/program';
import type { ModelPiece } from '../../shared/run/model-request';
import { deskProgram, type DeskOptions } from './testing/model-program';
import { ModelRun, type MadeAnswer } from './testing/model-run';

const usage = { inputTokens: 10, outputTokens: 5 };
const LIVE = { provider: 'local', model: 'small' } as const;
const said = (text: string, pieces: readonly ModelPiece[] = []): MadeAnswer => ({ pieces, ok: true, value: { text, toolCalls: [], finish: 'stop', usage, costUsd: 0.01, model: 'small' } });
const piecesOf = (...texts: readonly string[]): readonly ModelPiece[] => texts.map((text, index) => ({ at: texts.slice(0, index).join('').length, text }));
const LAST = { text: '', toolCalls: [], finish: 'stop', usage, costUsd: 0.01, model: 'small' };
const failed = (pieces: readonly ModelPiece[] = []): MadeAnswer => ({ pieces, ok: false, error: { code: 'Unavailable', message: 'cut off' } });

/** Passes on what is asked of `Model`, by effects. */
function passing(answers: readonly MadeAnswer[], options: DeskOptions = {}): ModelRun {
  let next = 0;
  return new ModelRun(deskProgram({ provides: ['Model'], prompt: null, ...options, behaviour: { ...LIVE, tools: [], ...options.behaviour } }), () => answers[Math.min(next++, answers.length - 1)]);
}
function ask(run: ModelRun, protocol = 'Model', operation = 'stream', input: Json = { prompt: 'Hi' }): readonly unknown[] {
  const id = run.ask('desk', protocol, operation, input);
  run.goOn();
  return run.endsOf(id).map((end) => (end.ok ? end.output : end.error));
}
const texts = (items: unknown): readonly string[] => (items as readonly { readonly text: string }[]).map(({ text }) => text);

describe('a model agent that passes on a stream', () => {
  it('gives the pieces as they come, and at the end what `complete` says besides the text', () => {
    const run = passing([said('Hello there', piecesOf('Hel', 'lo ', 'there'))]);
    expect(ask(run)).toEqual([[{ text: 'Hel' }, { text: 'lo ' }, { text: 'there' }, LAST]]);
    expect(run.effects.map(({ request }) => request)).toMatchObject([{ operation: 'stream', messages: [{ content: 'Hi' }] }]);
  });

  const rows: readonly (readonly [string, readonly ModelPiece[], readonly string[]])[] = [
    ['nothing before its end', [], ['Hello there']],
    ['less than all', piecesOf('Hel'), ['Hel', 'lo there']],
    ['some of it again', [...piecesOf('Hel', 'lo'), { at: 0, text: 'Hello th' }], ['Hel', 'lo', ' th', 'ere']],
    ['nothing of its beginning', [{ at: 5, text: ' there' }], ['Hello there']],
    ['pieces twice', [...piecesOf('Hel', 'lo'), ...piecesOf('Hel', 'lo')], ['Hel', 'lo', ' there']],
    ['what is no piece', [{ at: 0, text: '' }, { at: -1, text: 'x' }, 'x' as never], ['Hello there']],
  ];
  it.each(rows)('gives each letter once where it is told %s', (_, pieces, expected) => {
    expect(texts(ask(passing([said('Hello there', pieces)]))[0])).toEqual([...expected, '']);
  });

  it('ends with an error where the answer is another than its pieces', () => {
    expect(ask(passing([said('Howdy', piecesOf('Hel'))]))).toMatchObject([{ code: 'Unavailable', message: expect.stringContaining('another than what was told') as string }]);
  });

  it('ends with the error that the model ended with', () => {
    expect(ask(passing([failed(piecesOf('Hel'))]))).toMatchObject([{ code: 'Unavailable', message: 'cut off', node: 'desk' }]);
  });

  it('is asked again from the beginning: a new stream is no heir of an old one', () => {
    const run = passing([failed(piecesOf('Hel')), said('Howdy', piecesOf('How', 'dy'))]);
    expect(ask(run)).toMatchObject([{ code: 'Unavailable' }]);
    expect(texts(ask(run)[0])).toEqual(['How', 'dy', '']);
  });

  it('that takes longer than its reader has is given up at the core', () => {
    const run = passing([{ ...said('late', piecesOf('la')), afterMs: 20_000 }]);
    expect(ask(run)).toMatchObject([{ code: 'timeout' }]);
    expect(run.abandoned).toEqual([run.effects[0]!.key]);
    expect(run.events).toContainEqual(expect.objectContaining({ type: 'effect.abandoned', key: run.effects[0]!.key }));
  });

  it('counts what was told of an answer that was given up against its budget', () => {
    const run = passing([{ ...said('late', piecesOf('x'.repeat(400))), afterMs: 20_000 }], { behaviour: { ...LIVE, budget: { tokens: 100 } } });
    expect(ask(run)).toMatchObject([{ code: 'timeout' }]);
    expect(ask(run)).toMatchObject([{ code: 'overloaded', message: expect.stringContaining('its budget is spent (101 tokens') as string }]);
    expect(run.effects).toHaveLength(1);
  });
});

describe('a model agent that reads a stream over its wire', () => {
  /** `desk` passes on to the scripted `brain`. */
  const over = (brain: readonly ScriptedRule[]): ModelRun => new ModelRun(deskProgram({ provides: ['Model'], prompt: null, brain, behaviour: { tools: [] } }));

  it('passes on what the scripted model says word by word, with what it says at the end', () => {
    expect(ask(over([{ reply: { text: 'Good day to you', finish: 'length' } }]))).toEqual([[{ text: 'Good ' }, { text: 'day ' }, { text: 'to ' }, { text: 'you' }, { text: '', toolCalls: [], finish: 'length', usage: { inputTokens: 1, outputTokens: 4 }, costUsd: null, model: '' }]]);
  });

  it('loses nothing of an answer that is longer than what may be under way', () => {
    const words = Array.from({ length: 200 }, (_, index) => `w${index} `);
    expect(texts(ask(over([{ reply: { text: words.join('') } }]))[0])).toEqual([...words, '']);
  });

  it('passes on the items of a list, and the error that it ends with', () => {
    expect(ask(over([{ reply: [{ text: 'a' }, { text: 'b' }], error: { name: 'Refused' } }]))).toMatchObject([{ code: 'Refused' }]);
  });

  it('takes as long as its rule says', () => {
    const run = over([{ reply: { text: 'a b c d' }, delayMs: 400 }]);
    const beganMs = run.nowMs;
    const id = run.ask('desk', 'Model', 'stream', { prompt: 'Hi' });
    run.goOn(399);
    expect(run.endsOf(id)).toEqual([]);
    run.goOn(10);
    expect([run.endsOf(id).length, beganMs > 0]).toEqual([1, true]);
  });

  it('asks a model that leaves `stream` out for all at once', () => {
    const run = over([{ operation: 'complete', reply: { text: 'all at once' } }]);
    expect(texts(ask(run)[0])).toEqual(['all at once', '']);
  });
});

describe('a model agent with a stream of its own', () => {
  const own = (answers: readonly MadeAnswer[], options: DeskOptions = {}): ModelRun => {
    let next = 0;
    return new ModelRun(deskProgram({ provides: ['Letters'], prompt: 'Answer: {{input.text}}', ...options, behaviour: { ...LIVE, tools: [], ...options.behaviour } }), () => answers[Math.min(next++, answers.length - 1)]);
  };
  const draft = (run: ModelRun): readonly unknown[] => ask(run, 'Letters', 'draft', { text: 'Dear' });

  it('says the text in pieces', () => {
    const run = own([said('Dear you', piecesOf('Dear', ' you'))]);
    expect(draft(run)).toEqual([['Dear', ' you']]);
    expect(run.effects.map(({ request }) => request)).toMatchObject([{ operation: 'stream', messages: [{ content: 'Answer: Dear' }] }]);
  });

  it('says it at the end where a tool, or a schema, can still make another answer of it', () => {
    const calls: MadeAnswer = { ok: true, value: { text: 'Let me see', toolCalls: [{ id: 'x', name: 'sums_add', input: { a: 1, b: 2 } }], finish: 'toolCalls', usage, costUsd: 0.01, model: 'small' } };
    const run = own([calls, said('It is 3')], { behaviour: { ...LIVE, tools: [{ name: 'sums_add', port: 'sums', operation: 'add' }] } });
    expect(draft(run)).toEqual([['It is 3']]);
    expect(run.effects.map(({ request }) => request)).toMatchObject([{ operation: 'complete' }, { operation: 'complete' }]);
  });

  const counts: MadeAnswer = { ok: true, value: { text: '', toolCalls: [{ id: 'x', name: 'sums_count', input: {} }], finish: 'toolCalls', usage, costUsd: 0.01, model: 'small' } };
  const tool: DeskOptions = { behaviour: { ...LIVE, tools: [{ name: 'sums_count', port: 'sums', operation: 'count' }] } };
  const rows: readonly (readonly [string, ScriptedRule, string])[] = [
    ['all at once', { reply: Array.from({ length: 100 }, (_, index) => index) }, JSON.stringify(Array.from({ length: 100 }, (_, index) => index))],
    ['that there is nothing', { reply: [] }, '[]'],
    ['how it broke off', { reply: [1, 2], error: { name: 'Overflow' } }, '"code":"Overflow"'],
    ['that there is too much', { reply: Array.from({ length: 10_001 }, () => 1) }, 'the stream was not read to its end: it has more than 10000 items'],
  ];
  it.each(rows)('of a tool that streams the model is told %s', (_, rule, expected) => {
    const run = own([counts, said('counted')], { ...tool, adder: [rule] });
    expect(draft(run)).toEqual([['counted']]);
    expect((run.effects[1]!.request as { readonly messages: readonly { readonly content: string }[] }).messages.at(-1)!.content).toContain(expected);
  });

  it('remembers what it said, and counts it', () => {
    const run = own([said('Dear you', piecesOf('Dear'))], { prompt: '{{state.count}} {{state.memory}}', behaviour: { ...LIVE, tools: [], memory: { turns: 2 } } });
    draft(run);
    draft(run);
    expect(run.effects[1]!.request).toMatchObject({ messages: [{ content: '0 ' }, { role: 'assistant', content: 'Dear you' }, { content: expect.stringContaining('1 user: 0') as string }] });
  });
});
