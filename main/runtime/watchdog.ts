/**
 * Who is silent: a pure state machine over the engine's rounds of pings (design section 6, Watchdog). A round in which the watcher itself
 * was late judges nobody, so that sleep and SIGSTOP lose no host. Silence counts by the processor time that the engine got meanwhile: a
 * host that hangs burns it, one that the machine does not let run does not (docs/decisions/2026-11-26-starved-is-not-hung.md). Hosts that
 * are waited for at the same time share it, and where more wants to run than there are cores, less of it counts.
 */
export const PING_EVERY_MS = 50;
/** A round counts while the watcher's own timer was less than this late. */
export const LATE_MS = 100;
/** Silence in rounds that count, in processor time, after which a host is ended. */
export const SILENT_MS = 400;
/** The same by the clock, for a thread that stands still without burning anything. */
export const STUCK_MS = 3000;

/** How much a host may need to get ready, counted like silence. */
export const READY_MS = 5000;
/** The same by the clock, where the machine lets nobody run. */
export const READY_STUCK_MS = 60_000;

export type Watch = { readonly lastRoundMs: number; readonly silentMs: number; readonly stuckMs: number };
/**
 * `busyMs`: the host's share (`shareMs`) of processor time since the round before. `crowding`: how many threads of the whole machine want
 * each core (`crowdingOf`). `hasAnswered`: a pong came since then.
 */
export type Round = { readonly nowMs: number; readonly busyMs: number; readonly crowding: number; readonly hasAnswered: boolean };

/** What each of the hosts that have not answered may have had at most of the engine's processor time, on all cores: who used it can't be told. */
export const shareMs = (usedMs: number, waitedFor: number): number => usedMs / Math.max(1, waitedFor);

/** A machine so crowded that it counts for more loses hosts that hang too late. */
const MOST_CROWDING = 8;

/** From the load of the last minute, which some systems do not know (0). */
export const crowdingOf = (load: number, cores: number): number => Math.min(MOST_CROWDING, Math.max(1, load / Math.max(1, cores)));

export const beginWatch = (nowMs: number): Watch => ({ lastRoundMs: nowMs, silentMs: 0, stuckMs: 0 });

/** The time of a round, where the watcher itself was on time: as much as the thread may have had of a core. */
function countedMs({ lastRoundMs }: Watch, { nowMs, crowding }: Omit<Round, 'hasAnswered'>): number {
  const elapsedMs = nowMs - lastRoundMs;
  return elapsedMs < PING_EVERY_MS + LATE_MS ? elapsedMs / crowding : 0;
}

export function judgeRound(watch: Watch, round: Round): { readonly watch: Watch; readonly isSilent: boolean } {
  const { nowMs, busyMs, hasAnswered } = round;
  const counted = countedMs(watch, round);
  const silentMs = hasAnswered ? 0 : watch.silentMs + Math.min(counted, busyMs);
  const stuckMs = hasAnswered ? 0 : watch.stuckMs + counted;
  return { watch: { lastRoundMs: nowMs, silentMs, stuckMs }, isSilent: silentMs >= SILENT_MS || stuckMs >= STUCK_MS };
}

/** One round of a host that is not ready yet. Answers what it has had so far, and whether that was too much. */
export function judgeStart(watch: Watch, round: Omit<Round, 'hasAnswered'>): { readonly watch: Watch; readonly isTooSlow: boolean } {
  const { nowMs, busyMs } = round;
  const counted = countedMs(watch, round);
  const silentMs = watch.silentMs + Math.min(counted, busyMs);
  const stuckMs = watch.stuckMs + counted;
  return { watch: { lastRoundMs: nowMs, silentMs, stuckMs }, isTooSlow: silentMs >= READY_MS || stuckMs >= READY_STUCK_MS };
}
