import { describe, expect, it } from 'vitest';
import type { Json } from '../json/json';
import { addField, deleteField, letOthersIn, letsOthersIn, listFields, refuseFieldName, renameField, requireField, setField, shapeOf, SHAPES, withDoc, withShape } from './schema-fields';
import { parseLimits, wordLimits } from './schema-limits';

const TICKET: Json = { type: 'object', properties: { id: { type: 'string', description: 'Its number.' }, size: { type: 'integer', minimum: 1 } }, required: ['id'], additionalProperties: false };

describe('the shape of a schema', () => {
  it.each([
    [undefined, 'any'], [true, 'any'], [{}, 'any'], [{ description: 'x' }, 'any'], [7, 'custom'],
    [{ type: 'string', minLength: 1 }, 'string'], [{ type: 'array', items: {} }, 'list'], [{ enum: ['a'] }, 'choice'], [{ type: 'string', enum: ['a'] }, 'choice'],
    [{ $ref: '#/definitions/x' }, 'ref'], [{ anyOf: [{}] }, 'custom'], [{ type: ['string', 'null'] }, 'custom'], [{ type: 'integer', multipleOf: 2 }, 'custom'], [{ const: 1 }, 'custom'], [TICKET, 'object'],
  ] as const)('%j is %s', (schema, shape) => expect(shapeOf(schema)).toBe(shape));

  it.each(SHAPES)('%s: what is made of it has it', (shape) => expect(shapeOf(withShape({ type: 'string', description: 'kept', maxLength: 3 }, shape))).toBe(shape));
  it('another shape keeps the words and drops the limits', () => expect(withShape({ type: 'string', description: 'kept', maxLength: 3 }, 'integer')).toEqual({ type: 'integer', description: 'kept' }));
});

describe('a table of fields', () => {
  it('lists name, shape, whether it must be there, and words', () => expect(listFields(TICKET).map(({ name, shape, isRequired, doc }) => [name, shape, isRequired, doc])).toEqual([['id', 'string', true, 'Its number.'], ['size', 'integer', false, '']]));
  it('is empty for what is no simple object', () => expect([listFields({ anyOf: [] }), listFields(undefined), listFields('x')]).toEqual([[], [], []]));
  it('adds a field under a free name', () => {
    const one = addField({ type: 'object', properties: {} });
    expect(one).toEqual({ name: 'field', schema: { type: 'object', properties: { field: { type: 'string' } }, required: ['field'] } });
    expect(addField(one.schema).name).toBe('field2');
  });
  it('renames in place, also where it is required', () => expect(JSON.stringify(renameField(TICKET, 'id', 'number'))).toBe(JSON.stringify({ ...TICKET, properties: { number: { type: 'string', description: 'Its number.' }, size: { type: 'integer', minimum: 1 } }, required: ['number'] })));
  it('sets, requires in the order of the fields, frees and deletes', () => {
    expect(listFields(setField(TICKET, 'size', { type: 'number' }))[1]!.shape).toBe('number');
    const both = requireField({ ...TICKET, required: ['size'] }, 'id', true);
    expect(both).toMatchObject({ required: ['id', 'size'] });
    expect(requireField(both, 'size', false)).toMatchObject({ required: ['id'] });
    expect(deleteField(both, 'id')).toEqual({ ...TICKET, properties: { size: { type: 'integer', minimum: 1 } }, required: ['size'] });
  });
  it('refuses names that are taken, empty or reach a prototype', () => {
    expect(refuseFieldName(TICKET, 'size', 'id')).toBe('There is a field size already.');
    expect(refuseFieldName(TICKET, 'id', 'id')).toBeUndefined();
    expect(refuseFieldName(TICKET, '')).toBeDefined();
    expect(refuseFieldName(TICKET, '__proto__')).toBeDefined();
  });
  it('lets other fields in or not, and has words', () => {
    expect(letsOthersIn(TICKET)).toBe(false);
    expect(letsOthersIn(letOthersIn(TICKET, true))).toBe(true);
    expect(letOthersIn(letOthersIn(TICKET, true), false)).toEqual(TICKET);
    expect(withDoc(withDoc({ type: 'string' }, 'a'), '')).toEqual({ type: 'string' });
  });
});

describe('limits as one line', () => {
  it.each([
    [{ type: 'string' }, '1 to 32 000', { type: 'string', minLength: 1, maxLength: 32_000 }],
    [{ type: 'string', description: 'x' }, 'at most 5', { type: 'string', description: 'x', maxLength: 5 }],
    [{ type: 'integer', maximum: 9 }, '1 or more', { type: 'integer', minimum: 1 }],
    [{ type: 'number' }, '-1.5 to 2', { type: 'number', minimum: -1.5, maximum: 2 }],
    [{ type: 'array', items: {} }, '3', { type: 'array', items: {}, minItems: 3, maxItems: 3 }],
    [{ enum: ['x'] }, 'billing, technical, 7', { enum: ['billing', 'technical', 7] }],
    [{ type: 'integer', minimum: 1 }, '', { type: 'integer' }],
  ] as const)('%j with %s', (schema, text, expected) => {
    const parsed = parseLimits(schema, text);
    expect(parsed).toEqual({ ok: true, schema: expected });
    expect(wordLimits(expected)).toBe(text);
  });
  it.each([
    [{ type: 'string' }, 'some'], [{ type: 'string' }, '-1 to 4'], [{ type: 'integer' }, '9 to 1'], [{ type: 'array' }, '1.5 or more'], [{ enum: ['a'] }, ' , '], [{ enum: ['a'] }, 'a, a'],
  ] as const)('%j refuses "%s" with words', (schema, text) => expect(parseLimits(schema, text)).toMatchObject({ ok: false, refusal: expect.stringMatching(/\.$/) as unknown }));
  it('a choice that looks like another value is written as JSON', () => expect(wordLimits({ enum: ['true', true, 'a, b', ''] })).toBe('"true", true, "a, b", ""'));
});
