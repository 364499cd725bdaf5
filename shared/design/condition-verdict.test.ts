import { describe, expect, it } from 'vitest';
import type { ValueSchema } from '../schema/value-schema';
import type { Condition } from './condition';
import { canHold, lookAtPath } from './condition-verdict';

const SCHEMA: ValueSchema = {
  type: 'object',
  properties: {
    topic: { enum: ['invoice', 'refund'] },
    total: { type: 'number', minimum: 0, maximum: 100 },
    note: { type: 'string' },
    tags: { type: 'array', items: { type: 'string' }, maxItems: 3 },
    who: { anyOf: [{ type: 'object', properties: { id: { type: 'integer' } }, required: ['id'], additionalProperties: false }, { type: 'null' }] },
    free: {},
  },
  required: ['topic'],
  additionalProperties: false,
};

describe('whether a condition can hold', () => {
  it.each<[Condition, boolean]>([
    [{ path: 'topic', equals: 'refund' }, true],
    [{ path: 'topic', equals: 'other' }, false],
    [{ path: 'topic', contains: 'fund' }, true],
    [{ path: 'topic', contains: 'x' }, false],
    [{ path: 'topic', in: ['x', 'invoice'] }, true],
    [{ path: 'topic', exists: false }, false],
    [{ not: { path: 'topic', exists: true } }, false],
    [{ path: 'note', exists: false }, true],
    [{ path: 'total', greater: 99 }, true],
    [{ path: 'total', greater: 100 }, false],
    [{ path: 'total', less: 0 }, false],
    [{ path: 'total', equals: '7' }, false],
    [{ path: 'note', greater: 5 }, false],
    [{ path: 'note', greater: 'a' }, true],
    [{ path: 'note', contains: 'a' }, true],
    [{ path: 'tags', contains: 'a' }, true],
    [{ path: 'tags', contains: 7 }, false],
    [{ path: 'tags.2', equals: 'x' }, true],
    [{ path: 'tags.3', equals: 'x' }, false],
    [{ path: 'who.id', equals: 7 }, true],
    [{ path: 'who.id', equals: 'x' }, false],
    [{ path: 'who.name', exists: true }, false],
    [{ path: 'free.deep.down', equals: 1 }, true],
    [{ path: 'nowhere', exists: true }, false],
    [{ and: [{ path: 'note', equals: 'a' }, { path: 'note', equals: 'b' }] }, false],
    [{ and: [{ path: 'note', equals: 'ab' }, { path: 'note', contains: 'b' }] }, true],
    [{ or: [{ path: 'topic', equals: 'other' }, { path: 'note', exists: true }] }, true],
    [{ not: { or: [{ path: 'topic', exists: true }, { path: 'note', exists: true }] } }, false],
  ])('%j: %s', (condition, expected) => expect(canHold(condition, SCHEMA)).toBe(expected));

  it.each([['total', true], ['who.id', true], ['free.x', true], ['tags.0', true], ['tags.x', false], ['totl', false], ['total.x', false]])('%s is named by the schema: %s', (path, isNamed) => expect(lookAtPath(SCHEMA, path).isNamed).toBe(isNamed));
});
