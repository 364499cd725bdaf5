// Adds up the pieces. A piece that comes twice (its counter died after it had told us) is the same entry and counts once.
type Part = { number: number; lines: number; bytes: number; words: number; isOneRun: boolean; startsInWord: boolean; endsInWord: boolean }

export async function init(self: any) {
  self.state = { parts: {} }
}

export const Totals = {
  async add(part: Part, self: any): Promise<null> {
    self.state.parts[part.number] = part
    return null
  },

  async finish({ items }: { items: number }, self: any): Promise<null> {
    const parts: Part[] = []
    for (let number = 0; number < items; number += 1) {
      const part = self.state.parts[number]
      // A wrong total is worse than none.
      if (!part) throw self.error('Incomplete', { missing: number, of: items })
      parts.push(part)
    }
    await self.use.screen.show(addUp(parts))
    return null
  },
}

function addUp(parts: Part[]) {
  let [words, lines, bytes, isInWord] = [0, 0, 0, false]
  for (const part of parts) {
    lines += part.lines
    bytes += part.bytes
    if (part.isOneRun) {
      // No white space in it: the word that was open goes on.
      isInWord ||= part.startsInWord
      continue
    }
    words += part.words + (isInWord || part.startsInWord ? 1 : 0)
    isInWord = part.endsInWord
  }
  return { words: words + (isInWord ? 1 : 0), lines, bytes }
}
