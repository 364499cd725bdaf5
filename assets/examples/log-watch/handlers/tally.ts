// Counts by severity. Several errors within a short time of the log are a burst: an alarm, once for each burst.
type Entry = { atMs: number; severity: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR'; service: string; message: string }

export async function init(self: any, args: { errors: number; withinMs: number }) {
  self.state = { ...args, counts: { DEBUG: 0, INFO: 0, WARN: 0, ERROR: 0 }, alerts: 0, recent: [] }
}

export const Tally = {
  async count(entry: Entry, self: any): Promise<null> {
    const { state } = self
    state.counts[entry.severity] += 1
    if (entry.severity !== 'ERROR') return null
    state.recent = [...state.recent.filter((atMs: number) => atMs > entry.atMs - state.withinMs), entry.atMs]
    if (state.recent.length < state.errors) return null
    const errors = state.recent.length
    state.recent = []
    state.alerts += 1
    await self.use.alarm.raise({ at: new Date(entry.atMs).toISOString(), errors, last: `${entry.service}: ${entry.message}` })
    await report(self)
    return null
  },
}

export async function terminate(_reason: string, self: any) {
  await report(self)
}

async function report(self: any) {
  await self.use.report.show({ ...self.state.counts, alerts: self.state.alerts })
}
