import { expect, it } from 'vitest';
import type { Json } from '../json/json';
import type { ValueSchema } from '../schema/value-schema';
import { proposeTemplate } from './propose-template';
import { listTemplateFaults } from './template';

const object = (properties: Readonly<Record<string, ValueSchema>>, required: readonly string[]): ValueSchema => ({ type: 'object', properties, required });
const text: ValueSchema = { type: 'string' };
const asked = object({ text, topic: text, 'a.b': text }, ['text']);

const rows: readonly (readonly [string, ValueSchema, Json])[] = [
  ['fields of the same name are taken over', object({ text, other: text }, ['text']), { text: { $: 'input.text' } }],
  ['what is not there and must be is a constant', object({ text, messages: { type: 'array', items: text } }, ['messages']), { messages: [], text: { $: 'input.text' } }],
  ['what may be absent is left out', object({ other: text }, []), { $: 'input' }],
  ['a value that is no object is taken over whole', text, { $: 'input' }],
  ['a name with a dot is no path', object({ 'a.b': text }, ['a.b']), { 'a.b': null }],
  ['a constant that looks like an expression is marked', object({ odd: { const: { $: 'x' } } }, ['odd']), { odd: { $literal: { $: 'x' } } }],
];
it.each(rows)('%s', (_, to, template) => {
  expect(proposeTemplate(asked, to, 'input')).toEqual(template);
  expect(listTemplateFaults(template, ['input'])).toEqual([]);
});
