import { describe, expect, it } from 'vitest';
import { nearest } from '../../shared/errors/nearest';
import { suggest } from './problems';

describe('the nearest name', () => {
  it.each([
    ['dsk', 'desk', 'a letter left out'],
    ['deesk', 'desk', 'a letter too many'],
    ['dask', 'desk', 'another letter'],
    ['deks', 'desk', 'two letters swapped'],
    ['Desk', 'desk', 'a capital'],
    ['brian', 'brain', 'two letters swapped inside'],
    ['clasify', 'classify', 'a double letter missed'],
  ])('of %s is %s (%s)', (name, known) => expect(nearest(name, ['desk', 'brain', 'classify'])).toBe(known));

  it.each([['printer'], ['de'], ['sdke'], ['']])('of %s is none: too much differs', (name) => expect(nearest(name, ['desk', 'brain'])).toBeUndefined());
  it('is none where nothing is known', () => expect(suggest('desk', [], 'Add it.')).toBe('Add it.'));
  it('is asked for', () => expect(suggest('dsk', ['desk'], 'Add it.')).toBe('Did you mean desk?'));
});
