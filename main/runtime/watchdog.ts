/**
 * Who is silent: a pure state machine over the engine's rounds of pings (design section 6, Watchdog). A round in which the
 * watcher itself was late judges nobody, so that sleep, SIGSTOP and a loaded machine lose no host.
 */
export const PING_EVERY_MS = 50;
/** A round counts while the watcher's own timer was less than this late. */
export const LATE_MS = 100;
/** Silence in rounds that count, after which a host is ended. */
export const SILENT_MS = 400;

export type Watch = { readonly lastRoundMs: number; readonly silentMs: number };

export const beginWatch = (nowMs: number): Watch => ({ lastRoundMs: nowMs, silentMs: 0 });

/** One round. `hasAnswered`: a pong came since the round before. */
export function judgeRound(watch: Watch, round: { readonly nowMs: number; readonly hasAnswered: boolean }): { readonly watch: Watch; readonly isSilent: boolean } {
  const elapsedMs = round.nowMs - watch.lastRoundMs;
  const isOnTime = elapsedMs < PING_EVERY_MS + LATE_MS;
  const silentMs = round.hasAnswered ? 0 : isOnTime ? watch.silentMs + elapsedMs : watch.silentMs;
  return { watch: { lastRoundMs: round.nowMs, silentMs }, isSilent: silentMs >= SILENT_MS };
}
