/** Whether an engine is silent for too long: a pure state machine over the core's rounds. */
export const WATCH_EVERY_MS = 250;
/** A round counts while our own timer was less than this late: a machine that sleeps, or a stopped process tree, loses no engine. */
const LATE_MS = 250;
/** An engine beats every 250 ms once it has spoken. */
export const SILENT_MS = 2000;
/** Until its first word a process is begun and a program loaded, which on a busy machine takes its time. */
export const LOADING_MS = 60_000;

export type EngineWatch = { readonly lastRoundMs: number; readonly silentMs: number; readonly hasSpoken: boolean };

export const beginEngineWatch = (nowMs: number): EngineWatch => ({ lastRoundMs: nowMs, silentMs: 0, hasSpoken: false });

/** One round. `hasBeaten`: something was heard since the last. */
export function judgeEngine(watch: EngineWatch, { nowMs, hasBeaten }: { readonly nowMs: number; readonly hasBeaten: boolean }): { readonly watch: EngineWatch; readonly isSilent: boolean } {
  const elapsedMs = nowMs - watch.lastRoundMs;
  const counted = elapsedMs < WATCH_EVERY_MS + LATE_MS ? elapsedMs : 0;
  const silentMs = hasBeaten ? 0 : watch.silentMs + counted;
  const hasSpoken = watch.hasSpoken || hasBeaten;
  return { watch: { lastRoundMs: nowMs, silentMs, hasSpoken }, isSilent: silentMs >= (hasSpoken ? SILENT_MS : LOADING_MS) };
}
