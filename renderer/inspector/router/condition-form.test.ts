import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../shared/json/json';
import { listPaths, readValue, rowOf, testOf, writeValue } from './condition-form';

// JSON has no -0.
const json = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as Json);

test.prop([json], { seed: 7 })('a value that is typed out is read as itself (seed 7)', (value) => {
  expect(readValue(writeValue(value))).toEqual(value);
});
test.prop([fc.stringMatching(/^[a-z]{1,8}(\.[a-z]{1,8}){0,2}$/), fc.constantFrom('equals', 'contains'), json], { seed: 7 })('a test is a row, and the row that test again (seed 7)', (path, name, value) => {
  const condition = { path, [name]: value } as Json;
  expect(testOf(rowOf(condition)!)).toEqual(condition);
});
test.prop([fc.array(json, { minLength: 1, maxLength: 4 })], { seed: 7 })('so is a list of values (seed 7)', (values) => {
  expect(testOf(rowOf({ path: 'a', in: values })!)).toEqual({ path: 'a', in: values });
});

describe('the row of a condition', () => {
  it.each([
    [{ path: 'topic', equals: 'invoice' }, { path: 'topic', word: 'equals', value: 'invoice' }],
    [{ path: 'total', greater: 100 }, { path: 'total', word: 'greater', value: '100' }],
    [{ path: 'total', equals: '100' }, { path: 'total', word: 'equals', value: '"100"' }],
    [{ path: 'a', in: ['x', 'y'] }, { path: 'a', word: 'in', value: 'x, y' }],
    [{ path: 'a', exists: false }, { path: 'a', word: 'not there', value: '' }],
    [{ and: [{ path: 'a', equals: 1 }] }, undefined],
    [{ path: 'a', equals: 1, less: 2 }, undefined],
    [{ path: 'a' }, undefined],
    [undefined, undefined],
    [7, undefined],
  ])('%j', (condition, row) => expect(rowOf(condition as Json)).toEqual(row));

  it('takes a list as people type one', () => expect(testOf({ path: 'a', word: 'in', value: 'x, 7 ,, "8"' })).toEqual({ path: 'a', in: ['x', 7, '8'] }));
});

it('suggests the paths of the inputs, the shallow ones first', () =>
  expect(listPaths([{ type: 'object', properties: { ticket: { type: 'object', properties: { topic: { type: 'string' } } }, total: { type: 'number' } } }, { type: 'object', properties: { total: {} } }])).toEqual(['ticket', 'total', 'ticket.topic']));
