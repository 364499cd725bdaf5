// Counts by severity. Several errors within a short time of the log are a burst: an alarm, once for each burst.
import type { Entry, Severity } from './entry'

/** An alarm is raised at so many `errors` within `withinMs`. */
type Limits = { errors: number; withinMs: number }
type Counts = Record<Severity, number>
type Self = {
  /** `recentMs`: when the errors were that may yet become a burst. */
  state: { limits: Limits; counts: Counts; alerts: number; recentMs: number[] }
  use: {
    report: { show(counts: Counts & { alerts: number }): Promise<null> }
    alarm: { raise(burst: { at: string; errors: number; last: string }): Promise<null> }
  }
}

export function init(self: Self, limits: Limits): void {
  self.state = { limits, counts: { DEBUG: 0, INFO: 0, WARN: 0, ERROR: 0 }, alerts: 0, recentMs: [] }
}

export const Tally = {
  async count({ atMs, severity, service, message }: Entry, self: Self): Promise<null> {
    const { limits, counts, recentMs } = self.state
    counts[severity] += 1
    if (severity !== 'ERROR') return null
    const burst = [...recentMs.filter((earlierMs) => earlierMs > atMs - limits.withinMs), atMs]
    const isAlarm = burst.length >= limits.errors
    self.state.recentMs = isAlarm ? [] : burst
    if (!isAlarm) return null
    self.state.alerts += 1
    await self.use.alarm.raise({ at: new Date(atMs).toISOString(), errors: burst.length, last: `${service}: ${message}` })
    await report(self)
    return null
  },
}

export async function terminate(_reason: string, self: Self): Promise<void> {
  await report(self)
}

async function report({ state, use }: Self): Promise<void> {
  await use.report.show({ ...state.counts, alerts: state.alerts })
}
