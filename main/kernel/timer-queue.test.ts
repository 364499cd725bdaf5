import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { TimerQueue } from './timer-queue';

type Step = { readonly kind: 'set'; readonly atMs: number } | { readonly kind: 'cancel'; readonly nth: number } | { readonly kind: 'take'; readonly nowMs: number };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('set' as const), atMs: fc.integer({ min: 0, max: 20 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cancel' as const), nth: fc.nat({ max: 200 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('take' as const), nowMs: fc.integer({ min: 0, max: 20 }) }) },
);

const takeAll = (queue: TimerQueue, nowMs: number): readonly number[] => {
  const ids: number[] = [];
  for (let due = queue.takeDue(nowMs); due; due = queue.takeDue(nowMs)) ids.push(due.id);
  return ids;
};

it('timers of one instant fire in the order they were set', () => {
  const queue = new TimerQueue();
  const ids = Array.from({ length: 50 }, () => queue.set({ atMs: 7, pid: 'main#1.1', fire: () => undefined }));
  expect(takeAll(queue, 6)).toEqual([]);
  expect(takeAll(queue, 7)).toEqual(ids);
});

test.prop([fc.array(step, { maxLength: 400, size: 'max' })], { seed: 4 })('the queue does what a sorted list does (seed 4)', (steps) => {
  const queue = new TimerQueue();
  let list: readonly { readonly id: number; readonly atMs: number }[] = [];
  const set: number[] = [];
  for (const one of steps) {
    if (one.kind === 'set') {
      const id = queue.set({ atMs: one.atMs, pid: 'main#1.1', fire: () => undefined });
      set.push(id);
      list = [...list, { id, atMs: one.atMs }].toSorted((a, b) => a.atMs - b.atMs || a.id - b.id);
    } else if (one.kind === 'cancel' && set.length > 0) {
      const id = set[one.nth % set.length]!;
      queue.cancel(id);
      list = list.filter((entry) => entry.id !== id);
    } else if (one.kind === 'take') {
      expect(takeAll(queue, one.nowMs)).toEqual(list.filter(({ atMs }) => atMs <= one.nowMs).map(({ id }) => id));
      list = list.filter(({ atMs }) => atMs > one.nowMs);
    }
    expect([queue.size, queue.nextAtMs()]).toEqual([list.length, list[0]?.atMs]);
  }
});
