/** A stranger's words on the screen: what is not seen, or turns the direction of what follows, is made visible, and nothing is longer than can be read. */

/** Controls, signs of direction, spaces without width. Joiners stay: letters and emoji are made with them. */
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

const word = (sign: string): string => `\u27e8U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}\u27e9`;

export const showText = (text: string): string => text.replace(UNSEEN, word);

/** In one line, of at most so many letters. */
export function showLine(text: string, most: number): string {
  // Cut first: a text of megabytes is not gone through.
  const line = showText(text.slice(0, most)).replace(/\s+/g, ' ');
  return line.length > most || text.length > most ? `${line.slice(0, most - 1)}\u2026` : line;
}
