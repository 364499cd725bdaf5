// Takes one line apart. A line that is none is not repaired and not skipped in silence: the parser crashes, its supervisor brings
// it back, and the line is among the run's dead letters, with the reason.
import { isSeverity, type Entry } from './entry'

type Self = { use: { tally: { count(entry: Entry): Promise<null> } } }

const ENTRY = /^(\S+) ([A-Z]+) ([\w-]+): (.*)$/

export const Parse = {
  async parse({ line, text }: { line: number; text: string }, self: Self): Promise<null> {
    const [, at = '', severity = '', service = '', message = ''] = ENTRY.exec(text) ?? []
    if (!isSeverity(severity)) throw new Error(`line ${line} is no log entry: ${text.slice(0, 60)}`)
    const atMs = Date.parse(at)
    if (Number.isNaN(atMs)) throw new Error(`line ${line} has no time: ${at}`)
    await self.use.tally.count({ atMs, severity, service, message })
    return null
  },
}
