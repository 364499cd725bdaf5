// What counters found, and how it adds up.
import type { Words } from './words'

export type Part = Words & { number: number; lines: number; bytes: number }
export type Total = { words: number; lines: number; bytes: number }

/** Parts in the order of the text. A word that goes on over a cut was counted on both sides of it. */
export function addUp(parts: readonly Part[]): Total {
  const total = { words: 0, lines: 0, bytes: 0 }
  let isInWord = false
  for (const part of parts) {
    total.lines += part.lines
    total.bytes += part.bytes
    if (part.isBlank) continue
    total.words += part.words - (isInWord && part.startsInWord ? 1 : 0)
    isInWord = part.endsInWord
  }
  return total
}
