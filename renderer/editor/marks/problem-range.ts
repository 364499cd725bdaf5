/** Where in a text a problem of the compiler is shown. Pure. */
import type { Diagnostic } from '../../../shared/errors/diagnostic';

/** Lines and columns count from 1. From the column to the end of the word there; the whole line where there is no column. */
export function problemRange(text: string, { line, column }: Diagnostic['at']): { readonly from: number; readonly to: number } | undefined {
  if (line === undefined) return undefined;
  let start = 0;
  for (let count = 1; count < line; count += 1) {
    const next = text.indexOf('\n', start);
    // The text has become shorter since it was checked.
    if (next < 0) return undefined;
    start = next + 1;
  }
  const end = text.indexOf('\n', start) < 0 ? text.length : text.indexOf('\n', start);
  if (column === undefined) return { from: start + (/^\s*/.exec(text.slice(start, end))?.[0].length ?? 0), to: end };
  const from = Math.min(start + column - 1, end);
  const word = /^(?:[\w$]+|'[^'\n]*'|"[^"\n]*"|[^\w\s]+)/.exec(text.slice(from, end))?.[0].length ?? 0;
  return { from, to: Math.max(Math.min(from + word, end), Math.min(from + 1, end)) };
}
