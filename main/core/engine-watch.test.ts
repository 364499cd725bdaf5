import { describe, expect, it } from 'vitest';
import { beginEngineWatch, judgeEngine, LOADING_MS, SILENT_MS, WATCH_EVERY_MS, type EngineWatch } from './engine-watch';

/** Rounds on time until it is silent for too long; answers when that was. */
function silentAt(watch: EngineWatch, everyMs = WATCH_EVERY_MS): number {
  for (let nowMs = watch.lastRoundMs + everyMs; nowMs < 10 * LOADING_MS; nowMs += everyMs) {
    const judged = judgeEngine(watch, { nowMs, hasBeaten: false });
    if (judged.isSilent) return nowMs;
    watch = judged.watch;
  }
  return Number.POSITIVE_INFINITY;
}

describe('an engine', () => {
  it('that has spoken is silent for too long after two seconds', () => {
    const { watch } = judgeEngine(beginEngineWatch(0), { nowMs: WATCH_EVERY_MS, hasBeaten: true });
    expect(silentAt(watch)).toBe(WATCH_EVERY_MS + SILENT_MS);
  });

  it('that is being loaded is given a minute: no machine is too slow to start one, and none waits for ever', () => {
    expect(silentAt(beginEngineWatch(0))).toBe(LOADING_MS);
  });

  it('is not judged by rounds that were late themselves', () => {
    const { watch } = judgeEngine(beginEngineWatch(0), { nowMs: WATCH_EVERY_MS, hasBeaten: true });
    expect(silentAt(watch, 3000)).toBe(Number.POSITIVE_INFINITY);
  });

  it('begins anew with every word', () => {
    let watch = beginEngineWatch(0);
    for (let nowMs = WATCH_EVERY_MS; nowMs < 60_000; nowMs += WATCH_EVERY_MS) {
      const judged = judgeEngine(watch, { nowMs, hasBeaten: nowMs % 1500 === 0 });
      expect(judged.isSilent).toBe(false);
      watch = judged.watch;
    }
  });
});
