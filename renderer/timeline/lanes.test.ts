import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { JournalRecord } from '../../shared/journal/record';
import { cursorAt, findFrom, layLanes, ticksOf, wordTick } from './lanes';

const record = (atMs: number, event: object): JournalRecord => ({ seq: atMs, host: 'main', step: 0, atMs, cause: null, ...event }) as JournalRecord;
const input = (atMs: number): JournalRecord => record(atMs, { type: 'input.received', id: atMs, node: 'desk', operation: 'x', value: null });

test.prop([fc.array(fc.nat(10_000), { maxLength: 300 }), fc.integer({ min: 1, max: 400 })], { seed: 3 })('marks are bounded by the width and count every record (seed 3)', (times, width) => {
  const records = times.toSorted((a, b) => a - b).map(input);
  const inputs = layLanes(records, width).find(({ name }) => name === 'Inputs');
  expect(inputs?.marks.reduce((sum, { count }) => sum + count, 0) ?? 0).toBe(records.length);
  expect(inputs?.marks.length ?? 0).toBeLessThanOrEqual(width + 1);
});

test.prop([fc.array(fc.nat(100), { maxLength: 50 }), fc.nat(110)], { seed: 4 })('the cursor at a time is what a scan finds (seed 4)', (times, at) => {
  const records = times.toSorted((a, b) => a - b).map(input);
  expect(cursorAt(records, at)).toBe(records.filter(({ atMs }) => atMs <= at).length);
});

describe('an axis', () => {
  it.each([[60_000, 1200], [87, 600], [3, 900], [86_400_000, 800]])('of %d ms on %d px has round ticks that do not touch', (span, width) => {
    const ticks = ticksOf(span, width);
    expect(ticks.length).toBeGreaterThan(1);
    expect((ticks[1]! / span) * width).toBeGreaterThanOrEqual(90);
    expect(ticks.length).toBeLessThan(20);
  });
  it.each([[0, '0 s'], [250, '250 ms'], [44_300, '44.3 s']])('%d ms is read as %s', (ms, words) => expect(wordTick(ms)).toBe(words));
});

it('the next restart is found from the cursor on', () => {
  const records = [input(1), record(2, { type: 'supervisor.gaveUp', node: 'root' }), input(3)];
  expect(findFrom(records, 0, ({ type }) => type === 'supervisor.gaveUp')).toBe(2);
  expect(findFrom(records, 2, ({ type }) => type === 'supervisor.gaveUp')).toBeUndefined();
});
