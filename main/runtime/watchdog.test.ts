import { describe, expect, it } from 'vitest';
import { beginWatch, crowdingOf, judgeRound, judgeStart, LATE_MS, PING_EVERY_MS, READY_MS, READY_STUCK_MS, shareMs, SILENT_MS, STUCK_MS } from './watchdog';

type Round = { readonly afterMs: number; readonly busyMs: number; readonly crowding: number; readonly hasAnswered: boolean };
/** In which round, from 1, the host is judged silent. */
function findSilentRound(rounds: readonly Round[]): number | undefined {
  let watch = beginWatch(0);
  let nowMs = 0;
  for (const [index, { afterMs, ...round }] of rounds.entries()) {
    nowMs += afterMs;
    const judged = judgeRound(watch, { nowMs, ...round });
    if (judged.isSilent) return index + 1;
    watch = judged.watch;
  }
  return undefined;
}
const rounds = (count: number, round: Round): readonly Round[] => Array.from({ length: count }, () => round);
/** A thread of the engine spins. */
const silent: Round = { afterMs: PING_EVERY_MS, busyMs: PING_EVERY_MS, crowding: 1, hasAnswered: false };
const answered: Round = { ...silent, hasAnswered: true };

describe('a host', () => {
  it('that hangs is silent after 400 ms of rounds on time', () => {
    expect(findSilentRound(rounds(20, silent))).toBe(SILENT_MS / PING_EVERY_MS);
  });

  it('that hangs is silent no sooner where other threads are busy too', () => {
    expect(findSilentRound(rounds(20, { ...silent, busyMs: 2 * PING_EVERY_MS }))).toBe(SILENT_MS / PING_EVERY_MS);
  });

  it('that answers now and then is not', () => {
    expect(findSilentRound(Array.from({ length: 100 }, (_, index) => (index % 7 === 6 ? answered : silent)))).toBeUndefined();
  });

  it('that the machine lets run a tenth of the time is given ten times as long', () => {
    const starved = { ...silent, busyMs: PING_EVERY_MS / 10 };
    expect(findSilentRound(rounds(STUCK_MS / PING_EVERY_MS - 1, starved))).toBeUndefined();
    expect(findSilentRound([...rounds(50, starved), answered, ...rounds(50, starved)])).toBeUndefined();
  });

  it('that waits for a core while others start is given as much longer as there are of them', () => {
    const beside = { ...silent, busyMs: shareMs(2 * PING_EVERY_MS, 1 + 4) };
    expect(findSilentRound(rounds(100, beside))).toBe((SILENT_MS / PING_EVERY_MS) * (5 / 2));
  });

  it.each([[0.5, 2, 1], [0, 2, 1], [8, 2, 4], [100, 2, 8], [2, 0, 2]])('at a load of %d on %d cores is given %d times as long', (load, cores, times) => {
    const crowded = { ...silent, crowding: crowdingOf(load, cores) };
    expect(findSilentRound(rounds(1000, crowded))).toBe((SILENT_MS / PING_EVERY_MS) * times);
    expect(findSilentRound(rounds(1000, { ...crowded, busyMs: 0 }))).toBe((STUCK_MS / PING_EVERY_MS) * times);
  });

  it('that stands still without burning anything is silent after 3 s', () => {
    expect(findSilentRound(rounds(100, { ...silent, busyMs: 0 }))).toBe(STUCK_MS / PING_EVERY_MS);
  });

  it('is not judged in rounds for which the watcher itself was late', () => {
    expect(findSilentRound(rounds(100, { ...silent, afterMs: PING_EVERY_MS + LATE_MS }))).toBeUndefined();
    expect(findSilentRound([{ ...silent, afterMs: 8 * 3_600_000 }, ...rounds(7, silent)])).toBeUndefined();
  });

  it('has its silence before a late round still counted after it', () => {
    expect(findSilentRound([...rounds(4, silent), { ...silent, afterMs: 10_000 }, ...rounds(4, silent)])).toBe(9);
  });
});

describe('a host that starts', () => {
  const roundsUntilTooSlow = (usedMs: number, starting: number): number => {
    let watch = beginWatch(0);
    for (let count = 1; ; count += 1) {
      const judged = judgeStart(watch, { nowMs: count * PING_EVERY_MS, busyMs: shareMs(usedMs, starting), crowding: 1 });
      if (judged.isTooSlow) return count;
      watch = judged.watch;
    }
  };

  it('is given 5 s of work', () => expect(roundsUntilTooSlow(PING_EVERY_MS, 1) * PING_EVERY_MS).toBe(READY_MS));
  it('is given five times as long where ten start on two cores', () => expect(roundsUntilTooSlow(2 * PING_EVERY_MS, 10) * PING_EVERY_MS).toBe(5 * READY_MS));
  it('is given a minute where the machine lets nobody run', () => expect(roundsUntilTooSlow(0, 1) * PING_EVERY_MS).toBe(READY_STUCK_MS));
});
