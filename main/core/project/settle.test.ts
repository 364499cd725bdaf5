import { describe, expect, it } from 'vitest';
import { decideSettled, DOUBTFUL_RESTS_MS, RESTS_MS, type Difference, type Suspect } from './settle';

/** Looks at moments, each with what differs then; answers whether each look found it settled. */
function looks(...moments: readonly (readonly [number, Readonly<Record<string, Difference>>])[]): readonly boolean[] {
  let suspects: ReadonlyMap<string, Suspect> = new Map();
  return moments.map(([atMs, differing]) => {
    const decided = decideSettled(suspects, new Map(Object.entries(differing)), atMs);
    suspects = decided.suspects;
    return decided.isSettled;
  });
}
const whole = (hash: string): Difference => ({ hash, isDoubtful: false });
const gone: Difference = { hash: undefined, isDoubtful: true };

describe('a change from outside', () => {
  it.each([
    ['seen once is not taken', looks([0, { a: whole('1') }]), [false]],
    ['that stays the same is taken', looks([0, { a: whole('1') }], [RESTS_MS, { a: whole('1') }]), [false, true]],
    ['seen again too soon is not taken', looks([0, { a: whole('1') }], [RESTS_MS - 1, { a: whole('1') }]), [false, false]],
    ['that goes on changing begins anew', looks([0, { a: whole('1') }], [RESTS_MS, { a: whole('2') }], [RESTS_MS * 2 - 1, { a: whole('2') }]), [false, false, false]],
    ['of a second file meanwhile holds the first back', looks([0, { a: whole('1') }], [RESTS_MS, { a: whole('1'), b: whole('1') }], [RESTS_MS * 2, { a: whole('1'), b: whole('1') }]), [false, false, true]],
    ['that looks like a save half done rests longer', looks([0, { a: gone }], [RESTS_MS, { a: gone }], [DOUBTFUL_RESTS_MS, { a: gone }]), [false, false, true]],
    ['that comes back whole is taken soon', looks([0, { a: gone }], [100, { a: whole('1') }], [100 + RESTS_MS, { a: whole('1') }]), [false, false, true]],
    ['that went back to what was is none', looks([0, { a: whole('1') }], [RESTS_MS, {}]), [false, true]],
  ])('%s', (_, answers, expected) => expect(answers).toEqual(expected));
});
