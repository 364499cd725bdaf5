import type { Cluster } from '../cluster';

/** Everything that happens within so many milliseconds of virtual time; the clock is there afterwards. */
export function passTime(cluster: Cluster, ms: number): void {
  const untilMs = cluster.nowMs + ms;
  do {
    while (cluster.step()) continue;
  } while (cluster.advance(untilMs));
  cluster.nowMs = Math.max(cluster.nowMs, untilMs);
}
