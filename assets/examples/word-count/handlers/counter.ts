// Counts one piece of the text. It keeps nothing: when its host dies, the source sends the piece to another counter.
import { countWords } from './words'
import type { Part } from './parts'

type Self = {
  use: { totals: { add(part: Part): Promise<null>; finish(end: { items: number }): Promise<null> } }
  error(name: string, data: unknown): Error
}
/** What a failed call throws. */
type CallError = { code: string; message: string; data?: unknown }

export const Counting = {
  async count({ number, text, bytes }: { number: number; text: string; bytes: number }, self: Self): Promise<null> {
    const lines = text.split('\n').length - 1
    await self.use.totals.add({ number, lines, bytes, ...countWords(text, bytes) })
    return null
  },

  async finish(end: { items: number }, self: Self): Promise<null> {
    try {
      return await self.use.totals.finish(end)
    } catch (error) {
      // Pass on what we declare ourselves; anything else is a crash, and the source asks another counter.
      const { code, data } = error as CallError
      if (code === 'Incomplete') throw self.error(code, data)
      throw error
    }
  },
}
