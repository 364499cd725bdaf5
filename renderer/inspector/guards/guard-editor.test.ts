import { describe, expect, it } from 'vitest';
import { GUARD_KINDS, guardSchemas } from '../../../shared/design/guard';
import { listCodes, STANDARD_ON, toggleCode } from './failure-choice';
import { labelOf, listGuardFields } from './guard-form';
import { dropPlace } from './guard-order';

describe('the form of a guard', () => {
  it.each(GUARD_KINDS)('%s: every field of the schema has a row with its words, and what is no number has a control of its own', (kind) => {
    const fields = listGuardFields(kind);
    expect(fields.map(({ name }) => name)).toEqual(Object.keys(guardSchemas[kind].shape).filter((name) => name !== 'kind'));
    for (const field of fields) {
      expect(field.says, field.name).not.toBe('');
      if (field.control === 'choice') expect(field.options).toContain(field.standard);
    }
    expect(fields.some(({ isMain }) => isMain)).toBe(true);
    expect(new Set(fields.map(({ label }) => label)).size).toBe(fields.length);
  });

  it('shows defaults and units', () => {
    const retry = new Map(listGuardFields('retry').map((field) => [field.name, field]));
    expect(retry.get('backoffMs')).toMatchObject({ label: 'Backoff', unit: 'ms', standard: 100, control: 'number' });
    expect(retry.get('jitter')).toMatchObject({ control: 'choice', options: ['full', 'none'], standard: 'full' });
    expect(retry.get('idempotent')).toMatchObject({ control: 'yes or no', isRequired: false });
    expect(listGuardFields('timeout')[0]).toMatchObject({ isRequired: true });
    expect(labelOf('maxBackoffMs')).toBe('Max backoff');
  });
});

describe('which failures count', () => {
  const order = listCodes(['RateLimited'], undefined);
  it('begins with all that passes, and is absent again once it is that', () => {
    expect(order).toEqual([...STANDARD_ON, 'RateLimited']);
    const without = toggleCode(undefined, 'overloaded', order);
    expect(without).toEqual(['timeout', 'noproc', 'callee_exit', 'noconnection']);
    expect(toggleCode(without, 'overloaded', order)).toBeUndefined();
  });
  it('takes declared errors in, in the order shown', () => {
    expect(toggleCode(undefined, 'RateLimited', order)).toEqual([...STANDARD_ON, 'RateLimited']);
    expect(toggleCode(['RateLimited'], 'timeout', order)).toEqual(['timeout', 'RateLimited']);
  });
  it('never comes to nothing, since an empty list counts nothing', () => {
    expect(toggleCode(['timeout'], 'timeout', order)).toEqual(['timeout']);
  });
  it('keeps codes that nobody declares', () => expect(listCodes([], ['Old'])).toContain('Old'));
});

describe('where a dragged guard comes to stand', () => {
  it.each([
    [0, 2, 0.9, 2], [0, 2, 0.1, 1], [2, 0, 0.1, 0], [2, 0, 0.9, 1], [1, 1, 0.2, undefined], [1, 0, 0.9, undefined], [1, 2, 0.1, undefined],
  ])('from %i, over %i at %f: %s', (from, over, share, to) => expect(dropPlace(from, over, share)).toBe(to));
});
