import { describe, expect, it } from 'vitest';
import { placeInMessage } from './place-in-message';

describe('the place that a message names', () => {
  it.each([
    ["it crashed: TypeError: cannot read property 'map' of null (handlers/specialist.ts:20:52)", { file: 'handlers/specialist.ts', line: 20 }],
    ['it does not hold: it is [100,2], and was to be [2,100] (tests/sort.ts:4); bad ended with fuel', { file: 'tests/sort.ts', line: 4 }],
    ['it crashed: fuel', undefined],
    ['it refused valid input: (not a place)', undefined],
  ])('%s', (message, place) => expect(placeInMessage(message)).toEqual(place));
});
