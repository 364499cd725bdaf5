// White space and visible characters as GNU wc has them in a UTF-8 locale: also the spaces that do not break, and U+2060.
export const SEPARATOR = /[\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u202f\u205f\u2060\u3000]/

// Neither ends nor makes a word: control characters, line and paragraph separator, what is not assigned, and U+FFFD, which stands
// for bytes that are no text.
const INVISIBLE = /^[\p{Cc}\p{Cn}\p{Cs}\u2028\u2029\ufffd]*$/u
const PLAIN = /[!-~]/

export function isVisible(run: string): boolean {
  return run !== '' && (PLAIN.test(run) || !INVISIBLE.test(run))
}
