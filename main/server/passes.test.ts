import { describe, expect, it } from 'vitest';
import { Passes } from './passes';

function begin(): { readonly passes: Passes; readonly later: (ms: number) => void } {
  let nowMs = 0;
  let drawn = 0;
  const passes = new Passes({ nowMs: () => nowMs, random: (bytes) => `${bytes}-bytes-${++drawn}` });
  return { passes, later: (ms) => (nowMs += ms) };
}

describe('a one-time code', () => {
  it('is good for 60 s and no longer', () => {
    const { passes, later } = begin();
    const [first, second] = [passes.makeCode(), passes.makeCode()];
    later(59_999);
    expect(passes.exchange(first)).toBe('32-bytes-1');
    later(1);
    expect(passes.exchange(second)).toBeUndefined();
  });

  it('is good once, and is no token', () => {
    const { passes } = begin();
    const code = passes.makeCode();
    expect(passes.isToken(code)).toBe(false);
    expect(passes.exchange(code)).toBeDefined();
    expect(passes.exchange(code)).toBeUndefined();
  });

  it('is one of eight: a ninth takes the place of the oldest', () => {
    const { passes } = begin();
    const codes = Array.from({ length: 9 }, () => passes.makeCode());
    expect(codes.map((code) => passes.exchange(code) !== undefined)).toEqual([false, true, true, true, true, true, true, true, true]);
  });
});

describe('twenty wrong ones', () => {
  it.each<[string, (passes: Passes) => unknown]>([
    ['tokens', (passes) => passes.isToken('x')],
    ['codes', (passes) => passes.exchange('x')],
    ['values that are no text', (passes) => [passes.exchange({ length: 22 }), passes.isToken(undefined)].length],
  ])('%s close the door for a second, for the right ones too, and asking meanwhile makes it no longer', (_, guess) => {
    const { passes, later } = begin();
    const code = passes.makeCode();
    for (let count = 0; count < 20; count += 1) guess(passes);
    expect([passes.isToken('32-bytes-1'), passes.exchange(code)]).toEqual([false, undefined]);
    for (let count = 0; count < 40; count += 1) guess(passes);
    later(1000);
    expect([passes.isToken('32-bytes-1'), passes.exchange(code)]).toEqual([true, '32-bytes-1']);
  });
});
