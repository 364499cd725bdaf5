// Counts one piece of the text. It keeps nothing: when its host dies, the source sends the piece to another counter.
import { isVisible, SEPARATOR } from './white-space.ts'

type Piece = { number: number; text: string; bytes: number }

export const Counting = {
  async count(piece: Piece, self: any): Promise<null> {
    const runs = piece.text.split(SEPARATOR)
    const last = runs.length - 1
    let words = 0
    for (let index = 1; index < last; index += 1) if (isVisible(runs[index]!)) words += 1
    await self.use.totals.add({
      number: piece.number,
      bytes: piece.bytes,
      lines: piece.text.split('\n').length - 1,
      words,
      isOneRun: last === 0,
      startsInWord: isVisible(runs[0]!),
      endsInWord: isVisible(runs[last]!),
    })
    return null
  },

  async finish(end: { items: number }, self: any): Promise<null> {
    try {
      return await self.use.totals.finish(end)
    } catch (error: any) {
      if (error.code === 'Incomplete') throw self.error('Incomplete', error.data)
      throw error
    }
  },
}
