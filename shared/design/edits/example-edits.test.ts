import { describe, expect, it } from 'vitest';
import type { Json } from '../../json/json';
import { findJson, type ProjectDocument } from '../document';
import { applyEdit } from './apply-edit';
import { invertEdit } from './edit';
import { keepAsExample, ownerOf } from './example-edits';

const file = (value: Json) => ({ kind: 'json', value }) as const;
const document: ProjectDocument = {
  files: {
    'protocols/Base.json': file({ operations: { ask: { kind: 'call', example: { input: 1, output: 2 } }, tell: { kind: 'cast' } } }),
    'protocols/Triage.json': file({ extends: ['Base', 'Round', 'Model'], operations: { tell: { kind: 'call' } } }),
    'protocols/Round.json': file({ extends: ['Round', 'Triage'] }),
  },
};

describe('an example that is kept', () => {
  it('stands where the operation does, and goes with Undo', () => {
    const made = keepAsExample(document, { protocol: 'Triage', operation: 'ask', input: { text: '' } });
    if (typeof made === 'string') throw new Error(made);
    const applied = applyEdit(document, made);
    if (!applied.ok) throw new Error('it did not apply');
    expect(findJson(applied.value, 'protocols/Base.json')).toMatchObject({ operations: { ask: { kind: 'call', example: { text: '' } } } });
    const back = applyEdit(applied.value, invertEdit(made));
    expect(back.ok && back.value.files).toEqual(document.files);
  });

  it.each([['Triage', 'tell', 'Triage'], ['Triage', 'ask', 'Base'], ['Base', 'ask', 'Base'], ['Model', 'complete', undefined], ['Round', 'none', undefined], ['Other', 'x', undefined]])('%s.%s belongs to %s', (protocol, operation, owner) => expect(ownerOf(document, protocol, operation)).toBe(owner));

  it('says why not', () => {
    expect(keepAsExample(document, { protocol: 'Model', operation: 'complete', input: {} })).toBe('Model is not a protocol of this project');
    expect(keepAsExample(document, { protocol: 'Base', operation: 'ask', input: { input: 1, output: 2 } })).toBe('it is the example already');
  });
});
