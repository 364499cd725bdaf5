import { describe, expect, it } from 'vitest';
import type { Result, Unit } from './figure';
import { summarise } from './summary';
import { formatTable } from './table';

type Round = readonly [ours: number, limit: number, foreign?: number];

function resultOf(unit: Unit, rounds: readonly Round[], budget?: Result['budget']): Result {
  const samples = (side: 0 | 1) => rounds.map((round, index) => ({ round: index + 1, value: round[side], foreign: round[2] ?? 0 }));
  return { id: 'one', topic: 'messages', title: 'one', kind: 'built-in', journal: 'off', unit, ours: { name: 'kernel', samples: samples(0) }, limits: [{ name: 'plain', samples: samples(1) }], ...(budget ? { budget } : {}) };
}

describe('the summary of a figure', () => {
  it('compares the two sides of each round, so that a machine that slows down changes no ratio', () => {
    expect(summarise(resultOf('/s', [[100, 400], [50, 200], [10, 40]])).timesLimit).toBe(4);
    expect(summarise(resultOf('us', [[100, 50], [200, 100], [10, 5]])).timesLimit).toBe(2);
  });

  it('takes quiet rounds where there are three of them, and says so where there are not', () => {
    const rounds: readonly Round[] = [[10, 40], [10, 40], [10, 40], [1, 100, 1.5]];
    expect(summarise(resultOf('/s', rounds))).toMatchObject({ ours: { median: 10, min: 10, max: 10 }, isNoisy: false });
    expect(summarise(resultOf('/s', rounds.slice(1)))).toMatchObject({ ours: { median: 10, min: 1 }, isNoisy: true });
  });

  it.each([
    ['a ratio within the budget', '/s', { text: '9x', timesLimit: 9, value: 1000 }, true],
    ['a ratio beyond it', '/s', { text: '3x', timesLimit: 3, value: 1 }, false],
    ['a rate as high as it should be', '/s', { text: '10 /s', value: 10 }, true],
    ['a time that is too long', 'ms', { text: '9 ms', value: 9 }, false],
  ] as const)('judges %s', (_, unit, budget, isMet) => {
    expect(summarise(resultOf(unit, [[10, 40]], budget)).isMet).toBe(isMet);
  });

  it('stands in one row of the table, the limit beside it', () => {
    const row = formatTable([resultOf('/s', [[2_000_000, 30_000_000], [2_000_000, 30_000_000], [2_000_000, 30_000_000]], { text: '9x', timesLimit: 9 })]).split('\n')[2]!;
    expect(row.split('|').map((cell) => cell.trim())).toEqual(['', 'one', 'built-in', 'off', '2.00 M/s', '2.00 M/s - 2.00 M/s', '30.0 M/s plain', '15.0x', '9x', 'no', '']);
  });
});
