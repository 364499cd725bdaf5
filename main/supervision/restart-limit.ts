import type { Intensity } from '../../shared/program/program';

/** Times of a supervisor's restarts that still count, oldest first, in ms of the run. */
export type RestartHistory = readonly number[];

/** Those that count at `nowMs`. */
export function restartsWithin(history: RestartHistory, nowMs: number, intensity: Intensity): RestartHistory {
  const oldestMs = nowMs - intensity.maxSeconds * 1000;
  return history.filter((atMs) => atMs >= oldestMs);
}

/**
 * Counts one restart at `nowMs`. The window slides; an entry exactly `maxSeconds` old still counts. `maxRestarts` restarts
 * within the window are allowed and one more is not (OTP supervisor, "maximum restart intensity").
 */
export function countRestart(history: RestartHistory, nowMs: number, intensity: Intensity): { readonly history: RestartHistory; readonly isOverLimit: boolean } {
  const counted = [...restartsWithin(history, nowMs, intensity), nowMs];
  return { history: counted, isOverLimit: counted.length > intensity.maxRestarts };
}
