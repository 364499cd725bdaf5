// Takes one line apart. A line that is none is not repaired and not skipped in silence: the parser crashes, its supervisor brings
// it back, and the line is among the run's dead letters, with the reason.
const ENTRY = /^(\S+) (DEBUG|INFO|WARN|ERROR) ([\w-]+): (.*)$/

export const Parse = {
  async parse(input: { line: number; text: string }, self: any): Promise<null> {
    const entry = ENTRY.exec(input.text)
    if (!entry) throw new Error(`line ${input.line} is no log entry: ${input.text.slice(0, 60)}`)
    const [, at, severity, service, message] = entry
    const atMs = Date.parse(at!)
    if (Number.isNaN(atMs)) throw new Error(`line ${input.line} has no time: ${at}`)
    await self.use.tally.count({ atMs, severity, service, message })
    return null
  },
}
