import { describe, expect, it } from 'vitest';
import type { JournalRecord } from '../../shared/journal/record';
import { layBreakers } from './breaker-lanes';

const change = (atMs: number, from: string, to: string, wire = 'desk.llm brain', guard = 'breaker 1'): JournalRecord => ({ seq: atMs, host: 'main', step: atMs, cause: null, atMs, type: 'guard.changed', wire, guard, from, to });

describe('the lane of a breaker', () => {
  it('is closed, open, half open, and closed again', () => {
    const [lane, ...others] = layBreakers([change(100, 'closed', 'open'), change(300, 'open', 'halfOpen'), change(350, 'halfOpen', 'closed')], 1000, 500);
    expect(others).toEqual([]);
    expect(lane).toMatchObject({ wire: 'desk.llm brain', openings: 1 });
    expect(lane!.stretches.map(({ from, to, arm }) => [from, to, arm])).toEqual([[0, 50, 'closed'], [50, 150, 'open'], [150, 175, 'halfOpen'], [175, 500, 'closed']]);
  });

  it('a moment open is seen, however short; a moment half open is not', () => {
    const [lane] = layBreakers([change(100, 'closed', 'open'), change(100, 'open', 'halfOpen'), change(100, 'halfOpen', 'closed')], 100_000, 100);
    expect(lane!.stretches.filter(({ arm }) => arm === 'open')).toHaveLength(1);
    expect(lane!.stretches.some(({ arm }) => arm === 'halfOpen')).toBe(false);
    expect(lane!.stretches.at(-1)).toMatchObject({ arm: 'closed', to: 100 });
  });

  it('a thousand changes are no more stretches than the lane is wide', () => {
    const records = Array.from({ length: 4000 }, (_, index) => (index % 2 === 0 ? change(index, 'closed', 'open') : change(index, 'open', 'closed')));
    expect(layBreakers(records, 4000, 50)[0]!.stretches.length).toBeLessThanOrEqual(101);
  });

  it('each breaker has its own, and those held by a person stand like others', () => {
    const lanes = layBreakers([change(10, 'closed', 'forcedOpen'), change(20, 'closed', 'open', 'tech.llm brain'), change(30, 'forcedOpen', 'closed'), change(5, 'x', 'y', 'a.b c', 'bulkhead 0')], 100, 100);
    expect(lanes.map(({ wire }) => wire)).toEqual(['desk.llm brain', 'tech.llm brain']);
    expect(lanes[0]!.stretches.map(({ arm }) => arm)).toEqual(['closed', 'open', 'closed']);
  });
});
