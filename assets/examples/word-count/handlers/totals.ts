// Adds up the parts. One that comes twice (its counter died after it had told us) is the same entry and counts once.
import { addUp, type Part, type Total } from './parts'

type Self = {
  state: { parts: Record<number, Part>; isShown: boolean }
  use: { screen: { show(total: Total): Promise<null> } }
  error(name: string, data: unknown): Error
}

export function init(self: Self): void {
  self.state = { parts: {}, isShown: false }
}

export const Totals = {
  add(part: Part, self: Self): null {
    self.state.parts[part.number] = part
    return null
  },

  async finish({ items }: { items: number }, self: Self): Promise<null> {
    // The counter that asked first may have died before it could pass the answer on.
    if (self.state.isShown) return null
    const parts: Part[] = []
    for (let number = 0; number < items; number += 1) {
      const part = self.state.parts[number]
      // A wrong total is worse than none.
      if (!part) throw self.error('Incomplete', { missing: number, of: items })
      parts.push(part)
    }
    await self.use.screen.show(addUp(parts))
    self.state.isShown = true
    return null
  },
}
