import { describe, expect, it } from 'vitest';
import { Turns } from './turns';

const signal = new AbortController().signal;

describe('turns', () => {
  it('are given to so many, and then in the order of asking', async () => {
    const turns = new Turns(2);
    const got: number[] = [];
    const asked = [1, 2, 3, 4].map(async (one) => {
      if (await turns.take(signal)) got.push(one);
    });
    await Promise.all(asked.slice(0, 2));
    expect([got, turns.waiting]).toEqual([[1, 2], 2]);
    turns.giveBack();
    await asked[2];
    expect([got, turns.waiting]).toEqual([[1, 2, 3], 1]);
    turns.giveBack();
    turns.giveBack();
    await asked[3];
    turns.giveBack();
    // All are back: two can be had at once again.
    expect([got, await turns.take(signal), await turns.take(signal), turns.waiting]).toEqual([[1, 2, 3, 4], true, true, 0]);
  });

  it('are not taken by who has left, whose place in the line is free', async () => {
    const turns = new Turns(1);
    await turns.take(signal);
    const [gone, before] = [new AbortController(), new AbortController()];
    before.abort();
    const [first, second] = [turns.take(gone.signal), turns.take(signal)];
    gone.abort();
    expect([await first, await turns.take(before.signal), turns.waiting]).toEqual([false, false, 1]);
    turns.giveBack();
    expect([await second, turns.waiting]).toEqual([true, 0]);
  });
});
