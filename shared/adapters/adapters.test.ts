import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { Json } from '../json/json';
import { fitsSchema } from '../schema/fits-schema';
import { findMismatch } from '../schema/validate-value';
import type { ValueSchema } from '../schema/value-schema';
import { arbitrarySchema, arbitraryValue } from '../schema/testing/arbitrary-schema';
import { adaptError, adaptInput, adaptOutput, type ProgramAdapter } from './adapt';
import { evaluate, MOST_BUILT, TooLarge } from './evaluate';
import { DEEPEST_TEMPLATE, listTemplateFaults, MOST_TEMPLATE_PARTS } from './template';
import { inferTemplate } from './template-schema';

const input: Json = { name: 'Ada', size: 2, is: true, tags: ['a', 'b'], rows: [{ n: 1, list: [1, 2] }, { n: 2, list: [] }], deep: { text: 'x' }, nothing: null };

describe('a template builds', () => {
  it.each<[Json, Json]>([
    ['plain', 'plain'],
    [[1, null, { a: true }], [1, null, { a: true }]],
    ['{{input.name}} has {{input.size}}{{input.lost}}', 'Ada has 2'],
    ['{{ input.deep }} {{no path}} {{', '{"text":"x"} {{no path}} {{'],
    [{ $: 'input.deep.text' }, 'x'],
    [{ $: 'input' }, input],
    [{ $: 'input.tags.1' }, 'b'],
    [{ $: 'input.nothing' }, null],
    [{ $: 'input.lost' }, null],
    [{ $: 'input.name.length' }, null],
    [{ $: 'input.lost', default: { $: 'input.size' } }, 2],
    [{ a: { $: 'input.lost' }, b: [{ $: 'input.lost' }, 1] }, { b: [1] }],
    [{ $concat: [{ $: 'input.name' }, '-', { $: 'input.size' }, { $: 'input.lost' }] }, 'Ada-2'],
    [{ $join: { of: 'input.tags', with: ', ' } }, 'a, b'],
    [{ $join: { of: 'input.name' } }, null],
    [{ $merge: [{ $: 'input.deep' }, { more: 1 }, { text: 'y' }, 7] }, { text: 'y', more: 1 }],
    [{ $map: { of: 'input.rows', as: { id: '{{index}}', n: { $: 'item.n' }, twice: { $map: { of: 'item.list', as: { $: 'item' } } } } } }, [{ id: '0', n: 1, twice: [1, 2] }, { id: '1', n: 2, twice: [] }]],
    [{ $map: { of: 'input.name', as: 1 } }, null],
    [{ $match: { of: 'input.size', cases: { 1: 'one', 2: 'two' } } }, 'two'],
    [{ $match: { of: 'input.is', cases: { true: 'yes' }, else: 'no' } }, 'yes'],
    [{ $match: { of: 'input.deep', cases: { x: 1 }, else: 'else' } }, 'else'],
    [{ $match: { of: 'input.lost', cases: { '': 1 } } }, null],
    [{ $literal: { $: 'input.name', text: '{{input.name}}' } }, { $: 'input.name', text: '{{input.name}}' }],
  ])('%j is %j', (template, built) => {
    expect(listTemplateFaults(template, ['input'])).toEqual([]);
    expect(evaluate(template, { input })).toEqual(built);
  });

  it('a field called __proto__ like any other', () => {
    const template = JSON.parse('{"__proto__":{"$":"input.name"}}') as Json;
    expect(Object.entries(evaluate(template, { input }) as object)).toEqual([['__proto__', 'Ada']]);
  });
});

describe('no template is', () => {
  it.each<[Json, string, string]>([
    [{ $: 'output.text' }, '$', 'there is no output here; a path begins with input'],
    [{ $: 'input..text' }, '$', 'is no path'],
    [{ $: 7 }, '$', 'is no path'],
    [{ a: { $eval: 'process.exit()' } }, 'a.$eval', '$eval is no word'],
    [{ $: 'input', extra: 1 }, '', 'beside $ stands extra'],
    [{ $map: { of: 'input.rows', as: { $map: { of: 'input.rows', as: 1 } } } }, '$map.as.$map.of', 'begins at item'],
    [{ $map: { of: 'input.rows' } }, '$map', '$map takes'],
    [{ $concat: 'x' }, '$concat', 'takes a list'],
    [{ $match: { of: 'input.a', cases: [] } }, '$match', '$match takes'],
    [{ $join: { of: 'input.a', with: 1 } }, '$join.with', 'is a text'],
    ['{{item.n}}', '', 'there is no item here'],
    [Array.from({ length: MOST_TEMPLATE_PARTS + 1 }, () => 1), String(MOST_TEMPLATE_PARTS - 1), 'parts'],
    [Array.from({ length: DEEPEST_TEMPLATE + 1 }).reduce<Json>((inner) => [inner], 1), Array.from({ length: DEEPEST_TEMPLATE + 1 }, () => '0').join('.'), 'levels'],
  ])('%j', (template, path, message) => {
    const [fault] = listTemplateFaults(template, ['input']);
    expect(fault?.path).toBe(path);
    expect(fault?.message).toContain(message);
  });
});

