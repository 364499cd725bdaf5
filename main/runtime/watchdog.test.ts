import { describe, expect, it } from 'vitest';
import { beginWatch, judgeRound, LATE_MS, PING_EVERY_MS, SILENT_MS } from './watchdog';

type Round = { readonly afterMs: number; readonly hasAnswered: boolean };
/** In which round, from 1, the host is judged silent. */
function findSilentRound(rounds: readonly Round[]): number | undefined {
  let watch = beginWatch(0);
  let nowMs = 0;
  for (const [index, { afterMs, hasAnswered }] of rounds.entries()) {
    nowMs += afterMs;
    const judged = judgeRound(watch, { nowMs, hasAnswered });
    if (judged.isSilent) return index + 1;
    watch = judged.watch;
  }
  return undefined;
}
const rounds = (count: number, round: Round): readonly Round[] => Array.from({ length: count }, () => round);
const silent: Round = { afterMs: PING_EVERY_MS, hasAnswered: false };
const answered: Round = { afterMs: PING_EVERY_MS, hasAnswered: true };

describe('a host', () => {
  it('that never answers is silent after 400 ms of rounds on time', () => {
    expect(findSilentRound(rounds(20, silent))).toBe(SILENT_MS / PING_EVERY_MS);
  });

  it('that answers now and then is not', () => {
    expect(findSilentRound(Array.from({ length: 100 }, (_, index) => (index % 7 === 6 ? answered : silent)))).toBeUndefined();
  });

  it('is not judged in rounds for which the watcher itself was late', () => {
    expect(findSilentRound(rounds(100, { afterMs: PING_EVERY_MS + LATE_MS, hasAnswered: false }))).toBeUndefined();
    expect(findSilentRound([{ afterMs: 8 * 3_600_000, hasAnswered: false }, ...rounds(7, silent)])).toBeUndefined();
  });

  it('has its silence before a late round still counted after it', () => {
    expect(findSilentRound([...rounds(4, silent), { afterMs: 10_000, hasAnswered: false }, ...rounds(4, silent)])).toBe(9);
  });
});
