// Words as GNU wc counts them: a word begins at a visible character and goes on to the next separator.
import { SEPARATORS, VISIBLE } from './characters'

/** What is known of a piece of text, so that pieces can be joined: a word may go on over the cut between two of them. */
export type Words = {
  words: number
  /** Neither a visible character nor a separator in it: whatever was open before it stays open. */
  isBlank: boolean
  startsInWord: boolean
  endsInWord: boolean
}

const WORDS = new RegExp(`[${VISIBLE}][^${SEPARATORS}]*`, 'gu')
const BROKEN = '\ufffd'
// The same without U+FFFD.
const WORDS_BETWEEN_BROKEN = new RegExp(`(?!${BROKEN})${WORDS.source}`, 'gu')
const SEPARATOR = new RegExp(`[${SEPARATORS}]`, 'u')

export function countWords(text: string, bytes: number): Words {
  const pattern = hasBrokenBytes(text, bytes) ? WORDS_BETWEEN_BROKEN : WORDS
  const found = text.match(pattern) ?? []
  const separator = text.search(SEPARATOR)
  const first = text.search(pattern)
  return {
    words: found.length,
    isBlank: found.length === 0 && separator < 0,
    startsInWord: first >= 0 && (separator < 0 || first < separator),
    // A word ends before a separator or where the text ends.
    endsInWord: found.length > 0 && text.endsWith(found.at(-1)!),
  }
}

/**
 * Bytes that are no UTF-8 arrive as U+FFFD and do nothing to a word; a U+FFFD that somebody wrote is visible. Written ones have
 * their three bytes, so the bytes tell which are meant; in a piece with both, all are taken for broken.
 */
function hasBrokenBytes(text: string, bytes: number): boolean {
  return text.includes(BROKEN) && countBytes(text) !== bytes
}

/** The length of the text in UTF-8. */
function countBytes(text: string): number {
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0)!
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}