describe('the work of a template', () => {
  it('has a bound, also where a large value is copied often', () => {
    const rows = Array.from({ length: 1000 }, () => ({ text: 'x' }));
    expect(() => evaluate({ $map: { of: 'input.rows', as: { $: 'input' } } }, { input: { rows } })).toThrow(TooLarge);
    const adapter: ProgramAdapter = { protocol: 'Q', operations: { ask: { to: 'tell', errors: {}, input: { $map: { of: 'input.rows', as: { $: 'input' } } } } } };
    expect(adaptInput(adapter, 'ask', { rows })).toEqual({ ok: false, message: `an adapter builds at most ${MOST_BUILT} values for a message` });
  });

  it.each<[string, Json]>([
    ['a text', { $map: { of: 'input.rows', as: '{{input.long}} and {{input.long}}' } }],
    ['a concatenation', { $map: { of: 'input.rows', as: { $concat: ['x', { $: 'input.long' }] } } }],
    ['a join', { $map: { of: 'input.rows', as: { $join: { of: 'input.both', with: '-' } } } }],
    ['a copy', { $map: { of: 'input.rows', as: { $: 'input.long' } } }],
  ])('has a bound where %s repeats a long text', (_, template) => {
    const long = 'x'.repeat(100_000);
    expect(listTemplateFaults(template, ['input'])).toEqual([]);
    expect(() => evaluate(template, { input: { long, both: [long, long], rows: Array.from({ length: 10_000 }, () => 1) } })).toThrow(TooLarge);
  });
});

const field = fc.constantFrom('a', 'b', 'toString', '0');
const path = fc.tuple(fc.constantFrom('input', 'output'), fc.array(field, { maxLength: 2 })).map(([root, steps]) => [root, ...steps].join('.'));
const { template: templates } = fc.letrec<{ template: Json }>((tie) => ({
  template: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Json>('a', 1, null, true),
    path.map((one) => ({ $: one })),
    path.map((one) => `<{{${one}}}>`),
    fc.tuple(path, tie('template')).map(([one, otherwise]) => ({ $: one, default: otherwise })),
    fc.array(tie('template'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('a', 'b'), tie('template'), { maxKeys: 2 }),
    fc.array(tie('template'), { maxLength: 2 }).map((list) => ({ $merge: list })),
    fc.array(tie('template'), { maxLength: 2 }).map((list) => ({ $concat: list })),
    path.map((of) => ({ $join: { of } })),
    fc.tuple(path, fc.constantFrom<Json>({ $: 'item' }, { $: 'item.a' }, { n: { $: 'index' } })).map(([of, as]) => ({ $map: { of, as } })),
    fc.tuple(path, fc.dictionary(fc.constantFrom('a', '1', 'true'), tie('template'), { maxKeys: 2 }), tie('template')).map(([of, cases, otherwise]) => ({ $match: { of, cases, else: otherwise } })),
  ),
}));

describe('the schema of a template', () => {
  test.prop([templates, arbitrarySchema, arbitrarySchema, fc.array(arbitraryValue, { minLength: 6, maxLength: 6 })], { numRuns: 4000 })('takes all that it builds', (template, inputs, outputs, values) => {
    expect(listTemplateFaults(template, ['input', 'output'])).toEqual([]);
    const { schema, mayMiss } = inferTemplate(template, { input: inputs, output: outputs });
    for (const one of values.filter((value) => fitsSchema(inputs, value))) {
      for (const other of values.filter((value) => fitsSchema(outputs, value))) {
        const built = evaluate(template, { input: one, output: other });
        if (!(mayMiss && built === null)) expect(findMismatch(schema, built)).toBeUndefined();
      }
    }
  });

  it('is exact where it can be', () => {
    const ask: ValueSchema = { type: 'object', properties: { text: { type: 'string' }, size: { enum: ['s', 'l'] }, list: { type: 'array', items: { type: 'integer' }, minItems: 1 } }, required: ['text', 'size', 'list'] };
    const { schema } = inferTemplate({ prompt: '{{input.text}}!', n: { $match: { of: 'input.size', cases: { s: 1, l: 2 } } }, each: { $map: { of: 'input.list', as: { $: 'item' } } } }, { input: ask });
    expect(schema).toEqual({ type: 'object', properties: { prompt: { type: 'string', minLength: 1 }, n: { enum: [1, 2] }, each: { type: 'array', items: { type: 'integer' }, minItems: 1 } }, required: ['prompt', 'n', 'each'], additionalProperties: false });
  });
});

describe('an adapter', () => {
  const adapter: ProgramAdapter = {
    protocol: 'Chat',
    operations: {
      complete: { to: 'ask', input: { question: { $: 'input.prompt' } }, output: { text: { $: 'output.answer' }, asked: { $: 'input.prompt' } }, errors: { Busy: 'RateLimited' }, answer: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] } },
      plain: { to: 'plain', errors: {} },
    },
  };
  it('translates a call, its answer and its errors', () => {
    expect(adaptInput(adapter, 'complete', { prompt: 'hi' })).toEqual({ ok: true, value: { protocol: 'Chat', operation: 'ask', input: { question: 'hi' } } });
    expect(adaptOutput(adapter, 'complete', { input: { prompt: 'hi' }, output: { answer: 'yes' } })).toEqual({ ok: true, value: { text: 'yes', asked: 'hi' } });
    expect(['Busy', 'timeout', 'toString'].map((code) => adaptError(adapter, 'complete', code))).toEqual(['RateLimited', 'timeout', 'toString']);
  });
  it('lets through what it says nothing of', () => expect([adaptInput(adapter, 'plain', 7), adaptOutput(adapter, 'plain', { input: 7, output: 8 })]).toEqual([{ ok: true, value: { protocol: 'Chat', operation: 'plain', input: 7 } }, { ok: true, value: 8 }]));
  it('says what it cannot translate', () => {
    expect(adaptInput(adapter, 'toString', 7)).toMatchObject({ ok: false, message: 'the adapter knows no operation toString' });
    expect(adaptOutput(adapter, 'complete', { input: {}, output: { answer: 7 } })).toEqual({ ok: false, message: 'the adapted answer of complete: /text: expected string, got 7' });
  });
});
